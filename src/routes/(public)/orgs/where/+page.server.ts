import { whoDoesWhatWhere } from '#features/organisations/server/index.ts';
import { allSectors, placesOfLevel } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const name = (all: readonly { code: string; names: { ar: string; en: string; ku: string } }[]) => Object.fromEntries(all.map((it) => [it.code, it.names]));
  return {
    matrix: await locals.ask(whoDoesWhatWhere, undefined), as: url.searchParams.get('as') === 'list' ? ('list' as const) : ('matrix' as const), countedAt: new Date(),
    sectors: name(await locals.ask(allSectors, undefined)), places: name(await locals.ask(placesOfLevel, 'district')), least: locals.profile.suppressBelow,
  };
};
