import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { PlacesSchema } from '#features/open-data/input.ts';
import { placesPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) =>
  page(event, await event.locals.ask(placesPage, parse(PlacesSchema, Object.fromEntries(event.url.searchParams))), event.locals.origin));
export const OPTIONS: RequestHandler = () => preflight();
