import type { Actor } from '#kernel/actor.ts';

/** The record is kept by jobs and the terminal; no role of a person reaches into it. */
export const mayKeepRecord = (actor: Actor): boolean => actor.kind === 'system';
