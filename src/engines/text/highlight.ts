import { NO_LEXICON, type Lexicon } from './lexicon.ts';
import { formsOf, queryTerms, termOf } from './search.ts';
import { respelt } from './spelling.ts';
import { tokens } from './tokens.ts';
import { wordSimilarity } from './trigram.ts';

/** A stretch of the text as it was written; `mark` when it is a word that the query asked for. */
export type Segment = { text: string; mark: boolean };

// A word as written: letters and digits with their marks, tatweel and the invisible characters that norm drops.
const WRITTEN_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640\u200c-\u200f\u061c\u2066-\u2069]*/gu;

/** As `highlighter`, for one text. */
export const highlight = (text: string, query: string, lexicon: Lexicon = NO_LEXICON): Segment[] => highlighter(query, lexicon)(text);

/** A word is like another from so many shared letters on, as in the search itself. */
const ALIKE = 0.4;

/**
 * Cuts texts where the query's words stand, whole words only; the segments joined are the text. A word is marked
 * when it shares any form with a word of the query, that is, for the reason for which the search found the text. With `alike`, a text that
 * holds none is marked where a word means what a misspelt one means, or has its letters.
 */
export function highlighter(query: string, lexicon: Lexicon = NO_LEXICON, { alike = false } = {}): (text: string) => Segment[] {
  const exact = judge(new Set(queryTerms(query, lexicon).flatMap(formsOf)), lexicon);
  const meant = alike ? respelt(query, lexicon) : null;
  const means = meant === null ? () => false : judge(new Set(queryTerms(meant, lexicon).flatMap(formsOf)), lexicon);
  const asked = alike ? tokens(query) : [];
  const resembles = (word: string): boolean => means(word) || asked.some((it) => it.length > 2 && wordSimilarity(it, word) >= ALIKE);
  return (text) => {
    const found = cut(text, exact);
    return alike && !found.some((it) => it.mark) ? cut(text, resembles) : found;
  };
}

/** Whether a word has one of these forms, found out once for each word. */
function judge(wanted: ReadonlySet<string>, lexicon: Lexicon): (word: string) => boolean {
  const judged = new Map<string, boolean>();
  return (word) => {
    let it = judged.get(word);
    if (it === undefined) judged.set(word, (it = formsOf(termOf(word, lexicon)).some((form) => wanted.has(form))));
    return it;
  };
}

function cut(text: string, asks: (word: string) => boolean): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const { 0: written, index } of text.matchAll(WRITTEN_WORD)) {
    if (!tokens(written).some(asks)) continue;
    segments.push({ text: text.slice(from, index), mark: false }, { text: written, mark: true });
    from = index + written.length;
  }
  segments.push({ text: text.slice(from), mark: false });
  return segments.filter((segment) => segment.text !== '');
}
