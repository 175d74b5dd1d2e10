/** Where somebody goes who leaves a complaint in a hurry: a page that everybody has open. */
export const NEUTRAL = 'https://ar.wikipedia.org/';
