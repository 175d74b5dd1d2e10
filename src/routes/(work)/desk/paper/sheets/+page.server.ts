import { redirect } from '@sveltejs/kit';
import { form, requireOnce } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { PrintSchema } from '#features/desk/input.ts';
import { counterOf, printSheets } from '#features/desk/server/index.ts';
import { clerksOnly } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  clerksOnly(locals, url);
  return { seated: (await locals.ask(counterOf, undefined)).body !== null, once: crypto.randomUUID() };
};

export const actions: Actions = {
  default: form(async ({ locals }, { values }) => {
    const once = requireOnce(values);
    await locals.act(printSheets, { once, ...parse(PrintSchema, values) });
    redirect(303, locals.words.href(`/desk/paper/sheets/${once}`));
  }),
};
