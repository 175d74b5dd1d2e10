import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { norm } from '#engines/text/index.ts';
import { PLACE_LEVELS, type PlaceLevel } from '../model.ts';
import type { Ctx } from '../../context.ts';
import { insertCalendar, insertPlaces, insertSectors, insertShapes, placesAreLoaded, type NewPlace, type NewSector } from './store.ts';

const Names = v.object({ ar: v.string(), en: v.optional(v.string(), ''), ku: v.optional(v.string(), '') });
const Places = v.array(v.object({
  pcode: v.string(), level: v.picklist(PLACE_LEVELS), parent: v.nullable(v.string()), name: Names,
  point: v.optional(v.tuple([v.number(), v.number()])), population2004: v.optional(v.number()), areaKm2: v.optional(v.number()),
}));
const Sectors = v.array(v.looseObject({
  code: v.string(), order: v.optional(v.number()), name: Names, sub: v.optional(v.array(v.looseObject({ code: v.string(), name: Names })), []),
}));
const Calendar = v.looseObject({
  weekend: v.array(v.number()),
  holidays: v.array(v.looseObject({ date: v.string(), code: v.string(), name: Names, moonSighting: v.optional(v.boolean(), false) })),
});
const Shapes = v.looseObject({ features: v.array(v.looseObject({ id: v.string(), geometry: v.looseObject({}) })) });

/** Loads places, sectors and the calendar of the profile once; afterwards they are changed in the browser only. */
export async function loadPlaces(ctx: Ctx): Promise<boolean> {
  if (await placesAreLoaded(ctx)) return false;
  const read = <S extends v.GenericSchema>(schema: S, name: string) => v.parse(schema, JSON.parse(readFileSync(join(ctx.profile.folder, name), 'utf8')));
  await insertPlaces(ctx, withPaths(read(Places, 'places.json')));
  await insertShapes(ctx, read(Shapes, 'shapes.json').features.map((shape) => ({ pcode: shape.id, geometry: JSON.stringify(shape.geometry) })));
  await insertSectors(ctx, flattened(read(Sectors, 'sectors.json')));
  await insertCalendar(ctx, read(Calendar, 'calendar.json'));
  return true;
}

function withPaths(places: v.InferOutput<typeof Places>): NewPlace[] {
  const paths = new Map<string, string[]>();
  const order: PlaceLevel[] = [...PLACE_LEVELS];
  const sorted = [...places].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return sorted.map((place) => {
    const above = place.parent ? paths.get(place.parent) : [];
    if (!above) throw new Error(`places.json: ${place.pcode} names a parent that does not exist: ${place.parent}`);
    const path = [...above, place.pcode];
    paths.set(place.pcode, path);
    return {
      pcode: place.pcode, level: place.level, parent: place.parent, path, nameAr: place.name.ar, nameEn: place.name.en, nameKu: place.name.ku,
      lon: place.point?.[0] ?? null, lat: place.point?.[1] ?? null, censusPopulation: place.population2004 ?? null, areaKm2: place.areaKm2 ?? null,
      searchNorm: norm(`${place.name.ar} ${place.name.en} ${place.name.ku}`), active: true,
    };
  });
}

function flattened(sectors: v.InferOutput<typeof Sectors>): NewSector[] {
  return sectors.flatMap((sector, at) => [
    row(sector, null, at * 100),
    ...sector.sub.map((sub, below) => row(sub, sector.code, at * 100 + below + 1)),
  ]);
}

function row(it: { code: string; name: { ar: string; en: string; ku: string } }, parent: string | null, position: number): NewSector {
  return { code: it.code, parent, nameAr: it.name.ar, nameEn: it.name.en, nameKu: it.name.ku, position };
}
