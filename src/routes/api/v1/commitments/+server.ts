import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { CommitmentsSchema } from '#features/open-data/input.ts';
import { commitmentsPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, url } = event;
  const query = parse(CommitmentsSchema, Object.fromEntries(url.searchParams));
  return page(event, await (query.q ? locals.ask : locals.glance)(commitmentsPage, { origin: locals.origin, query }), locals.origin);
});
export const OPTIONS: RequestHandler = () => preflight();
