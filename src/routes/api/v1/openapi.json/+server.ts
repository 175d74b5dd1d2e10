import { endpoint, json, preflight } from '#platform/web/api.ts';
import { VERSION } from '#platform/web/version.ts';
import { describeApi } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => json(event, await event.locals.ask(describeApi, { origin: event.locals.origin, version: VERSION })));
export const OPTIONS: RequestHandler = () => preflight();
