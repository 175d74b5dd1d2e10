import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { invitationToJoin, joinOrganisation } from '#features/organisations/server/index.ts';
import { back } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the link uses nothing up: programs that preview links open them too. */
export const load: PageServerLoad = async ({ locals, url, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
  signInFirst(locals, url);
  return { invitation: await locals.ask(invitationToJoin, params.token) };
};

export const actions: Actions = {
  default: form(async ({ locals, url, params }) => {
    signInFirst(locals, url);
    back(locals, `/org/${await locals.act(joinOrganisation, { token: params.token! })}`, 'joined');
  }),
};
