import { LOCALE, type Lang } from './languages.ts';

/** The twelve names of months, January first, as the language and region write them. */
export function monthNames(lang: Lang): string[] {
  const format = new Intl.DateTimeFormat(LOCALE[lang], { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2026, month, 15))));
}
