/** The door of the directory. */
export { loadBodies } from './load-bodies.ts';
export { listBodies, periodNow, showBody } from './queries.ts';
export { searchBodies, type FoundBody } from './search-queries.ts';
export { addBody, changeBody, setBodyActive } from './keep-body.ts';
export { keptBodies, keptBody } from './keep-queries.ts';
