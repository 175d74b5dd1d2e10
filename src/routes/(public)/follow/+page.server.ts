import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { followedEntries, followEntry } from '#features/intake/server/index.ts';
import { PauseSchema, QuietSchema, RhythmSchema, TopicSchema } from '#features/notices/input.ts';
import { chooseQuiet, chooseRhythm, endPause, myLetters, myTopics, pauseLetters, unsubscribe } from '#features/notices/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.actor.kind !== 'person') return { mine: null, saved: false };
  return { mine: { entries: await locals.ask(followedEntries, undefined), topics: await locals.ask(myTopics, undefined), letters: await locals.ask(myLetters, undefined) }, saved: url.searchParams.has('saved') };
};

const saved = (locals: App.Locals): never => redirect(303, locals.words.href('/follow?saved'));

export const actions: Actions = {
  rhythm: form(async ({ locals, url }, { values }) => {
    signInFirst(locals, url);
    await locals.act(chooseRhythm, parse(RhythmSchema, values));
    saved(locals);
  }),
  pause: form(async ({ locals, url }, { values }) => {
    signInFirst(locals, url);
    await locals.act(pauseLetters, parse(PauseSchema, values));
    saved(locals);
  }),
  wake: form(async ({ locals, url }) => {
    signInFirst(locals, url);
    await locals.act(endPause, undefined);
    saved(locals);
  }),
  quiet: form(async ({ locals, url }, { values }) => {
    signInFirst(locals, url);
    await locals.act(chooseQuiet, parse(QuietSchema, values));
    saved(locals);
  }),
  end: form(async ({ locals, url }, { values }) => {
    signInFirst(locals, url);
    await locals.act(unsubscribe, parse(TopicSchema, values));
    saved(locals);
  }),
  unfollow: form(async ({ locals, url }, { values }) => {
    signInFirst(locals, url);
    await locals.act(followEntry, { number: values.number ?? '', follow: false });
    saved(locals);
  }),
};
