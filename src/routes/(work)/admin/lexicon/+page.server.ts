import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { GroupSchema } from '#features/lexicon/input.ts';
import { addGroup, lexiconPage } from '#features/lexicon/server/index.ts';
import { administratorOnly, doneOf } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const q = (url.searchParams.get('q') ?? '').slice(0, 100);
  return { q, done: doneOf(url), ...(await locals.ask(lexiconPage, { q })) };
};

export const actions: Actions = {
  default: form(async ({ locals }, { values }) => {
    await locals.act(addGroup, parse(GroupSchema, values));
    redirect(303, locals.words.href('/admin/lexicon?done=added'));
  }),
};
