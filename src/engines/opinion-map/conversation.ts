// A conversation as it is mapped: its votes, the names of people and statements, and what moderation took out.
import type { Votes } from './votes.ts';

/** A participant or a statement. Whole numbers stay numbers, everything else is text. */
export type Id = number | string;

/**
 * @property participants names by row
 * @property statements names by column
 * @property hidden 1 where a statement was moderated out or is no opinion (meta); its votes count for taking part only
 * @property meta 1 where a statement asks about the person, not about the matter
 * @property published the group each participant was shown in by the source, null where none; absent when the source names none
 * @property joined when each participant cast a first vote, in milliseconds since 1970; absent when it is not known
 */
export type Conversation = {
  votes: Votes;
  participants: readonly Id[];
  statements: readonly Id[];
  hidden: Uint8Array;
  meta: Uint8Array;
  published?: readonly (Id | null)[];
  joined?: Float64Array;
};

/**
 * Thrown when input cannot be mapped; the message is one sentence for a person.
 *
 * @property file and line (from 1) where it stands, when it is a place in a file
 */
export class Unmappable extends Error {
  readonly file: string | null;
  readonly line: number | null;
  constructor(sentence: string, file: string | null = null, line: number | null = null) {
    super(sentence);
    this.name = 'Unmappable';
    this.file = file;
    this.line = line;
  }
}

/** Numbers before words, numbers by value, words by code unit: the same on every machine. */
export function compareIds(a: Id, b: Id): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The id that a cell of text stands for: `12` and the `12.0` of spreadsheet libraries are the number twelve. */
export function idOf(text: string): Id {
  const trimmed = text.trim();
  return /^(0|[1-9]\d{0,14})(\.0+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}
