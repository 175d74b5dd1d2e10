import * as v from 'valibot';
import { MatchSchema } from '#features/organisations/input.ts';
import { matchingOrganisations } from '#features/organisations/server/index.ts';
import { showEntry } from '#features/intake/server/index.ts';
import { allSectors, placeNames, placesOfLevel } from '#features/places/server/index.ts';
import { parseReference } from '#kernel/reference-number.ts';
import type { PageServerLoad } from './$types';

/** For a public entry, or for a sector, a place and words: who could help, each with the reasons. */
export const load: PageServerLoad = async ({ url, locals }) => {
  const asked = v.parse(MatchSchema, Object.fromEntries(url.searchParams));
  const number = parseReference(asked.number, locals.profile.prefix);
  const entry = number ? await locals.ask(showEntry, { number }).catch(() => null) : null;
  const wanted = entry ? { sectors: entry.sectors, place: entry.place?.code ?? '', words: `${entry.title}\n${entry.text}`.slice(0, 2_000) } : { sectors: asked.sector ? [asked.sector] : [], place: asked.place, words: asked.words };
  const any = wanted.sectors.length > 0 || wanted.place !== '' || wanted.words !== '';
  const found = any ? await locals.ask(matchingOrganisations, wanted) : [];
  const sectors = await locals.ask(allSectors, undefined);
  const said = found.flatMap((it) => it.match.reasons.flatMap((reason) => ('place' in reason ? [reason.place] : [])));
  const districts = (await locals.ask(placesOfLevel, 'district')).map(({ code, names }) => ({ code: code as string, names }));
  const names = await locals.ask(placeNames, [...new Set([...said, ...(asked.place ? [asked.place] : [])])]);
  const own = asked.place && !districts.some((it) => it.code === asked.place) ? [...names].filter(([code]) => code === asked.place).map(([code, it]) => ({ code: code as string, names: it })) : [];
  return {
    asked, any, found, unknown: asked.number !== '' && entry === null ? asked.number : '', entry: entry && number ? { number, title: entry.title } : null, sectors: sectors.filter((it) => it.parent === null),
    places: [...districts, ...own], names: { places: Object.fromEntries(names), sectors: Object.fromEntries(sectors.map((it) => [it.code, it.names])) },
  };
};
