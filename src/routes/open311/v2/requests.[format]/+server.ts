import { preflight } from '#platform/web/api.ts';
import { countTry, requestList, sendRequest } from '#features/open311/server/index.ts';
import type { RequestHandler } from './$types';
import { open311 } from '../answer.ts';

export const GET: RequestHandler = open311(async ({ locals, url }, asked) => {
  const { items, more } = await locals.ask(requestList, asked);
  const next = new URLSearchParams(url.searchParams);
  next.set('page', String(Number(next.get('page') || 1) + 1));
  return { root: 'service_requests', each: 'request', value: items, ...(more && !asked.params.api_key ? { headers: { link: `<${locals.origin}${url.pathname}?${next}>; rel="next"` } } : {}) };
});

export const POST: RequestHandler = open311(async ({ locals, request }, asked) => {
  await locals.act(countTry, { key: asked.params.api_key });
  const repeat = (request.headers.get('idempotency-key') ?? '').slice(0, 200) || null;
  return { root: 'service_requests', each: 'request', value: [await locals.act(sendRequest, { ...asked, repeat })], headers: { 'cache-control': 'private, no-store' } };
});
export const OPTIONS: RequestHandler = () => preflight('GET, HEAD, POST, OPTIONS');
