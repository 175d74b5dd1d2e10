/** Who may do what with comments. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { BodyId } from '#kernel/ids.ts';
import type { Comment, OfficialRole, Subject } from './model.ts';

/** Anybody is heard: without a confirmed contact a moderator reads it first. */
export const mayComment = (actor: Actor): boolean => actor.kind !== 'system';
export const mayReport = mayComment;

/** In which role somebody may speak officially about it; null: only as a resident. */
export function officialRole(actor: Actor, subject: Pick<Subject, 'body'>): OfficialRole | null {
  if (subject.body !== null && hasRole(actor, 'head', subject.body)) return 'head';
  if (subject.body !== null && hasRole(actor, 'officer', subject.body)) return 'officer';
  return hasRole(actor, 'coordinator') ? 'coordinator' : null;
}

/** A contact that answered: what such a person says is published at once. */
export const isKnown = (actor: Actor): boolean => actor.kind === 'person' && actor.verified !== 'none';

/** `key`: the signed address that an author without an account was given. An official reply belongs to who wrote it, too. */
export const isAuthor = (actor: Actor, it: Pick<Comment, 'author' | 'imported'>, key: boolean): boolean =>
  !it.imported && (it.author === null ? key : actor.kind === 'person' && actor.id === it.author);

export const mayModerate = (actor: Actor): boolean => hasRole(actor, 'moderator') || hasRole(actor, 'coordinator');

/** Nobody decides what is said about the body that they work for. */
export const mayDecide = (actor: Actor, about: { body: BodyId | null; author: string | null }): boolean =>
  mayModerate(actor) && actor.kind === 'person' && actor.id !== about.author && !(about.body !== null && (hasRole(actor, 'officer', about.body) || hasRole(actor, 'head', about.body)));

export const mayImport = (actor: Actor): boolean => actor.kind === 'system' && actor.job === 'terminal';
export const mayForget = (actor: Actor): boolean => actor.kind === 'system';
