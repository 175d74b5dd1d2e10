import { refuse } from '#kernel/refusal.ts';
import type { PlaceCode } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Names, PlaceLevel } from '../model.ts';
import { named } from './search-queries.ts';

export type PlaceLine = { code: PlaceCode; level: PlaceLevel; names: Names };
/** `above` from the governorate down, without the place itself. */
export type PlacePage = PlaceLine & { above: PlaceLine[]; active: boolean };

type Row = { pcode: string; level: PlaceLevel; nameAr: string; nameEn: string; nameKu: string };
const toLine = (row: Row): PlaceLine => ({ code: row.pcode as PlaceCode, level: row.level, names: named(row.nameAr, row.nameEn, row.nameKu) });
const COLUMNS = ['pcode', 'level', 'nameAr', 'nameEn', 'nameKu'] as const;

/** One place with the way to it; refused as not found when there is none of this code. */
export async function placeByCode(ctx: Ctx, code: string): Promise<PlacePage> {
  const row = await ctx.db.selectFrom('places').select([...COLUMNS, 'path', 'active']).where('pcode', '=', code).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'place' });
  const above = await linesOf(ctx, row.path.filter((it) => it !== code));
  return { ...toLine(row), active: row.active, above: row.path.flatMap((it) => above.find((line) => line.code === it) ?? []) };
}

/** The places directly inside one, by level, then by name. */
export async function childrenOf(ctx: Ctx, code: string): Promise<PlaceLine[]> {
  const rows = await ctx.db.selectFrom('places').select([...COLUMNS]).where('parent', '=', code).where('active', '=', true).orderBy('level', 'desc').orderBy('nameAr').orderBy('pcode').execute();
  return rows.map(toLine);
}

async function linesOf(ctx: Ctx, codes: readonly string[]): Promise<PlaceLine[]> {
  if (codes.length === 0) return [];
  return (await ctx.db.selectFrom('places').select([...COLUMNS]).where('pcode', 'in', [...codes]).execute()).map(toLine);
}

/** Every place of a level, for profiles without outlines. */
export async function placesOfLevel(ctx: Ctx, level: PlaceLevel): Promise<AreaLine[]> {
  const rows = await ctx.db.selectFrom('places').select([...COLUMNS, 'parent']).where('level', '=', level).where('active', '=', true).orderBy('nameAr').orderBy('pcode').limit(500).execute();
  return rows.map((row) => ({ ...toLine(row), parent: row.parent ?? '' }));
}

/** Adds what each place holds to everything around it: figures by a place's own code become figures of whole areas. */
export async function withAreas(ctx: Ctx, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  if (counts.size === 0) return new Map();
  const rows = await ctx.db.selectFrom('places').select(['pcode', 'path']).where('pcode', 'in', [...counts.keys()]).execute();
  const areas = new Map<string, number>();
  for (const row of rows) for (const code of row.path) areas.set(code, (areas.get(code) ?? 0) + (counts.get(row.pcode) ?? 0));
  return areas;
}

/** One level of the whole governorate, or of what lies directly inside one place. */
export type Area = { level: PlaceLevel; within: string | null };
export type AreaLine = PlaceLine & { parent: string };

/** The places of a map, by name of today. */
export async function areaLines(ctx: Ctx, area: Area): Promise<AreaLine[]> {
  const rows = await outlined(ctx, area).select(['p.pcode', 'p.level', 'p.nameAr', 'p.nameEn', 'p.nameKu', 'p.parent']).where('p.active', '=', true).orderBy('p.nameAr').orderBy('p.pcode').execute();
  return rows.map((row) => ({ ...toLine(row), parent: row.parent ?? '' }));
}

export type Outline = { code: string; geometry: object };

export async function outlines(ctx: Ctx, area: Area): Promise<Outline[]> {
  const rows = await outlined(ctx, area).select(['p.pcode', 's.geometry']).orderBy('p.pcode').execute();
  return rows.map((row) => ({ code: row.pcode, geometry: row.geometry }));
}

function outlined(ctx: Ctx, area: Area) {
  const query = ctx.db.selectFrom('placeShapes as s').innerJoin('places as p', 'p.pcode', 's.pcode').where('p.level', '=', area.level);
  return area.within ? query.where('p.parent', '=', area.within) : query;
}

/** Places whose neighbourhoods have outlines of their own, so that a second map can be drawn. */
export async function placesWithNeighbourhoods(ctx: Ctx): Promise<PlaceLine[]> {
  const rows = await ctx.db.selectFrom('places as up').select(['up.pcode', 'up.level', 'up.nameAr', 'up.nameEn', 'up.nameKu'])
    .where((eb) => eb.exists(eb.selectFrom('placeShapes as s').innerJoin('places as p', 'p.pcode', 's.pcode').select('s.pcode').whereRef('p.parent', '=', 'up.pcode').where('p.level', '=', 'neighbourhood')))
    .orderBy('up.pcode').execute();
  return rows.map(toLine);
}
