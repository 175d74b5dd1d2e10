import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { dropSession } from '#platform/web/session.ts';
import { EraseSchema } from '#features/privacy/input.ts';
import { eraseMe, erasePreview } from '#features/privacy/server/index.ts';
import { cleared } from '../../../../leaving.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  signInFirst(locals, url);
  return { preview: await locals.ask(erasePreview, undefined) };
};

export const actions: Actions = {
  default: form(async ({ locals, cookies, url, setHeaders }, { values }) => {
    parse(EraseSchema, values);
    await locals.act(eraseMe, undefined);
    dropSession(cookies, url);
    setHeaders({ 'clear-site-data': cleared(values) });
    redirect(303, locals.words.href('/privacy?erased'));
  }),
};
