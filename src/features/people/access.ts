/** Who may do what with accounts. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { RoleGrant, Sitting } from './model.ts';

/** Desks hand out codes where neither mail nor SMS arrives. */
export const mayGiveCodes = (actor: Actor): boolean => hasRole(actor, 'clerk') || hasRole(actor, 'coordinator') || hasRole(actor, 'administrator');

export const mayKeepPeople = (actor: Actor): boolean => hasRole(actor, 'administrator');

const isSelf = (actor: Actor, person: PersonId): boolean => actor.kind === 'person' && actor.id === person;

/** Whoever ever held a role shows both factors: somebody who took over a phone does not end an officer's account. */
export const mayCloseOwn = (actor: Actor, staff: boolean): boolean => actor.kind === 'person' && (!staff || actor.assurance === 'two');

/** Nobody grants to themselves: not a role, not a link, not an end. */
export const mayKeepPerson = (actor: Actor, person: PersonId): boolean => mayKeepPeople(actor) && !isSelf(actor, person);

/** The second person is neither the one who granted nor the one who receives. */
export function mayConfirmRole(actor: Actor, grant: RoleGrant): boolean {
  return mayKeepPerson(actor, grant.person) && !(grant.grantedBy && isSelf(actor, grant.grantedBy));
}

/** Whoever granted may take back; another administrator may refuse. */
export const mayRefuseRole = (actor: Actor, grant: RoleGrant): boolean => mayKeepPerson(actor, grant.person);

/** Residents have theirs from signing in; staff, who entered by a link, add one to be written to. */
export const mayAddContact = (actor: Actor): boolean => actor.kind === 'person' && actor.assurance === 'two' && actor.roles.some((it) => it.role !== 'resident');

/**
 * A first second factor can be set only in a sitting that began with a handed-over link: whoever takes over a phone
 * number can receive a code, and must not become an officer by it.
 */
export const maySetFactor = (sitting: Sitting, hasFactor: boolean): boolean =>
  !sitting.locked && (sitting.assurance === 'two' ? sitting.via !== 'demonstration' : sitting.via === 'link' && !hasFactor);
