import { preflight } from '#platform/web/api.ts';
import { requestOfToken } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../../answer.ts';

export const GET: RequestHandler = open311(async ({ locals, params }) => ({ root: 'service_requests', each: 'request', value: [await locals.ask(requestOfToken, { token: params.token! })] }));
export const OPTIONS: RequestHandler = () => preflight();
