/** Places of a GeoJSON file, or of the `shapes.json` of a profile's folder. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CollectionSchema, readFeature, type PlaceFeature } from '#features/places/geojson.ts';
import type { RefusedRow } from './refused.ts';

export function readFeatures(path: string): { file: string; features: PlaceFeature[]; refused: RefusedRow[] } {
  const file = statSync(path).isDirectory() ? join(path, 'shapes.json') : path;
  const collection = v.safeParse(CollectionSchema, parsed(file));
  if (!collection.success) throw new Error(`${file} is not a GeoJSON FeatureCollection.`);
  const features: PlaceFeature[] = [];
  const refused: RefusedRow[] = [];
  for (const [at, raw] of collection.output.features.entries()) {
    const read = readFeature(raw);
    if ('feature' in read) features.push(read.feature);
    else refused.push({ line: at + 1, reason: read.refused, row: (raw as { properties?: unknown } | null)?.properties ?? null });
  }
  return { file, features, refused };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}
