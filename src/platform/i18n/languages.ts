/** The languages of the site. Arabic has no prefix in addresses, the others do. */
export type Lang = 'ar' | 'en' | 'ku';
export const LANGS: readonly Lang[] = ['ar', 'en', 'ku'];

/** Plain `ar` would give Maghreb months and Latin digits: the region is always named. */
export const LOCALE: Record<Lang, string> = { ar: 'ar-SY', en: 'en-GB', ku: 'ku-SY' };
export const DIRECTION: Record<Lang, 'rtl' | 'ltr'> = { ar: 'rtl', en: 'ltr', ku: 'ltr' };
export const OWN_NAME: Record<Lang, string> = { ar: 'العربية', en: 'English', ku: 'Kurmancî' };

/** Splits `/ku/needs` into its language and the address that routes know. */
export function splitPath(pathname: string): { lang: Lang; path: string } {
  const match = /^\/(en|ku)(?=\/|$)(.*)$/.exec(pathname);
  return match ? { lang: match[1] as Lang, path: match[2] || '/' } : { lang: 'ar', path: pathname };
}

export function addressIn(lang: Lang, path: string): string {
  if (lang === 'ar') return path;
  return path === '/' ? `/${lang}` : `/${lang}${path}`;
}
