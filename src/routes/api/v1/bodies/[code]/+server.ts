import { endpoint, json, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { BodySchema } from '#features/open-data/input.ts';
import { bodyWhole } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, params, url } = event;
  return json(event, await locals.ask(bodyWhole, { origin: locals.origin, code: params.code!, query: parse(BodySchema, Object.fromEntries(url.searchParams)) }));
});
export const OPTIONS: RequestHandler = () => preflight();
