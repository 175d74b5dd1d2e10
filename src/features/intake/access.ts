/** Who may do what with an entry. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Entry } from './model.ts';

/** `sender`: the actor proved to be the sender, by account or by number and follow-up key. */
export type Relation = { sender: boolean };

export const isVisible = (entry: Pick<Entry, 'publishedAt' | 'confidential'>): boolean => entry.publishedAt !== null && !entry.confidential;

/** The whole entry with its text. */
export function maySeeEntry(actor: Actor, entry: Entry, relation: Relation): boolean {
  return isVisible(entry) || relation.sender || mayWorkOn(actor, entry);
}

/** Staff who deal with it: triage, and the body that it is assigned to. */
export function mayWorkOn(actor: Actor, entry: Pick<Entry, 'body'>): boolean {
  if (mayTriage(actor)) return true;
  return entry.body !== null && (hasRole(actor, 'officer', entry.body) || hasRole(actor, 'head', entry.body));
}

export const mayTriage = (actor: Actor): boolean => hasRole(actor, 'coordinator');

/** Triage asks before it assigns, the body afterwards. */
export const mayAskBack = mayWorkOn;

export function mayExtend(actor: Actor, entry: Entry): boolean {
  return mayWorkOn(actor, entry);
}

export const maySupport = (actor: Actor): boolean => actor.kind === 'person' && actor.verified !== 'none';

/** Whether something was done is said by people who can be counted once. */
export const mayConfirm = maySupport;

export const mayFollow = (actor: Actor): boolean => actor.kind === 'person';

/** The sender, until it is answered. */
export const mayWithdraw = (relation: Relation): boolean => relation.sender;
export const mayReply = (relation: Relation): boolean => relation.sender;

export const isPerson = (actor: Actor, person: PersonId | null): boolean => person !== null && actor.kind === 'person' && actor.id === person;
