import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ContactSchema, IdSchema } from '#features/organisations/input.ts';
import { addContactPoint, removeContactPoint } from '#features/organisations/server/index.ts';
import { back, inside } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => inside(locals, url, params.number);

export const actions: Actions = {
  add: form(async ({ locals, params }, { values }) => { await locals.act(addContactPoint, { number: params.number!, ...parse(ContactSchema, values) }); back(locals, `/org/${params.number}/contacts`, 'added'); }),
  remove: form(async ({ locals, params }, { values }) => { await locals.act(removeContactPoint, { number: params.number!, ...parse(IdSchema, values) }); back(locals, `/org/${params.number}/contacts`, 'removed'); }),
};
