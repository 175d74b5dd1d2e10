import { refuse } from '#kernel/refusal.ts';
import { supportOnBehalf } from '../../intake/server/index.ts';
import { personAtDesk } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { ReceiptLanguage } from '../model.ts';
import { openContact } from './held-contact.ts';
import { receiving } from './store.ts';

export type Supporting = { number: string; contact: string; held: string; papersSeen: boolean; consent: boolean; language: ReceiptLanguage };

/**
 * A visitor supports what is there already. One support a person: without a contact and papers nobody could tell whether somebody was
 * counted before. Said twice, or at another desk, it counts once.
 */
export async function supportForVisitor(ctx: Ctx, input: Supporting): Promise<{ added: boolean; count: number }> {
  const seat = await receiving(ctx);
  const contact = input.contact || openContact(ctx, input.held);
  if (contact === '') refuse({ because: 'invalid', fields: { contact: 'for-support' } });
  if (!input.papersSeen) refuse({ because: 'invalid', fields: { papersSeen: 'required' } });
  if (!input.consent) refuse({ because: 'invalid', fields: { consent: 'required' } });
  const person = await personAtDesk(ctx, { contact, language: input.language });
  return supportOnBehalf(ctx, { number: input.number, person, body: seat.code });
}
