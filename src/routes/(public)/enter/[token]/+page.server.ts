import { form } from '#platform/web/form.ts';
import { linkView, signInWithLink } from '#features/people/server/index.ts';
import { deviceHere, goIn, nextOf } from '../../login/after.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the link shows a button and uses nothing up: programs that preview links open them too. */
export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
  return { link: await locals.ask(linkView, params.token) };
};

export const actions: Actions = {
  default: form(async (event) => {
    const signedIn = await event.locals.act(signInWithLink, { token: event.params.token!, device: deviceHere(event) });
    await goIn(event, signedIn, nextOf(event.locals, event.url.searchParams.get('next')));
  }),
};
