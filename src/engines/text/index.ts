/** Search text in Arabic, English and Kurmanji: pure, without a word of any product. See README.md. */
export { norm } from './normalise.ts';
export { light, skeleton } from './stem.ts';
export { tokens } from './tokens.ts';
export type { Lexicon } from './lexicon.ts';
export { queryTerms, searchForms, tsQuery, tsQueryOfAll, type QueryTerm, type SearchForms } from './search.ts';
export { highlight, highlighter, type Segment } from './highlight.ts';
export { respelt } from './spelling.ts';
export { similarity, type SimilarityOptions } from './similarity.ts';
export { trigramSimilarity, wordSimilarity } from './trigram.ts';
