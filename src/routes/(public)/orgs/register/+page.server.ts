import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { startOrganisation } from '#features/organisations/server/index.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: form(async ({ locals, url }) => {
    signInFirst(locals, url);
    redirect(303, locals.words.href(`/org/${await locals.act(startOrganisation, undefined)}`));
  }),
};
