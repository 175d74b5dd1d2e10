import { hasRole, type Actor } from '#kernel/actor.ts';

export const mayKeepLexicon = (actor: Actor): boolean => hasRole(actor, 'administrator');
