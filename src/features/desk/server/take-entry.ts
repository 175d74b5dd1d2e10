import { limit } from '../../people/server/index.ts';
import { receiveEntry, type Receipt } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { VisitorInput } from '../input.ts';
import type { Seat } from '../model.ts';
import { DESK_LIMITS, needConsent } from '../rules.ts';
import { openContact } from './held-contact.ts';
import { insertReceived, receiving } from './store.ts';

/** `held`: the contact as the page carried it, in place of one typed in the clear. */
export type Visitor = VisitorInput & { once: string; held: string };

/** A clerk takes an entry for somebody who stands at the desk: it is the visitor's, received at that desk by the clerk. */
export async function takeEntry(ctx: Ctx, input: Visitor): Promise<Receipt> {
  const seat = await receiving(ctx);
  await limit(ctx, { ...DESK_LIMITS.entries, key: seat.clerk });
  const receipt = await receiveEntry(ctx, submissionOf(ctx, input, 'desk'), { clerk: clerkOf(seat), detail: { consent: input.consent === true } });
  await insertReceived(ctx, { entryId: receipt.id, bodyId: seat.body });
  return receipt;
}

export const clerkOf = (seat: Seat) => ({ id: seat.clerk, body: seat.code });

/** The form of a visitor as the door of intake takes it. Name and contact only with consent. */
export function submissionOf(ctx: Ctx, input: Visitor, channel: 'desk' | 'paper') {
  const contact = input.contact || openContact(ctx, input.held);
  needConsent({ name: input.name, contact, consent: input.consent === true });
  const { once, kind, title, text, language, place, placeWords, sectors, served, name } = input;
  return { once, kind, title, text, language, place, placeWords, point: '', sectors, served, servedCount: null, contact, name, named: input.named === true && kind !== 'complaint', channel };
}
