import { refuse } from '#kernel/refusal.ts';
import { preflight } from '#platform/web/api.ts';
import { logFile } from '#platform/web/log-files.ts';
import type { RequestHandler } from './$types';

/** The published record, file by file (C2SP tlog-tiles). */
export const GET: RequestHandler = async ({ params, request }) => (await logFile(params.path, request)) ?? refuse({ because: 'not-found', what: 'log-file' });
export const OPTIONS: RequestHandler = () => preflight();
