/** The cookie that carries a sign-in: unreadable for scripts, sent by our own pages only. */
import type { Cookies } from '@sveltejs/kit';

export const SESSION_COOKIE = 'abwab_session';

export function keepSession(cookies: Cookies, token: string, url: URL, days: number): void {
  cookies.set(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', maxAge: Math.floor(days * 86_400) });
}

export function dropSession(cookies: Cookies): void {
  cookies.delete(SESSION_COOKIE, { path: '/' });
}
