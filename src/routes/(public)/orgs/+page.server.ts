import * as v from 'valibot';
import { OrganisationListSchema } from '#features/organisations/input.ts';
import { listOrganisations } from '#features/organisations/server/index.ts';
import { allSectors, placeByCode, placesOfLevel } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const filter = v.parse(OrganisationListSchema, Object.fromEntries(url.searchParams));
  const districts = (await locals.ask(placesOfLevel, 'district')).map(({ code, names }) => ({ code: code as string, names }));
  const known = filter.place === '' || districts.some((it) => it.code === filter.place);
  const place = known ? null : await locals.ask(placeByCode, filter.place).catch(() => null);
  return {
    filter, list: await locals.ask(listOrganisations, filter), sectors: (await locals.ask(allSectors, undefined)).filter((it) => it.parent === null),
    places: place ? [...districts, { code: place.code as string, names: place.names }] : districts,
  };
};
