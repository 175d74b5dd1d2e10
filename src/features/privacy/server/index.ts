/** The door of privacy. */
export { eraseMe } from './erase-me.ts';
export { askForMyData } from './ask-for-my-data.ts';
export { entryData, erasePreview, myData } from './queries.ts';
