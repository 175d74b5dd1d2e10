import { form } from '#platform/web/form.ts';
import { loadComments, say } from '../../../comments/list.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals, url }) => loadComments(locals, url, { kind: 'commitment', number: params.number });

export const actions: Actions = {
  say: form(async ({ locals, params }, { values }) => say(locals, { kind: 'commitment', number: params.number! }, values)),
};
