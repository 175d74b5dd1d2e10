import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { BodiesSchema } from '#features/open-data/input.ts';
import { bodiesPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, url } = event;
  return page(event, await locals.ask(bodiesPage, { origin: locals.origin, query: parse(BodiesSchema, Object.fromEntries(url.searchParams)) }), locals.origin);
});
export const OPTIONS: RequestHandler = () => preflight();
