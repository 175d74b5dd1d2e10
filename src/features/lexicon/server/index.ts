/** The door of lexicon. */
export { addGroup, changeGroup, LEXICON, removeGroup } from './keep-lexicon.ts';
export { FEW, indexer, lexiconGroup, lexiconOf, lexiconPage, lexiconVersion, lookAlike, stampOfLexicon, withLexicon, type Group, type SearchColumns, type WordForms } from './lexicon-queries.ts';
export { loadLexicon } from './load-lexicon.ts';
