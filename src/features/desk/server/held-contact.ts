/** A visitor's phone or mail while their form goes back and forth: carried by the page, shown with its last digits only. */
import { Refused, refuse } from '#kernel/refusal.ts';
import type { PhoneNumber } from '#kernel/phone-number.ts';
import { maskedContact } from '#kernel/masked-contact.ts';
import { maskPhone } from '#platform/phone.ts';
import { readContact } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { HeldContact } from '../views.ts';
import { seatOf } from './store.ts';

const PURPOSE = 'contact at the desk';

/** What was typed, if it can be understood, else what the page carried already; null when there is neither. */
export async function holdContact(ctx: Ctx, input: { typed: string; held: string }): Promise<HeldContact | null> {
  await seatOf(ctx);
  if (input.typed.trim() === '') return input.held === '' ? null : { held: input.held, shown: masked(openContact(ctx, input.held)) };
  const contact = understood(input.typed);
  return contact === null ? null : { held: ctx.secrets.seal(PURPOSE, contact).toString('base64url'), shown: masked(contact) };
}

/** The contact that a page carries; refused beside its field when the page was changed. */
export function openContact(ctx: Ctx, held: string): string {
  if (held === '') return '';
  try {
    return ctx.secrets.unseal(PURPOSE, Buffer.from(held, 'base64url'));
  } catch {
    return refuse({ because: 'invalid', fields: { contact: 'again' } });
  }
}

export const masked = (contact: string): string => (contact.includes('@') ? maskedContact(contact) : maskPhone(contact as PhoneNumber));

function understood(text: string): string | null {
  try {
    return readContact(text.trim())?.value ?? null;
  } catch (failure) {
    if (failure instanceof Refused) return null;
    throw failure;
  }
}
