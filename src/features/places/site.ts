/** What the administrators set about the site: who runs it, whether it is open, what it promises about privacy and rules. */
import * as v from 'valibot';
import { plainText } from '#kernel/text-limits.ts';
import type { Names } from './model.ts';

/** Texts in three languages; a missing translation is shown in Arabic. Null while nobody has written it. */
export type Site = { opened: boolean; runBy: Names | null; privacy: Names | null; rules: Names | null };
export const SITE_TEXTS = ['runBy', 'privacy', 'rules'] as const;
export type SiteText = (typeof SITE_TEXTS)[number];
export const NO_SITE: Site = { opened: false, runBy: null, privacy: null, rules: null };

export const LONGEST = { runBy: 300, privacy: 8_000, rules: 8_000 } as const;

const Stored = v.object({ ar: v.string(), en: v.optional(v.string(), ''), ku: v.optional(v.string(), '') });
const StoredText = v.optional(v.fallback(v.nullable(Stored), null), null);
const StoredSite = v.object({ opened: v.optional(v.fallback(v.boolean(), false), false), runBy: StoredText, privacy: StoredText, rules: StoredText });

/** From what is stored; anything that is not understood counts as not set. */
export const readSite = (stored: Record<string, unknown>): Site => v.parse(StoredSite, stored);

const texts = (name: SiteText) => ({
  [`${name}-ar`]: v.optional(plainText({ min: 0, max: LONGEST[name], lines: true }), ''),
  [`${name}-en`]: v.optional(plainText({ min: 0, max: LONGEST[name], lines: true }), ''),
  [`${name}-ku`]: v.optional(plainText({ min: 0, max: LONGEST[name], lines: true }), ''),
});

/** The page of settings, as one form. A translation without its Arabic original would be shown to nobody. */
export const SiteSchema = v.pipe(
  v.object({ opened: v.optional(v.picklist(['yes', 'no'], 'invalid'), 'no'), ...texts('runBy'), ...texts('privacy'), ...texts('rules') }),
  v.rawTransform(({ dataset, addIssue }) => {
    const given = dataset.value as Record<string, string>;
    const names = (name: SiteText): Names | null => {
      const [ar, en, ku] = ['ar', 'en', 'ku'].map((lang) => given[`${name}-${lang}`] ?? '') as [string, string, string];
      if (ar === '' && (en !== '' || ku !== '')) addIssue({ message: 'required', path: [{ type: 'object', origin: 'value', input: given, key: `${name}-ar`, value: ar }] });
      return ar === '' ? null : { ar, en, ku };
    };
    return { opened: given.opened === 'yes', runBy: names('runBy'), privacy: names('privacy'), rules: names('rules') } satisfies Site;
  }),
);
