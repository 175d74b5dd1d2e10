/** Leads to signing in, and back to the page that was asked for. Permission itself is decided by queries and use cases. */
import { error, redirect } from '@sveltejs/kit';

/** A visitor signs in first. */
export function signInFirst(locals: App.Locals, url: URL): void {
  if (locals.actor.kind !== 'person') lead(locals, '/login', url);
}

/** A member of staff shows the second factor first; without it no role counts. */
export function secondFactorFirst(locals: App.Locals, url: URL): void {
  signInFirst(locals, url);
  const { actor } = locals;
  if (actor.kind === 'person' && actor.assurance === 'one' && actor.roles.some((it) => it.role !== 'resident')) lead(locals, '/login/second', url);
}

/** Whoever was signed out while writing loses nothing: what was sent comes back, to be sent again after signing in. */
function lead(locals: App.Locals, path: string, url: URL): never {
  if (locals.away) error(503, 'away');
  if (locals.typed) error(401, 'closed', { typed: { values: locals.typed, signIn: to(locals, path, new URL(locals.words.href('/me'), url)) } });
  return redirect(303, to(locals, path, url));
}

const to = (locals: App.Locals, path: string, url: URL): string => `${locals.words.href(path)}?next=${encodeURIComponent(url.pathname + url.search)}`;
