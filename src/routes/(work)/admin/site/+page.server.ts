import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { SeenSchema } from '#features/places/input.ts';
import { keepSite, keptSite } from '#features/places/server/index.ts';
import { SiteSchema } from '#features/places/site.ts';
import { administratorOnly, doneOf } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { ...(await locals.ask(keptSite, undefined)), done: doneOf(url) };
};

export const actions: Actions = {
  default: form(async ({ locals }, { values }) => {
    await locals.act(keepSite, { ...parse(SiteSchema, values), ...parse(SeenSchema, values) });
    redirect(303, locals.words.href('/admin/site?done=saved'));
  }),
};
