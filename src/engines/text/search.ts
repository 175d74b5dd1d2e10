// What is stored for a text and what is asked for a query: the same three forms of every word, so that they meet.
import { NO_LEXICON, standIns, type Lexicon } from './lexicon.ts';
import { light, skeleton } from './stem.ts';
import { telling, tokens } from './tokens.ts';

/** Words separated by one space; letters and digits only. Weights when ranking: norm 1.0, light 0.4, skeleton 0.2. */
export type SearchForms = { norm: string; light: string; skeleton: string };

/** One word of a query: a text that holds any of its forms is a match. `same` stands for its groups of the lexicon. */
export type QueryTerm = { norm: string; light: string; skeleton: string; same: readonly string[] };

const MOST_TERMS = 32;

/**
 * The forms under which a text is found. With a lexicon, what stands for a word's group is added to the light forms;
 * after the lexicon changed, texts are found by new groups once they are indexed again, by old forms all the while.
 */
export function searchForms(text: string, lexicon: Lexicon = NO_LEXICON): SearchForms {
  const terms = tokens(text).map((word) => termOf(word, lexicon));
  return {
    norm: terms.map((term) => term.norm).join(' '),
    light: terms.flatMap((term) => [term.light, ...term.same]).join(' '),
    skeleton: terms.map((term) => term.skeleton).join(' '),
  };
}

/** The telling words of a query, each once, at most 32. Empty when nothing in it is a word. */
export function queryTerms(query: string, lexicon: Lexicon = NO_LEXICON): QueryTerm[] {
  return telling(tokens(query))
    .slice(0, MOST_TERMS)
    .map((word) => termOf(word, lexicon));
}

/** All forms of one term, each once. */
export function formsOf(term: QueryTerm): string[] {
  return [...new Set([term.norm, term.light, term.skeleton, ...term.same])];
}

/**
 * The query as PostgreSQL's `tsquery` is written, which it reads once a statement (`to_tsquery` is called for each row): every form of every word, joined by OR. Forms hold letters and
 * digits only, so no input can become an operator; it is still passed as a parameter. Empty text when there are no terms.
 */
export function tsQuery(terms: readonly QueryTerm[]): string {
  return [...new Set(terms.flatMap(formsOf))].map((form) => `'${form}'`).join(' | ');
}

/** As `tsQuery`, for texts that hold every word of the query in one of its forms: to narrow a list down. */
export function tsQueryOfAll(terms: readonly QueryTerm[]): string {
  return terms.map((term) => `(${formsOf(term).map((form) => `'${form}'`).join(' | ')})`).join(' & ');
}

/** The forms of one normalised word. */
export function termOf(word: string, lexicon: Lexicon = NO_LEXICON): QueryTerm {
  const stem = light(word);
  return { norm: word, light: stem, skeleton: skeleton(stem), same: standIns(word, lexicon) };
}
