import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { GroupIdSchema, GroupSchema, SeenSchema } from '#features/lexicon/input.ts';
import { changeGroup, lexiconGroup, removeGroup } from '#features/lexicon/server/index.ts';
import { administratorOnly } from '../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  administratorOnly(locals, url);
  const group = v.is(GroupIdSchema, params.id) ? await locals.ask(lexiconGroup, params.id) : null;
  return { group: group ?? error(404, 'not-found') };
};

export const actions: Actions = {
  save: form(async ({ locals, params }, { values }) => {
    await locals.act(changeGroup, { id: parse(GroupIdSchema, params.id), ...parse(GroupSchema, values), ...parse(SeenSchema, values) });
    redirect(303, locals.words.href('/admin/lexicon?done=saved'));
  }),
  remove: form(async ({ locals, params }, { values }) => {
    await locals.act(removeGroup, { id: parse(GroupIdSchema, params.id), ...parse(SeenSchema, values) });
    redirect(303, locals.words.href('/admin/lexicon?done=removed'));
  }),
};
