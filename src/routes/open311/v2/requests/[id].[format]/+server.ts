import { preflight } from '#platform/web/api.ts';
import { requestWhole } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../../answer.ts';

export const GET: RequestHandler = open311(async ({ locals, params }, asked) => ({ root: 'service_requests', each: 'request', value: [await locals.ask(requestWhole, { ...asked, number: params.id! })] }));
export const OPTIONS: RequestHandler = () => preflight();
