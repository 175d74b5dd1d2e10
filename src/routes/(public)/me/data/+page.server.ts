import { redirect } from '@sveltejs/kit';
import { askForMyData } from '#features/privacy/server/index.ts';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => signInFirst(locals, url);

export const actions: Actions = {
  default: form(async ({ locals }) => {
    await locals.act(askForMyData, undefined);
    redirect(303, '/me/data/download');
  }),
};
