import type { Names, Words } from '#platform/i18n/words.ts';
import { wordsWith } from '#platform/i18n/words.ts';
import type { SlotKey } from '#features/wording/model.ts';

type Site = { place: Names; governorate: Names; clocks: { acknowledge: number; answer: number }; zone: string };

/** Words in which some sentences are those of the page of texts, with what this site puts into them. */
export function sayer(w: Words, lang: Words['lang'], site: Site, texts: Readonly<Record<string, string>>): Words & { say(key: SlotKey): string } {
  const it = wordsWith(lang, w.digits, site.zone, texts);
  const days = (key: SlotKey) => (key === 'help.dates.acknowledge' || key === 'intake.sent.next.review' ? site.clocks.acknowledge : site.clocks.answer);
  return { ...it, say: (key) => it.t(key, { place: it.name(site.place), governorate: it.name(site.governorate), count: days(key), days: days(key) }) };
}
