import type { Lang } from '#platform/i18n/languages.ts';
import type { Part } from './model.ts';

/** One place: what it says in the languages of the site, and in which of them it is the governorate's own. */
export type SlotLine = { key: string; part: Part; says: Record<Lang, string>; own: Lang[] };
export type FoundLines = { lines: SlotLine[]; count: number };
/** `text` null: the words that the program brings. `by` null: nobody of the staff of today. */
export type WordingChange = { version: number; text: string | null; at: Date; by: string | null };
export type SlotView = { key: string; part: Part; language: Lang; longest: number; original: string; text: string; own: boolean; version: number; history: WordingChange[] };
