import { redirect } from '@sveltejs/kit';
import { parseId } from '#kernel/ids.ts';
import { allow, Refused, refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { mayAddContact } from '#features/people/access.ts';
import { CodeSchema, ContactSchema } from '#features/people/input.ts';
import { addContact, codeRequest, orRefuse, requestCode } from '#features/people/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  secondFactorFirst(locals, url);
  allow(mayAddContact(locals.actor), 'add a contact');
  const request = parseId<'code'>(url.searchParams.get('r') ?? '');
  return { request, sent: request ? await locals.ask(codeRequest, { request }) : null };
};

export const actions: Actions = {
  ask: form(async ({ locals }, { values }) => {
    allow(mayAddContact(locals.actor), 'add a contact');
    const { request } = await locals.act(requestCode, { contact: parse(ContactSchema, values).contact, language: locals.lang });
    redirect(303, locals.words.href(`/me/contact?r=${request}`));
  }),
  add: form(async ({ locals }, { values }) => {
    const request = parseId<'code'>(values.r ?? '') ?? refuse({ because: 'gone', what: 'code' });
    try {
      orRefuse(await locals.act(addContact, { request, code: parse(CodeSchema, values).code }));
    } catch (error) {
      if (error instanceof Refused && error.refusal.because === 'conflict') refuse({ because: 'invalid', fields: { contact: 'taken' } });
      throw error;
    }
    redirect(303, locals.words.href('/me?added'));
  }),
};
