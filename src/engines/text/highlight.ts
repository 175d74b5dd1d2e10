import { NO_LEXICON, type Lexicon } from './lexicon.ts';
import { formsOf, queryTerms, termOf } from './search.ts';
import { tokens } from './tokens.ts';

/** A stretch of the text as it was written; `mark` when it is a word that the query asked for. */
export type Segment = { text: string; mark: boolean };

// A word as written: letters and digits with their marks, tatweel and the invisible characters that norm drops.
const WRITTEN_WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u0640\u200c-\u200f\u061c\u2066-\u2069]*/gu;

/** As `highlighter`, for one text. */
export const highlight = (text: string, query: string, lexicon: Lexicon = NO_LEXICON): Segment[] => highlighter(query, lexicon)(text);

/**
 * Cuts texts where the query's words stand, whole words only; the segments joined are the text. A word is marked
 * when it shares any form with a word of the query, that is, for the reason for which the search found the text.
 */
export function highlighter(query: string, lexicon: Lexicon = NO_LEXICON): (text: string) => Segment[] {
  const wanted = new Set(queryTerms(query, lexicon).flatMap(formsOf));
  const judged = new Map<string, boolean>();
  const asks = (word: string): boolean => {
    let it = judged.get(word);
    if (it === undefined) judged.set(word, (it = formsOf(termOf(word, lexicon)).some((form) => wanted.has(form))));
    return it;
  };
  return (text) => {
    const segments: Segment[] = [];
    let from = 0;
    for (const { 0: written, index } of text.matchAll(WRITTEN_WORD)) {
      if (!tokens(written).some(asks)) continue;
      segments.push({ text: text.slice(from, index), mark: false }, { text: written, mark: true });
      from = index + written.length;
    }
    segments.push({ text: text.slice(from), mark: false });
    return segments.filter((segment) => segment.text !== '');
  };
}
