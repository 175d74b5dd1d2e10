/** Who may do what with an answer. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import type { Answer } from './model.ts';

/** Officers and the head of the body that has to answer. */
export function mayDraft(actor: Actor, body: BodyId): boolean {
  return hasRole(actor, 'officer', body) || hasRole(actor, 'head', body);
}

/**
 * Nobody approves what they wrote in. The head does; where there is none, or a head wrote in it, the governor's office
 * does too. `heads`: who holds that role in the body now.
 */
export function mayApprove(actor: Actor, it: Pick<Answer, 'body' | 'drafters'>, heads: readonly PersonId[]): boolean {
  if (actor.kind !== 'person' || it.drafters.includes(actor.id)) return false;
  if (hasRole(actor, 'head', it.body)) return true;
  return hasRole(actor, 'coordinator') && (heads.length === 0 || heads.some((head) => it.drafters.includes(head)));
}

/** Whoever wrote or approved it, as long as they still work there or for the governor's office. */
export function mayTakeBack(actor: Actor, it: Answer): boolean {
  if (actor.kind !== 'person' || it.state !== 'approved') return false;
  const concerned = it.approvedBy === actor.id || it.drafters.includes(actor.id);
  return concerned && (mayDraft(actor, it.body) || hasRole(actor, 'coordinator'));
}

/** Before it is published: those who write, approve and coordinate. */
export function mayRead(actor: Actor, it: Pick<Answer, 'body'>): boolean {
  return mayDraft(actor, it.body) || hasRole(actor, 'coordinator');
}
