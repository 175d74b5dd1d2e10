import { refuse } from '#kernel/refusal.ts';
import { maskPhone, parsePhone } from '#platform/phone.ts';
import type { PhoneNumber } from '#kernel/phone-number.ts';
import type { Ctx } from '../../context.ts';
import type { Contact } from '../model.ts';
import { maskMail } from '../rules.ts';

const MAIL = /^[^\s@<>"',;:()[\]\\]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,24}$/;

/** A mail address or a phone that can receive a message, as it is stored; refused beside its field otherwise. */
export function readContact(text: string): Contact {
  if (text.includes('@')) {
    const mail = text.trim().toLowerCase();
    return MAIL.test(mail) ? { kind: 'mail', value: mail } : refuse({ because: 'invalid', fields: { contact: 'not-a-mail' } });
  }
  const phone = parsePhone(text);
  if (!phone) return refuse({ because: 'invalid', fields: { contact: 'not-a-contact' } });
  if (phone.kind === 'landline') return refuse({ because: 'invalid', fields: { contact: 'landline' } });
  return { kind: 'phone', value: phone.number };
}

/** Contacts are found by this hash alone, so that the table cannot be searched for a number by whoever reads it. */
export const contactHash = (ctx: Ctx, contact: Contact): Buffer => ctx.secrets.keyedHash('contact', `${contact.kind}:${contact.value}`);

export const sealContact = (ctx: Ctx, contact: Contact): Buffer => ctx.secrets.seal('contact of a code', contact.value);
export const unsealContact = (ctx: Ctx, sealed: Buffer): string => ctx.secrets.unseal('contact of a code', sealed);

export const maskContact = (contact: Contact): string => (contact.kind === 'mail' ? maskMail(contact.value) : maskPhone(contact.value as PhoneNumber));
