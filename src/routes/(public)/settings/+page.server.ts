import { redirect } from '@sveltejs/kit';
import { ownPath } from '#features/people/rules.ts';
import { form } from '#platform/web/form.ts';
import { chooseLook, LOOK_COOKIE, LOOK_SECONDS, writeLook } from '#platform/web/look.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => ({ back: ownPath(url.searchParams.get('back'), locals.words.href('/')) });

export const actions: Actions = {
  default: form(async ({ cookies, locals, url }, { values }) => {
    cookies.set(LOOK_COOKIE, writeLook(chooseLook(values)), { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', maxAge: LOOK_SECONDS });
    redirect(303, ownPath(values.back, locals.words.href('/')));
  }),
};
