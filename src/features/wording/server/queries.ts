import { allow } from '#kernel/refusal.ts';
import { CATALOG } from '#platform/i18n/catalog.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import type { OwnText } from '#platform/i18n/own-words.ts';
import { personNamesForStaff } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayWordSite } from '../access.ts';
import { SLOT_KEYS, SLOTS, type SlotKey } from '../model.ts';
import type { SlotLine, SlotView } from '../views.ts';
import { wordingAt } from './store.ts';

const MOST_CHANGES = 30;

export const originalOf = (key: SlotKey, language: Lang): string => CATALOG[language][key]!;

/** Every sentence that is the governorate's own now. Everybody reads them on the pages. */
export async function siteWording(ctx: Ctx): Promise<OwnText[]> {
  const rows = await ctx.db.selectFrom('siteTexts').select(['key', 'language', 'text']).distinctOn(['key', 'language']).orderBy('key').orderBy('language').orderBy('version', 'desc').execute();
  return rows.flatMap(({ key, language, text }) => (text !== null && key in SLOTS ? [{ key, language: language as Lang, text }] : []));
}

/** All places that may be worded, as they stand. */
export async function wordingList(ctx: Ctx): Promise<SlotLine[]> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const own = new Map((await siteWording(ctx)).map((it) => [`${it.language} ${it.key}`, it.text]));
  return SLOT_KEYS.map((key) => ({
    key, part: SLOTS[key].part, own: LANGS.filter((lang) => own.has(`${lang} ${key}`)),
    says: Object.fromEntries(LANGS.map((lang) => [lang, own.get(`${lang} ${key}`) ?? originalOf(key, lang)])) as Record<Lang, string>,
  }));
}

/** One place in one language, with what was said there before and who changed it. */
export async function wordingPage(ctx: Ctx, { key, language }: { key: SlotKey; language: Lang }): Promise<SlotView> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const now = await wordingAt(ctx, { key, language });
  const rows = await ctx.db.selectFrom('siteTexts').select(['version', 'text', 'writtenAt', 'writtenBy']).where('key', '=', key).where('language', '=', language).orderBy('version', 'desc').limit(MOST_CHANGES).execute();
  const names = await personNamesForStaff(ctx, rows.flatMap((row) => row.writtenBy ?? []));
  const original = originalOf(key, language);
  return {
    key, language, ...SLOTS[key], original, text: now.text ?? original, own: now.text !== null, version: now.version,
    history: rows.map((row) => ({ version: row.version, text: row.text, at: row.writtenAt, by: names.get(row.writtenBy ?? '') || null })),
  };
}
