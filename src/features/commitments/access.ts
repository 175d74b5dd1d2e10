/** Who may do what with a commitment. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { Commitment } from './model.ts';

type Owned = Pick<Commitment, 'body' | 'public'>;

/** Those who carry it out: officers and the head of the body that owns it. */
export function mayCarryOut(actor: Actor, it: Owned): boolean {
  return hasRole(actor, 'officer', it.body) || hasRole(actor, 'head', it.body);
}

export function maySeeCommitment(actor: Actor, it: Owned): boolean {
  return it.public || mayReadVoices(actor, it);
}

/** What residents wrote and photographed is for the body that promised and for the governor's office. */
export function mayReadVoices(actor: Actor, it: Owned): boolean {
  return mayCarryOut(actor, it) || hasRole(actor, 'coordinator');
}

/** Commitments are opened by what they come from, never by hand. */
export const mayOpen = (actor: Actor): boolean => actor.kind === 'system';

/** Nobody judges a promise of the body that they work for, whatever they have signed in with. */
export function mayJudge(actor: Actor, it: Owned): boolean {
  return actor.kind !== 'person' || !actor.roles.some((grant) => grant.body === it.body && (grant.role === 'officer' || grant.role === 'head'));
}
