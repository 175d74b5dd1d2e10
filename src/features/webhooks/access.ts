import { hasRole, type Actor } from '#kernel/actor.ts';

/** Who says which programs are told, and sees how that goes. */
export const mayKeepHooks = (actor: Actor): boolean => hasRole(actor, 'administrator');

/** They are told by the worker alone. */
export const mayTell = (actor: Actor): boolean => actor.kind === 'system';
