import { inactivePlaces, searchPlaces } from '#features/places/server/index.ts';
import { isAdministrator, keeperOnly } from '../keepers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  keeperOnly(locals, url);
  const q = (url.searchParams.get('q') ?? '').slice(0, 100);
  return { administrator: isAdministrator(locals), q, found: q.trim() ? await locals.ask(searchPlaces, { q, limit: 30 }) : [], inactive: await locals.ask(inactivePlaces, undefined) };
};
