/**
 * Sentences that stand in for those of messages/, kept in memory by each process and put in place whole. One for the process, not for the
 * module: the site is bundled, the rest is not.
 */
import { CATALOG } from './catalog.ts';
import type { Lang } from './languages.ts';
import { messageProblem } from './message.ts';

const KEY = Symbol.for('abwab.own-words');
export type OwnText = { key: string; language: Lang; text: string };
type Own = Readonly<Record<Lang, ReadonlyMap<string, string>>>;
const NONE: Own = { ar: new Map(), en: new Map(), ku: new Map() };

/** The sentences of one language that are the governorate's own. */
export const ownWords = (lang: Lang): ReadonlyMap<string, string> => ((globalThis as { [KEY]?: Own })[KEY] ?? NONE)[lang];

/** From now on these are said, and of everything else what the program brings. What could break a page is left out. */
export function setOwnWords(texts: readonly OwnText[]): void {
  const inLanguage = (lang: Lang) => new Map(texts.filter((it) => it.language === lang && isSayable(it)).map((it) => [it.key, it.text]));
  (globalThis as { [KEY]?: Own })[KEY] = { ar: inLanguage('ar'), en: inLanguage('en'), ku: inLanguage('ku') };
}

/** The program may have changed since the sentence was stored: its places in braces are looked at again. */
function isSayable({ key, language, text }: OwnText): boolean {
  const original = CATALOG[language][key];
  return original !== undefined && text.trim() !== '' && messageProblem(text, original, language) === null;
}
