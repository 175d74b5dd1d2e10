import { hasRole, type Actor } from '#kernel/actor.ts';

/** What the site says is said in the governorate's name: the administrators' alone. */
export const mayWordSite = (actor: Actor): boolean => hasRole(actor, 'administrator');
