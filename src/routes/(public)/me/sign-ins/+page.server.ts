import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { SessionSchema } from '#features/people/input.ts';
import { endMySession, endOtherSessions, mySignIns } from '#features/people/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  signInFirst(locals, url);
  return { signIns: await locals.ask(mySignIns, { token: locals.session }), ended: url.searchParams.has('ended') };
};

export const actions: Actions = {
  end: form(async ({ locals }, { values }) => {
    await locals.act(endMySession, parse(SessionSchema, values));
    redirect(303, locals.words.href('/me/sign-ins?ended'));
  }),
  others: form(async ({ locals }) => {
    await locals.act(endOtherSessions, { token: locals.session ?? '' });
    redirect(303, locals.words.href('/me/sign-ins?ended'));
  }),
};
