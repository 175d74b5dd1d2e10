import { makeReference } from '#kernel/reference-number.ts';
import { siteSettings } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

const EXAMPLE = 4827;

export const load: PageServerLoad = async ({ locals }) => {
  const { clocks, confirmation, contacts, credits, prefix } = locals.profile;
  const { phone, sms, email, telegram, whatsapp, offices } = contacts;
  return {
    site: await locals.ask(siteSettings, undefined), clocks, confirmation, example: makeReference(prefix, EXAMPLE),
    contacts: { phone, sms, email, telegram, whatsapp, offices }, credits: credits.map((it) => it.text),
  };
};
