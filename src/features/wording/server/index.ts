/** The door of wording. */
export { siteWording, wordingList, wordingPage } from './queries.ts';
export { restoreWording, tryWording, wordSite } from './word-site.ts';
