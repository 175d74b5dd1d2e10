import { geoCentroid } from 'd3-geo';
import { norm } from '#engines/text/index.ts';
import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { levelBelow, type PlaceFeature } from '../geojson.ts';
import { PLACE_LEVELS } from '../model.ts';
import { insertPlaces, insertShapes, knownPlaces, type NewPlace } from './store.ts';
import { placeSubject } from './subjects.ts';

export type ImportedPlaces = { imported: number; skipped: number; refused: { pcode: string; reason: string }[] };

/** Adds places that are not there yet, each below one that is. What is there keeps its names: they are changed in the browser. */
export async function importPlaces(ctx: Ctx, features: readonly PlaceFeature[]): Promise<ImportedPlaces> {
  allow(ctx.actor.kind === 'system' && ctx.actor.job === 'terminal', 'import places');
  const known = await knownPlaces(ctx);
  const done: ImportedPlaces = { imported: 0, skipped: 0, refused: [] };
  for (const { properties: it, geometry } of parentsFirst(features)) {
    const parent = known.get(it.parent);
    if (known.has(it.pcode)) { done.skipped += 1; continue; }
    if (!parent) { done.refused.push({ pcode: it.pcode, reason: `parent: there is no place ${it.parent}` }); continue; }
    const level = it.level ?? levelBelow(parent.level);
    if (!level || PLACE_LEVELS.indexOf(level) <= PLACE_LEVELS.indexOf(parent.level)) { done.refused.push({ pcode: it.pcode, reason: `level: nothing lies within a ${parent.level}` }); continue; }
    const [lon, lat] = geometry ? geoCentroid(geometry as never) : [null, null];
    const place: NewPlace = {
      pcode: it.pcode, level, parent: it.parent, path: [...parent.path, it.pcode], nameAr: it.name_ar, nameEn: it.name_en ?? '', nameKu: it.name_ku ?? '', lon, lat,
      censusPopulation: null, areaKm2: null, searchNorm: norm(`${it.name_ar} ${it.name_en ?? ''} ${it.name_ku ?? ''}`), active: true,
    };
    await insertPlaces(ctx, [place]);
    if (geometry && geometry.type !== 'Point') await insertShapes(ctx, [{ pcode: it.pcode, geometry: JSON.stringify(geometry) }]);
    await record(ctx, 'place.added', placeSubject(it.pcode), { public: true, detail: { code: it.pcode, level }, as: { role: 'system' } });
    known.set(it.pcode, { level, path: place.path as string[] });
    done.imported += 1;
  }
  return done;
}

/** A file may name a place before the one around it. */
function parentsFirst(features: readonly PlaceFeature[]): PlaceFeature[] {
  const inside = new Map(features.map((it) => [it.properties.pcode, it.properties.parent]));
  const depth = (pcode: string, seen = 0): number => (inside.has(pcode) && seen < 10 ? 1 + depth(inside.get(pcode)!, seen + 1) : 0);
  return features.toSorted((a, b) => depth(a.properties.pcode) - depth(b.properties.pcode));
}
