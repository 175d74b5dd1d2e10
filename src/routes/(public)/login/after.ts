import { redirect, type RequestEvent } from '@sveltejs/kit';
import { deviceOf, ownPath } from '#features/people/rules.ts';
import { endSession, type SignedIn } from '#features/people/server/index.ts';
import { keepSession } from '#platform/web/session.ts';

/** The page to go on to, from a field of a form or an address; only ever one of our own. */
export const nextOf = (locals: App.Locals, next: string | null | undefined): string => ownPath(next, locals.words.href('/me'));

/** The page for a step of signing in, which keeps where to go afterwards. */
export const stepTo = (locals: App.Locals, path: string, next: string): string => `${locals.words.href(path)}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;

export const deviceHere = (event: RequestEvent) => deviceOf(event.request.headers.get('user-agent') ?? '');

/** Ends the sitting that this browser had before, keeps the new one, and goes on to the second factor or the page. */
export async function goIn(event: RequestEvent, signedIn: SignedIn, next: string): Promise<never> {
  const before = event.locals.session;
  if (before && before !== signedIn.token) await event.locals.act(endSession, { token: before });
  keepSession(event.cookies, signedIn.token, event.url, signedIn.days);
  return redirect(303, signedIn.next === 'none' ? next : stepTo(event.locals, '/login/second', next));
}

/** Keeps the new token of a raised sitting; `locals` follows, so that the page behind the form sees it. */
export function keepRaised(event: RequestEvent, raised: { token: string; days: number }): void {
  keepSession(event.cookies, raised.token, event.url, raised.days);
  event.locals.session = raised.token;
}
