import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { RetrySchema } from '#features/notices/input.ts';
import { noticesDesk, retryNotices } from '#features/notices/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const retried = /^\d{1,6}$/.exec(url.searchParams.get('retried') ?? '')?.[0];
  return { desk: await locals.ask(noticesDesk, undefined), retried: retried === undefined ? null : Number(retried) };
};

export const actions: Actions = {
  /** One by its id, all without. */
  retry: form(async ({ locals }, { values }) => {
    const count = await locals.act(retryNotices, parse(RetrySchema, values));
    redirect(303, locals.words.href(`/admin/notices?retried=${count}`));
  }),
};
