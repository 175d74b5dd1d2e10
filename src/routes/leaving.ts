/** Where somebody goes who leaves a complaint in a hurry: a page that everybody has open. */
export const NEUTRAL = 'https://ar.wikipedia.org/';

/** What signing out clears on the device. Entries that wait at a counter are sealed for us: they are nobody's to read there, and stay. */
export const cleared = (values: Record<string, string>): string => (values.keep === 'waiting' ? '"cache"' : '"cache", "storage"');
