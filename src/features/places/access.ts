/** Who keeps the ground on which everything stands. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';

/** Moves running deadlines, so it is the administrators' alone. */
export const mayKeepCalendar = (actor: Actor): boolean => hasRole(actor, 'administrator');
export const mayKeepSite = (actor: Actor): boolean => hasRole(actor, 'administrator');
export const mayNoteBackup = (actor: Actor): boolean => actor.kind === 'system';
export const mayKeepPlaces = (actor: Actor): boolean => hasRole(actor, 'administrator') || hasRole(actor, 'registry');
