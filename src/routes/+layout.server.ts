import { DIRECTION } from '#platform/i18n/languages.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url }) => ({
  lang: locals.lang,
  dir: DIRECTION[locals.lang],
  path: locals.path,
  query: queryOf(url),
  look: locals.look,
  zone: locals.profile.zone,
  place: locals.profile.name,
  governorate: locals.profile.governorateName,
  notice: locals.profile.notice,
  origin: locals.origin,
  phone: locals.profile.contacts.phone,
  demo: locals.demo,
  signedIn: locals.actor.kind === 'person',
});

/** What the page was asked for, so that it stays the same page in another language; the name of a form's action is no part of it. */
function queryOf(url: URL): string {
  const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
}
