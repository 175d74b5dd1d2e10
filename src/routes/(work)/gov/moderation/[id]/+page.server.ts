import { redirect } from '@sveltejs/kit';
import { parseId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { DecideSchema, ObjectionSchema } from '#features/comments/input.ts';
import { decideComment, decideOnObjection, moderationCase } from '#features/comments/server/index.ts';
import { moderatorsOnly } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

const idOf = (text: string): string => parseId(text) ?? refuse({ because: 'not-found', what: 'comment' });

export const load: PageServerLoad = async ({ params, locals, url }) => {
  moderatorsOnly(locals, url);
  return { it: await locals.ask(moderationCase, { id: idOf(params.id) }) };
};

export const actions: Actions = {
  decide: form(async ({ locals, params }, { values }) => {
    await locals.act(decideComment, { id: idOf(params.id!), ...parse(DecideSchema, values) });
    redirect(303, locals.words.href('/gov/moderation?done'));
  }),
  objection: form(async ({ locals, params }, { values }) => {
    await locals.act(decideOnObjection, { id: idOf(params.id!), ...parse(ObjectionSchema, values) });
    redirect(303, locals.words.href('/gov/moderation?done'));
  }),
};
