/** Who may see how the house is doing, and who may put it right. */
import { hasRole, type Actor } from '#kernel/actor.ts';

export const mayKeepHouse = (actor: Actor): boolean => hasRole(actor, 'administrator');
export const mayOversee = (actor: Actor): boolean => hasRole(actor, 'auditor') || hasRole(actor, 'administrator');
