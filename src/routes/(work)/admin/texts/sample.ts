import type { Names, Words } from '#platform/i18n/words.ts';
import { wordsWith } from '#platform/i18n/words.ts';
import { CATALOG, type Key } from '#platform/i18n/catalog.ts';
import { SLOTS } from '#features/wording/model.ts';
import { sampleValues } from '#platform/i18n/message.ts';

type Site = { place: Names; governorate: Names; clocks: { acknowledge: number; answer: number }; zone: string };

/** Words in which some sentences are those of the page of texts, with what this site puts into them. */
export function sayer(w: Words, lang: Words['lang'], site: Site, texts: Readonly<Record<string, string>>): Words & { say(key: string): string } {
  const it = wordsWith(lang, w.digits, site.zone, texts);
  const days = (key: string) => (key === 'help.dates.acknowledge' || key === 'intake.sent.next.review' ? site.clocks.acknowledge : site.clocks.answer);
  return { ...it, say: (key) => it.t(key as Key, { ...sampleValues(CATALOG[lang][key as Key] ?? '', lang), place: it.name(site.place), governorate: it.name(site.governorate), ...(Object.hasOwn(SLOTS, key) ? { count: days(key), days: days(key) } : {}) }) };
}
