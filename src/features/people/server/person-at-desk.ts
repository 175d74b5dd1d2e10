import type { PersonId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayGiveCodes } from '../access.ts';
import { LIMITS } from '../rules.ts';
import { contactHash, readContact } from './contact.ts';
import { limit } from './limits.ts';
import { holdContact, insertContact, insertPerson, personOfContact } from './store/persons.ts';

/**
 * The account of a visitor whose papers a clerk has seen, by their contact; made when there is none. The papers raise no account: whoever
 * owns the contact gets that level with a code in their own hand, and a mistyped number makes no stranger count for more.
 */
export async function personAtDesk(ctx: Ctx, input: { contact: string; language: 'ar' | 'en' | 'ku' }): Promise<PersonId> {
  allow(mayGiveCodes(ctx.actor) && ctx.actor.kind === 'person', 'act for a visitor');
  const contact = readContact(input.contact);
  await limit(ctx, { ...LIMITS.visitorsByDesk, key: ctx.actor.id });
  const hash = contactHash(ctx, contact);
  await holdContact(ctx, hash);
  const known = await personOfContact(ctx, hash);
  if (known) return known;
  const person = await insertPerson(ctx, { displayName: null, language: input.language, verified: 'contact', demonstration: false });
  await insertContact(ctx, person, contact, hash);
  await record(ctx, 'person.joined', { kind: 'person', id: person }, { public: false, detail: { contact: contact.kind }, as: { role: 'clerk' }, onBehalf: true });
  return person;
}
