// Who acts: somebody unknown, a person, or a job of the system. Rules about who may do what ask nothing else.
import type { BodyId, PersonId } from './ids.ts';

export type Role =
  | 'resident'
  | 'member'
  | 'officer'
  | 'head'
  | 'coordinator'
  | 'clerk'
  | 'registry'
  | 'moderator'
  | 'auditor'
  | 'administrator';

/** A role held in one body, or, with `body: null`, in the installation itself. */
export type Grant = { role: Role; body: BodyId | null };

export type Visitor = { kind: 'visitor' };
/** `verified`: nothing, a phone or mail that answered, or papers seen at a desk. `assurance`: factors shown in this sign-in. */
export type Person = {
  kind: 'person';
  id: PersonId;
  roles: readonly Grant[];
  verified: 'none' | 'contact' | 'desk';
  assurance: 'one' | 'two';
};
export type System = { kind: 'system'; job: string };
export type Actor = Visitor | Person | System;

/**
 * Whether the actor holds the role now: in `body` when it is given, in any body or none when it is left out.
 *
 * Every role but `resident` counts only after a second factor in this sign-in: a code by mail or SMS opens a full
 * session, and whoever holds an officer's phone for a minute must not answer in the officer's name.
 * A grant without a body is not a grant in every body, so a wide role never widens by itself into a body's decisions.
 * The system never holds a role: a job is allowed by name where it is needed, or it could do everything people may.
 */
export function hasRole(actor: Actor, role: Role, body?: BodyId): boolean {
  if (actor.kind !== 'person') return false;
  if (role !== 'resident' && actor.assurance !== 'two') return false;
  return actor.roles.some((grant) => grant.role === role && (body === undefined || grant.body === body));
}

/** The bodies in which the actor holds the role now, each once, in the order granted; same conditions as `hasRole`. */
export function bodiesOf(actor: Actor, role: Role): readonly BodyId[] {
  if (actor.kind !== 'person' || !hasRole(actor, role)) return [];
  const bodies = actor.roles.flatMap((grant) => (grant.role === role && grant.body !== null ? [grant.body] : []));
  return [...new Set(bodies)];
}
