import { endpoint, page, preflight } from '#platform/web/api.ts';
import { sectorsPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => page(event, await event.locals.ask(sectorsPage, undefined), event.locals.origin));
export const OPTIONS: RequestHandler = () => preflight();
