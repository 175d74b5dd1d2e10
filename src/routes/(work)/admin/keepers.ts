/** Who may open the pages of administration. What they may do there is decided by use cases. */
import { error } from '@sveltejs/kit';
import { hasRole } from '#kernel/actor.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';

export function administratorOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!hasRole(locals.actor, 'administrator')) error(403, 'not-allowed');
}

/** Registry officers keep bodies and places too. */
export function keeperOnly(locals: App.Locals, url: URL): void {
  secondFactorFirst(locals, url);
  if (!hasRole(locals.actor, 'administrator') && !hasRole(locals.actor, 'registry')) error(403, 'not-allowed');
}

export const isAdministrator = (locals: App.Locals): boolean => hasRole(locals.actor, 'administrator');

const DONE = ['added', 'saved', 'removed', 'active', 'inactive'] as const;
export type Done = (typeof DONE)[number];
/** What the form before this page did, from its address. */
export const doneOf = (url: URL): Done | null => DONE.find((it) => it === url.searchParams.get('done')) ?? null;
