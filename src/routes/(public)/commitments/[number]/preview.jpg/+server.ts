import { refuse } from '#kernel/refusal.ts';
import { answerPreview } from '#platform/web/preview.ts';
import { showCommitment } from '#features/commitments/server/index.ts';
import { promiseLook } from '#features/commitments/ui/state.ts';
import { siteOf, stateMark } from '../../../../preview.ts';
import type { RequestHandler } from './$types';

/** Only what everybody may see is drawn, whoever asks. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { words } = locals;
  const it = await locals.ask(showCommitment, params.number);
  if (!it.public) refuse({ because: 'not-found', what: 'commitment' });
  const look = promiseLook(it);
  return answerPreview(request, locals.actor, {
    ...siteOf(locals), number: it.number, title: it.what, state: stateMark(look, words.tc('commitments.state', look.code)), note: words.name(it.body.names),
  });
};
