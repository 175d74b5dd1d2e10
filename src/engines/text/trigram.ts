// Likeness by groups of three letters, as PostgreSQL's pg_trgm counts it: the net under misspelt words.
import { tokens } from './tokens.ts';

/** Shared trigrams as a share of all: 0 (nothing alike, or no words) to 1 (the same words, in any order). */
export function trigramSimilarity(a: string, b: string): number {
  const [one, other] = [new Set(trigrams(a)), new Set(trigrams(b))];
  const shared = [...one].filter((it) => other.has(it)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}

/**
 * The greatest similarity of the query to any stretch of the text, 0 to 1: finds a word inside a long text.
 * Only stretches that begin and end at a shared trigram can be greatest, and none longer than makes up for its length.
 */
export function wordSimilarity(query: string, text: string): number {
  const wanted = new Set(trigrams(query));
  const sequence = trigrams(text);
  const hits = sequence.flatMap((it, at) => (wanted.has(it) ? [at] : []));
  return hits.reduce((best, start) => Math.max(best, bestFrom(start, sequence, wanted, best)), 0);
}

function bestFrom(start: number, sequence: readonly string[], wanted: ReadonlySet<string>, known: number): number {
  const seen = new Set<string>();
  let [shared, best] = [0, known];
  for (let at = start; at < sequence.length; at += 1) {
    const trigram = sequence[at]!;
    // A stretch that meets its first trigram again holds nothing that one from there would lack: without this, a text
    // that repeats one word is quadratic.
    if (at > start && trigram === sequence[start]) return best;
    if (seen.has(trigram)) continue;
    seen.add(trigram);
    if (!wanted.has(trigram)) {
      // Even if every wanted trigram followed now, the stretch is too long already to be better.
      if (wanted.size / (wanted.size + seen.size - shared) <= best) return best;
      continue;
    }
    shared += 1;
    best = Math.max(best, shared / (wanted.size + seen.size - shared));
  }
  return best;
}

function trigrams(text: string): string[] {
  return tokens(text).flatMap((word) => {
    const padded = [...`  ${word} `];
    return padded.slice(2).map((_, at) => padded.slice(at, at + 3).join(''));
  });
}
