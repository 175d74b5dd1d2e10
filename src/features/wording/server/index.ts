/** The door of wording. */
export { findWording, siteWording, wordingList, wordingPage } from './queries.ts';
export { restoreWording, tryWording, wordSite } from './word-site.ts';
