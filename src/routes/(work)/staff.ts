/** Who may open a staff page at all. What they may do there is decided by queries and use cases. */
import { error } from '@sveltejs/kit';
import { hasRole, type Actor } from '#kernel/actor.ts';
import { mayModerate } from '#features/comments/access.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { mayReceive } from '#features/desk/access.ts';

export const worksForBody = (actor: Actor): boolean => hasRole(actor, 'officer') || hasRole(actor, 'head');
export const coordinates = (actor: Actor): boolean => hasRole(actor, 'coordinator');

export function deskOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!worksForBody(locals.actor)) error(403, 'not-allowed');
}

export function officeOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!coordinates(locals.actor)) error(403, 'not-allowed');
}

/** Moderators, and the governor's office beside them. */
export function moderatorsOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!mayModerate(locals.actor)) error(403, 'not-allowed');
}

export function clerksOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!mayReceive(locals.actor)) error(403, 'not-allowed');
}

export function staffOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!worksForBody(locals.actor) && !coordinates(locals.actor)) error(403, 'not-allowed');
}
