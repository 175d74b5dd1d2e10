import { redirect } from '@sveltejs/kit';
import { refuse } from '#kernel/refusal.ts';
import { answerPreview } from '#platform/web/preview.ts';
import { showEntry } from '#features/intake/server/index.ts';
import { stateOf } from '#features/intake/ui/state.ts';
import { noteOf, siteOf, stateMark } from '../../../../preview.ts';
import type { RequestHandler } from './$types';

/** Only what everybody may see is drawn, whoever asks: anything else has no picture, as a number that does not exist. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { words } = locals;
  const entry = await locals.ask(showEntry, { number: params.number });
  if (entry.joinedInto) redirect(302, words.href(`/n/${entry.joinedInto}/preview.jpg`));
  const gone = entry.state === 'withdrawn';
  if (!entry.visible && !gone) refuse({ because: 'not-found', what: 'entry' });
  const look = stateOf(entry);
  const place = !gone && entry.place ? words.name(entry.place.names) : '';
  return answerPreview(request, locals.actor, {
    ...siteOf(locals), number: entry.number, title: gone ? words.t('intake.state.withdrawn') : entry.title,
    state: stateMark(look, words.tc(look.group, look.code)), note: noteOf(words.tc('intake.kind', entry.kind), place),
  });
};
