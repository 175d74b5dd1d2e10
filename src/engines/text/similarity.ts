// Do two texts speak of the same thing? A guess for people to look at, never a decision.
import { NO_LEXICON, type Lexicon } from './lexicon.ts';
import { termOf, type QueryTerm } from './search.ts';
import { telling, tokens } from './tokens.ts';

/** `idf`: weight of a light stem, high for rare words; every word weighs 1 without it. */
export type SimilarityOptions = { lexicon?: Lexicon; idf?: (stem: string) => number };

const BY_WORD = 1;
const BY_STEM = 0.9;
const BY_LEXICON = 0.8;
const BY_SKELETON = 0.6;

/**
 * The weighted share of words that each text finds again in the other, 0 to 1: symmetric, 1 for the same words in any
 * order, 0 when either has none. A word found by its stem, lexicon or skeleton counts for less than the word itself.
 */
export function similarity(a: string, b: string, { lexicon = NO_LEXICON, idf = () => 1 }: SimilarityOptions = {}): number {
  const [one, other] = [a, b].map((text) => telling(tokens(text)).map((word) => termOf(word, lexicon)));
  const weigh = (term: QueryTerm) => Math.max(idf(term.light), 0);
  const total = sum([...one!, ...other!].map(weigh));
  if (one!.length === 0 || other!.length === 0 || total === 0) return 0;
  return (foundWeight(one!, other!, weigh) + foundWeight(other!, one!, weigh)) / total;
}

function foundWeight(terms: readonly QueryTerm[], among: readonly QueryTerm[], weigh: (term: QueryTerm) => number): number {
  const words = new Set(among.map((term) => term.norm));
  const stems = new Set(among.map((term) => term.light));
  const groups = new Set(among.flatMap((term) => term.same));
  const skeletons = new Set(among.map((term) => term.skeleton));
  const found = (term: QueryTerm) => {
    if (words.has(term.norm)) return BY_WORD;
    if (stems.has(term.light)) return BY_STEM;
    if (term.same.some((it) => groups.has(it))) return BY_LEXICON;
    return skeletons.has(term.skeleton) ? BY_SKELETON : 0;
  };
  return sum(terms.map((term) => found(term) * weigh(term)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
