import { answerPreview } from '#platform/web/preview.ts';
import { showBody } from '#features/directory/server/index.ts';
import { siteOf } from '../../../../preview.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { words } = locals;
  const body = await locals.ask(showBody, params.code.slice(0, 60));
  return answerPreview(request, locals.actor, { ...siteOf(locals), title: words.name(body.names), note: words.tc('directory.kind', body.kind) });
};
