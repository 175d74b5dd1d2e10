import { hasRole, type Actor } from '#kernel/actor.ts';

/** Who lets programs in, and sees whose they are. */
export const mayKeepKeys = (actor: Actor): boolean => hasRole(actor, 'administrator');
