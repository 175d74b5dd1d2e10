import * as v from 'valibot';
import { ListSchema } from '#features/intake/input.ts';
import { countByPlace, listEntries } from '#features/intake/server/index.ts';
import { classesOf, toneOf } from '#features/places/map-classes.ts';
import { allSectors, drawMap, placesOfLevel, placesWithNeighbourhoods, withAreas } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

const WIDTH = 640;

export const load: PageServerLoad = async ({ url, locals }) => {
  const asked = v.parse(ListSchema, Object.fromEntries(url.searchParams));
  const filter = { ...v.parse(ListSchema, {}), kind: asked.kind, sector: asked.sector };
  const cities = await locals.ask(placesWithNeighbourhoods, undefined);
  const city = cities.find((it) => it.code === url.searchParams.get('in')) ?? null;
  const within = city?.code ?? null;
  const map = await locals.ask(drawMap, { level: city ? 'neighbourhood' : 'subdistrict', within, width: WIDTH });
  const districts = city ? null : await locals.ask(drawMap, { level: 'district', within: null, width: WIDTH });
  const areas = await locals.ask(withAreas, await locals.ask(countByPlace, filter));
  const total = await locals.ask(listEntries, { ...filter, place: within ?? '', limit: 1 });
  const drawn = map?.places ?? (await locals.ask(placesOfLevel, city ? 'neighbourhood' : 'subdistrict')).map((it) => ({ ...it, d: '', at: [0, 0] as const }));
  const places = drawn.map((it) => ({ ...it, count: areas.get(it.code) ?? 0 }));
  const classes = classesOf(places.map((it) => it.count));
  const sectors = await locals.ask(allSectors, undefined);
  return {
    filter: { kind: filter.kind, sector: filter.sector, within }, cities, city, classes, total: total.total,
    size: map ? { width: map.width, height: map.height } : null,
    places: places.map((it) => ({ ...it, tone: toneOf(classes, it.count) })),
    districts: (districts?.places ?? []).map((it) => ({ code: it.code, names: it.names, at: it.at, count: areas.get(it.code) ?? 0 })),
    // What names a wider place, or none at all, is in no area of this map.
    elsewhere: Math.max(0, (total.total?.count ?? 0) - places.reduce((sum, it) => sum + it.count, 0)),
    sectors: sectors.filter((it) => it.parent === null),
    credit: locals.profile.credits.find((it) => it.what === 'places')?.text ?? null,
  };
};
