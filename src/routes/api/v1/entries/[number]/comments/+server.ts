import { endpoint, page, preflight } from '#platform/web/api.ts';
import { parse } from '#platform/web/parse.ts';
import { CommentsSchema } from '#features/open-data/input.ts';
import { commentsPage } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, params, url } = event;
  const query = parse(CommentsSchema, Object.fromEntries(url.searchParams));
  return page(event, await locals.ask(commentsPage, { origin: locals.origin, kind: 'entry', number: params.number!, query }), locals.origin);
});
export const OPTIONS: RequestHandler = () => preflight();
