import { allow, refuse } from '#kernel/refusal.ts';
import { norm } from '#engines/text/index.ts';
import { CATALOG, type Key } from '#platform/i18n/catalog.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import type { OwnText } from '#platform/i18n/own-words.ts';
import { personNamesForStaff } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayWordSite } from '../access.ts';
import { SLOT_KEYS, slotOf } from '../model.ts';
import type { FoundLines, SlotLine, SlotView } from '../views.ts';
import { wordingAt } from './store.ts';

const MOST_CHANGES = 30;

/** What the program says; a sentence that it does not have is refused. */
export function originalOf(key: string, language: Lang): string {
  return Object.hasOwn(CATALOG[language], key) ? CATALOG[language][key as Key]! : refuse({ because: 'not-found', what: 'wording' });
}

/** Every sentence that is the governorate's own now. Everybody reads them on the pages. */
export async function siteWording(ctx: Ctx): Promise<OwnText[]> {
  const rows = await ctx.db.selectFrom('siteTexts').select(['key', 'language', 'text']).distinctOn(['key', 'language']).orderBy('key').orderBy('language').orderBy('version', 'desc').execute();
  return rows.flatMap(({ key, language, text }) => (text !== null && Object.hasOwn(CATALOG.ar, key) ? [{ key, language: language as Lang, text }] : []));
}

/** The places that a governorate words first, as they stand. */
export async function wordingList(ctx: Ctx): Promise<SlotLine[]> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const lineOf = await lines(ctx);
  return SLOT_KEYS.map(lineOf);
}

const MOST_FOUND = 50;

/** Among all sentences of the program those that hold the words in any language, as they are said now, or have them in their key. */
export async function findWording(ctx: Ctx, q: string): Promise<FoundLines> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const wanted = norm(q).trim();
  if (wanted === '') return { lines: [], count: 0 };
  const lineOf = await lines(ctx);
  const found = Object.keys(CATALOG.ar).map(lineOf).filter(({ key, says }) => key.includes(q.trim()) || LANGS.some((lang) => norm(says[lang]).includes(wanted)));
  return { lines: found.slice(0, MOST_FOUND), count: found.length };
}

async function lines(ctx: Ctx): Promise<(key: string) => SlotLine> {
  const own = new Map((await siteWording(ctx)).map((it) => [`${it.language} ${it.key}`, it.text]));
  return (key) => ({
    key, part: slotOf(key, '').part, own: LANGS.filter((lang) => own.has(`${lang} ${key}`)),
    says: Object.fromEntries(LANGS.map((lang) => [lang, own.get(`${lang} ${key}`) ?? originalOf(key, lang)])) as Record<Lang, string>,
  });
}

/** One place in one language, with what was said there before and who changed it. */
export async function wordingPage(ctx: Ctx, { key, language }: { key: string; language: Lang }): Promise<SlotView> {
  allow(mayWordSite(ctx.actor), 'word the site');
  const now = await wordingAt(ctx, { key, language });
  const rows = await ctx.db.selectFrom('siteTexts').select(['version', 'text', 'writtenAt', 'writtenBy']).where('key', '=', key).where('language', '=', language).orderBy('version', 'desc').limit(MOST_CHANGES).execute();
  const names = await personNamesForStaff(ctx, rows.flatMap((row) => row.writtenBy ?? []));
  const original = originalOf(key, language);
  return {
    key, language, ...slotOf(key, original), original, text: now.text ?? original, own: now.text !== null, version: now.version,
    history: rows.map((row) => ({ version: row.version, text: row.text, at: row.writtenAt, by: names.get(row.writtenBy ?? '') || null })),
  };
}
