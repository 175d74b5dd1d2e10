import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { HookIdSchema, HookSchema } from '#features/webhooks/input.ts';
import { addHook, endHook, hookList } from '#features/webhooks/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { hooks: await locals.ask(hookList, undefined), ended: url.searchParams.get('done') === 'ended' };
};

export const actions: Actions = {
  /** The secret is in this one answer and nowhere else. */
  add: form(async ({ locals }, { values, lists }) => {
    const input = parse(HookSchema, { ...values, topics: lists.topics ?? [] });
    return { added: { name: input.name, url: input.url, secret: (await locals.act(addHook, input)).secret } };
  }),
  end: form(async ({ locals }, { values }) => {
    await locals.act(endHook, parse(HookIdSchema, values));
    redirect(303, locals.words.href('/admin/webhooks?done=ended'));
  }),
};
