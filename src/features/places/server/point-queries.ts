import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { holds, wound, type Shape } from '../rules.ts';
import { outlines } from './place-queries.ts';

export type Point = { lat: number; lon: number };

/** The middle of each of these places, or of what it lies in where nobody measured it: never more exact than the place. */
export async function middlesOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, Point>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ pcode: string; lat: number; lon: number }>`
    select p.pcode, m.lat, m.lon from places p
    cross join lateral (select a.lat, a.lon from places a where a.pcode = any (p.path) and a.lat is not null and a.lon is not null order by cardinality(a.path) desc limit 1) m
    where p.pcode = any (${[...new Set(codes)]}::text[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.pcode, { lat: row.lat, lon: row.lon }]));
}

/** The smallest place with an outline around a point; null outside of the governorate, and where nobody drew outlines. */
export async function placeAt(ctx: Ctx, point: Point): Promise<string | null> {
  for (const level of ['neighbourhood', 'subdistrict', 'district', 'governorate'] as const) {
    const found = (await outlines(ctx, { level, within: null })).find((it) => holds(it.geometry as Shape, point));
    if (found) return found.code;
  }
  return null;
}

export type Geometry = Shape | { type: 'Point'; coordinates: readonly [number, number] };
/** Where places lie, as GeoJSON: their outline, or their middle where nobody drew one; null where nobody measured it. */
export async function geometriesOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, { middle: Point | null; geometry: Geometry | null }>> {
  const { rows } = await sql<{ pcode: string; lat: number | null; lon: number | null; geometry: Shape | null }>`
    select p.pcode, p.lat, p.lon, s.geometry from places p left join place_shapes s on s.pcode = p.pcode where p.pcode = any (${[...codes]}::text[])`.execute(ctx.db);
  return new Map(rows.map(({ pcode, lat, lon, geometry }) => {
    const middle = lat === null || lon === null ? null : { lat, lon };
    return [pcode, { middle, geometry: geometry ? wound(geometry) : middle && { type: 'Point' as const, coordinates: [middle.lon, middle.lat] as const } }];
  }));
}
