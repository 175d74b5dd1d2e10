/** Who may see and erase what is kept about a person: that person alone. */
import type { Actor } from '#kernel/actor.ts';

export const mayReadOwn = (actor: Actor): boolean => actor.kind === 'person';
