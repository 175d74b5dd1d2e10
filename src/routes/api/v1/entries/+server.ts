import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { EntriesSchema } from '#features/open-data/input.ts';
import { entriesPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, url } = event;
  const query = parse(EntriesSchema, Object.fromEntries(url.searchParams));
  return page(event, await (query.q ? locals.ask : locals.glance)(entriesPage, { origin: locals.origin, query }), locals.origin);
});
export const OPTIONS: RequestHandler = () => preflight();
