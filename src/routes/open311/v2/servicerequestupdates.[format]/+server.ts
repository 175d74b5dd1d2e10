import { preflight } from '#platform/web/api.ts';
import { countTry, sendUpdate, updateList } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../answer.ts';

export const GET: RequestHandler = open311(async ({ locals }, asked) => ({ root: 'service_request_updates', each: 'request_update', value: await locals.ask(updateList, asked) }));
export const POST: RequestHandler = open311(async ({ locals }, asked) => {
  await locals.act(countTry, { key: asked.params.api_key });
  return { root: 'service_request_updates', each: 'request_update', value: [await locals.act(sendUpdate, asked)], headers: { 'cache-control': 'private, no-store' } };
});
export const OPTIONS: RequestHandler = () => preflight('GET, HEAD, POST, OPTIONS');
