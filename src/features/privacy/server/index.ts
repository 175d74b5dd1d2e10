/** The door of privacy. */
export { eraseMe } from './erase-me.ts';
export { entryData, erasePreview, myData } from './queries.ts';
