/** Places as GeoJSON brings them: `pcode, name_ar, name_en, parent`, perhaps `name_ku` and `level`. Pure. */
import * as v from 'valibot';
import { PLACE_LEVELS, type PlaceLevel } from './model.ts';

const Text = v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(120))), '');
const Properties = v.object({
  pcode: v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9]{2,20}$/)), name_ar: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)), name_en: Text, name_ku: Text,
  parent: v.pipe(v.string(), v.trim(), v.minLength(1)), level: v.optional(v.picklist(PLACE_LEVELS)),
});
const Pair = v.looseTuple([v.pipe(v.number(), v.minValue(-180), v.maxValue(180)), v.pipe(v.number(), v.minValue(-90), v.maxValue(90))]);
const Ring = v.pipe(v.array(Pair), v.minLength(4));
const Geometry = v.nullable(v.variant('type', [
  v.object({ type: v.literal('Point'), coordinates: Pair }),
  v.object({ type: v.literal('Polygon'), coordinates: v.array(Ring) }),
  v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(v.array(Ring)) }),
]));
const Feature = v.object({ properties: Properties, geometry: Geometry });

export type PlaceFeature = v.InferOutput<typeof Feature>;
export const CollectionSchema = v.object({ type: v.literal('FeatureCollection'), features: v.array(v.unknown()) });

/** One feature, or what is wrong with it. */
export function readFeature(raw: unknown): { feature: PlaceFeature } | { refused: string } {
  const parsed = v.safeParse(Feature, raw);
  return parsed.success ? { feature: parsed.output } : { refused: `${v.getDotPath(parsed.issues[0]) ?? 'feature'}: ${parsed.issues[0].message}` };
}

/** What lies within what, where nobody said. */
export const levelBelow = (parent: PlaceLevel): PlaceLevel | null => ({ governorate: 'district', district: 'subdistrict', subdistrict: 'neighbourhood', neighbourhood: null, community: null } as const)[parent];
