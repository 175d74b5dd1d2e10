/** A line of the record as one of a feed: what, on what, by whom, when. It leads to the page that checks it and gives its receipt. */
import { CATALOG } from '#platform/i18n/catalog.ts';
import type { Words } from '#platform/i18n/words.ts';
import { isResidents } from '../model.ts';
import type { ShownLine } from '../views.ts';

/** Every act in words, for a program in the page that reads a leaf itself. */
export const actWords = (w: Words): Record<string, string> => Object.fromEntries(Object.keys(CATALOG[w.lang]).filter((key) => key.startsWith('acts.')).map((key) => [key.slice(5), w.tc('acts', key.slice(5))]));

export function feedLineOf(w: Words, { act, index, thing }: ShownLine): { text: string; meta: string; href?: string } {
  const parts = [
    ...(thing ? [w.code(thing.number)] : []), w.tc('intake.by', act.role),
    isResidents(act.role) ? w.date(act.at) : w.dateTime(act.at), ...(index === null ? [] : [w.t('record.line', { index: w.number(index) })]),
  ];
  return { text: w.tc('acts', act.kind), meta: parts.join(' · '), ...(index === null ? {} : { href: `${w.href('/verify')}?line=${index}` }) };
}
