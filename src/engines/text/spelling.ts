// A misspelt word means a word that people know: the nearest of the lexicon.
import { norm } from './normalise.ts';
import { standIns, type Lexicon } from './lexicon.ts';
import { PREFIXES } from './stem.ts';
import { telling, tokens } from './tokens.ts';

const SHORTEST = 4;
const MOST_WORDS = 8;
/** Of a long word two letters may be wrong. */
const allowed = (length: number): number => (length >= 8 ? 2 : 1);

const known = new WeakMap<Lexicon, readonly string[]>();

/**
 * The query with each word that the lexicon does not know replaced by its nearest word there, when that is one change away (a letter
 * wrong, missing, too much, or two that changed places; two changes from eight letters on); null when nothing is replaced. Normalised words.
 */
export function respelt(query: string, lexicon: Lexicon): string | null {
  const words = telling(tokens(query)).slice(0, MOST_WORDS);
  const better = words.map((word) => (standIns(word, lexicon).length > 0 ? word : (nearest(word, lexicon) ?? word)));
  return better.every((word, at) => word === words[at]) ? null : better.join(' ');
}

function nearest(word: string, lexicon: Lexicon): string | null {
  const bare = [word, ...PREFIXES.filter((it) => word.startsWith(it)).map((it) => word.slice(it.length))].filter((it) => it.length >= SHORTEST);
  let best: { word: string; far: number } | null = null;
  for (const other of wordsOf(lexicon)) {
    for (const it of bare) {
      const most = Math.min(allowed(it.length), best ? best.far - 1 : Number.POSITIVE_INFINITY);
      const far = changes(it, other, most);
      if (far <= most) best = { word: other, far };
    }
  }
  return best?.word ?? null;
}

function wordsOf(lexicon: Lexicon): readonly string[] {
  const held = known.get(lexicon);
  if (held) return held;
  const words = [...new Set(lexicon.flatMap((group) => group.map(norm)))].filter((it) => it.length >= SHORTEST);
  known.set(lexicon, words);
  return words;
}

/** How many changes lead from one word to the other (Damerau and Levenshtein, no letter moved twice); more than `most` is not counted out. */
export function changes(from: string, to: string, most: number): number {
  if (most < 0 || Math.abs(from.length - to.length) > most) return most + 1;
  let [before, last, row] = [[] as number[], [...Array(to.length + 1).keys()], [] as number[]];
  for (let at = 1; at <= from.length; at++) {
    row = [at];
    for (let there = 1; there <= to.length; there++) {
      const same = from[at - 1] === to[there - 1];
      row[there] = Math.min(last[there]! + 1, row[there - 1]! + 1, last[there - 1]! + (same ? 0 : 1));
      if (at > 1 && there > 1 && from[at - 1] === to[there - 2] && from[at - 2] === to[there - 1]) row[there] = Math.min(row[there]!, before[there - 2]! + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[to.length]!;
}
