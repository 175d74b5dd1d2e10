import { searchPlaces } from '#features/places/server/index.ts';
import { ownPath } from '#features/people/rules.ts';
import type { PageServerLoad } from './$types';

/** `for` is the page that asked: every place found leads back to it, with its code. Without it, to the place's own page. */
export const load: PageServerLoad = async ({ url, locals }) => {
  const q = (url.searchParams.get('q') ?? '').slice(0, 100);
  const back = ownPath(url.searchParams.get('for'), '');
  return { q, back, found: q.trim() ? await locals.ask(searchPlaces, { q, limit: 30 }) : [] };
};
