import { hasRole, type Actor } from '#kernel/actor.ts';

/** Letters that did not leave, and the outbox. */
export const mayKeepNotices = (actor: Actor): boolean => hasRole(actor, 'administrator');

/** News are told, and letters written and sent, by the worker alone. */
export const mayWorkOnNotices = (actor: Actor): boolean => actor.kind === 'system';

/** How often one is written to is a matter of the account. */
export const mayChooseLetters = (actor: Actor): boolean => actor.kind === 'person';
