import { hasRole, type Actor } from '#kernel/actor.ts';

export const mayKeepBodies = (actor: Actor): boolean => hasRole(actor, 'administrator') || hasRole(actor, 'registry');
