/** The door of search. */
export { pageOfNumber, searchAll } from './search.ts';
