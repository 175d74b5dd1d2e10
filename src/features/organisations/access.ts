/** Who may do what with an organisation. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { Decision, MemberRole, OrganisationState } from './model.ts';
import { isPublic } from './model.ts';

/** What the actor is in the organisation now; empty for everybody else. */
export type Membership = readonly MemberRole[];

/** Whoever can be written to; an organisation is somebody's from its first line on. */
export const mayRegister = (actor: Actor): boolean => actor.kind === 'person' && actor.verified !== 'none';

export const mayDescribe = (mine: Membership): boolean => mine.includes('owner') || mine.includes('editor');
/** Those who answer for it, and those who sign in its name, say yes for it. */
export const maySpeakFor = (mine: Membership): boolean => mine.includes('owner') || mine.includes('signatory');
export const mayKeepMembers = (mine: Membership): boolean => mine.includes('owner');

/** The registry reads papers and prepares; whoever decides with it may be of the governor's office. */
export const mayKeepRegistry = (actor: Actor): boolean => hasRole(actor, 'registry');
export const maySeeRegistry = (actor: Actor): boolean => mayKeepRegistry(actor) || hasRole(actor, 'coordinator');

/** The inside: papers, contacts that are not public, names of members. */
export const maySeeInside = (actor: Actor, mine: Membership): boolean => mine.length > 0 || maySeeRegistry(actor);
export const maySeeOrganisation = (actor: Actor, state: OrganisationState, mine: Membership): boolean => isPublic(state) || maySeeInside(actor, mine);

/** `barred`: ever a member of it, or one of the two of whose decision it complains. */
export const mayPropose = (actor: Actor, barred: boolean): boolean => mayKeepRegistry(actor) && !barred;

/** The second person: never the one who proposed, never of the own organisation. */
export function mayDecide(actor: Actor, decision: Pick<Decision, 'proposedBy'>, barred: boolean): boolean {
  return maySeeRegistry(actor) && actor.kind === 'person' && actor.id !== decision.proposedBy && !barred;
}

/** Tables come in by the terminal, or by the registry, which looks at them first. */
export const mayImport = (actor: Actor): boolean => actor.kind === 'system';
export const mayUpload = (actor: Actor): boolean => mayKeepRegistry(actor);

/** A body names who helps it to keep a promise; the organisation says yes itself. */
export const mayNamePartner = (actor: Actor, body: string): boolean => hasRole(actor, 'officer', body as never) || hasRole(actor, 'head', body as never);
