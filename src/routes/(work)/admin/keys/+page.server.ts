import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { KeyIdSchema, KeySchema } from '#features/open311/input.ts';
import { endKey, issueKey, keyList } from '#features/open311/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { keys: await locals.ask(keyList, undefined), ended: url.searchParams.get('done') === 'ended' };
};

export const actions: Actions = {
  /** The key is in this one answer and nowhere else. */
  issue: form(async ({ locals }, { values }) => {
    const input = parse(KeySchema, values);
    return { issued: { name: input.name, key: (await locals.act(issueKey, input)).key } };
  }),
  end: form(async ({ locals }, { values }) => {
    await locals.act(endKey, parse(KeyIdSchema, values));
    redirect(303, locals.words.href('/admin/keys?done=ended'));
  }),
};
