import { norm } from './normalise.ts';

const TOKEN = /[\u0621-\u064a\u0671-\u06d3]+|(?:(?!\p{Script=Arabic})[\p{L}\p{N}])+/gu;
// PostgreSQL refuses lexemes above 2 kB; nobody searches for the end of such a word.
const LONGEST = 64;

// Words that nearly every text holds: they would outweigh the words that were meant. Normalised spelling.
const STOP_WORDS = new Set(
  (
    'في من على الى عن مع او ثم ان لا ما هل لم لن قد كل هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت يكون بعد قبل عند بين حتى كما اذا غير ' +
    'شو وين ليش يلي اللي هاد هاي مو كتير ' +
    'the a an of in on at to and or for is are be by with from this that it as ' +
    'u li ji bi di de da ku ev ew her bo ne'
  ).split(' '),
);

/** The words of a text in their normal spelling, in order: only letters and digits, no word longer than 64. */
export function tokens(text: string): string[] {
  return (norm(text).match(TOKEN) ?? []).map((token) => token.slice(0, LONGEST));
}

/** The words that carry meaning, each once; all words when none does, so that a search for «من» still finds it. */
export function telling(words: readonly string[]): string[] {
  const distinct = [...new Set(words)];
  const meant = distinct.filter((word) => !STOP_WORDS.has(word));
  return meant.length > 0 ? meant : distinct;
}
