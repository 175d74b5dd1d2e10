import { answerPreview } from '#platform/web/preview.ts';
import { showOrganisation } from '#features/organisations/server/index.ts';
import { STANDING } from '#features/organisations/ui/standing.ts';
import { siteOf, stateMark } from '../../../../preview.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { words } = locals;
  const it = await locals.ask(showOrganisation, params.code);
  return answerPreview(request, locals.actor, { ...siteOf(locals), title: words.name(it.names), note: words.tc('organisations.kind', it.kind), state: stateMark(STANDING[it.standing], words.tc('organisations.standing', it.standing)) });
};
