// What the tests of this package share: the real consultations, and made ones.
import type { Conversation } from './conversation.ts';
import { conversationOf, readComments, readParticipantsVotes } from './read/export.ts';
import { packVotes, type Cast, type Vote } from './votes.ts';

export const consultations = ['15-per-hour-seattle', 'bg2050-volunteers', 'scoop-hivemind.biodiversity'] as const;
export type Consultation = (typeof consultations)[number];

/** One of them; `read` gives the bytes of a file in fixtures/. */
export function consultation(name: Consultation, read: (path: string) => Uint8Array): Conversation {
  return conversationOf(readParticipantsVotes([read(`${name}/participants-votes.csv`)]), readComments([read(`${name}/comments.csv`)]));
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A conversation from votes by number; nothing is moderated out. */
export function conversationFrom(participants: number, statements: number, casts: readonly Cast[]): Conversation {
  return {
    votes: packVotes(participants, statements, casts),
    participants: Array.from({ length: participants }, (_, i) => i),
    statements: Array.from({ length: statements }, (_, j) => j),
    hidden: new Uint8Array(statements),
    meta: new Uint8Array(statements),
  };
}

/** Every vote of a conversation, by position. */
export function castsOf({ votes }: Conversation): Cast[] {
  return Array.from({ length: votes.participants }, (_, participant) =>
    Array.from(votes.cells.subarray(votes.rows[participant]!, votes.rows[participant + 1]!), (cell) => ({ participant, statement: Math.floor(cell / 3), vote: ((cell % 3) - 1) as Vote })),
  ).flat();
}

/**
 * People of planted groups: everybody answers like the group, now and then differently.
 *
 * @param sizes people by group
 * @param leaning what a group thinks of a statement: the probability of agreeing, from 0 to 1
 */
export function planted(sizes: readonly number[], statements: number, leaning: (group: number, statement: number) => number, seed = 1, share = 0.7): { it: Conversation; groupOf: number[] } {
  const random = chance(seed);
  const groupOf = sizes.flatMap((size, group) => Array.from({ length: size }, () => group));
  const casts = groupOf.flatMap((group, participant) =>
    Array.from({ length: statements }, (_, statement): Cast[] => {
      if (random() > share) return [];
      const opinion = random();
      const vote = random() < 0.08 ? 0 : opinion < leaning(group, statement) ? 1 : -1;
      return [{ participant, statement, vote }];
    }).flat(),
  );
  return { it: conversationFrom(groupOf.length, statements, casts), groupOf };
}
