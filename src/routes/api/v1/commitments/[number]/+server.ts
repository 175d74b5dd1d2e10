import { endpoint, json, preflight } from '#platform/web/api.ts';
import { commitmentWhole } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => json(event, await event.locals.ask(commitmentWhole, { origin: event.locals.origin, number: event.params.number! })));
export const OPTIONS: RequestHandler = () => preflight();
