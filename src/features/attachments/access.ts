import { hasRole, type Actor } from '#kernel/actor.ts';
import type { Attachment } from './model.ts';

/** `concerned` is the answer of the owner's feature: the sender, or staff of the body that deals with it. */
export function mayRead(actor: Actor, it: Pick<Attachment, 'public' | 'state'>, concerned: boolean): boolean {
  return it.state === 'ready' && (it.public || concerned || hasRole(actor, 'coordinator'));
}
