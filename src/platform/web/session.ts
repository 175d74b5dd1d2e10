/** The cookie that carries a sign-in: unreadable for scripts, sent by our own pages only. */
import type { Cookies } from '@sveltejs/kit';

/** Over https browsers take a cookie of this name from nobody but this very site: not from a neighbour below the same domain, not from a line without https. */
const SECURE_COOKIE = '__Host-abwab_session';
const PLAIN_COOKIE = 'abwab_session';
const isSecure = (url: URL): boolean => url.protocol === 'https:';

export const sessionCookie = (url: URL): string => (isSecure(url) ? SECURE_COOKIE : PLAIN_COOKIE);

export function keepSession(cookies: Cookies, token: string, url: URL, days: number): void {
  cookies.set(sessionCookie(url), token, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(url), maxAge: Math.floor(days * 86_400) });
}

/** Taken away as it was given: browsers ignore a `__Host-` cookie that is not secure. */
export function dropSession(cookies: Cookies, url: URL): void {
  cookies.delete(sessionCookie(url), { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(url) });
}
