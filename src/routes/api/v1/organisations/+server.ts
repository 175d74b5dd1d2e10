import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { OrganisationsSchema } from '#features/open-data/input.ts';
import { organisationsPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, url } = event;
  const query = parse(OrganisationsSchema, Object.fromEntries(url.searchParams));
  return page(event, await locals.ask(organisationsPage, { origin: locals.origin, query }), locals.origin);
});
export const OPTIONS: RequestHandler = () => preflight();
