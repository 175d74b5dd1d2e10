import { sql } from 'kysely';
import { norm } from '#engines/text/index.ts';
import type { PlaceCode } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Names, PlaceLevel } from '../model.ts';

export type FoundPlace = { code: PlaceCode; level: PlaceLevel; names: Names; within: Names | null };

/** Places by name, with or without the article, forgiving typing errors; each with the place around it, since names repeat. */
export async function searchPlaces(ctx: Ctx, input: { q: string; limit: number }): Promise<FoundPlace[]> {
  const q = norm(input.q.slice(0, 100)).trim();
  if (q.length < 2) return [];
  const bare = q.replace(/^ال/, '');
  const near = sql<number>`greatest(word_similarity(${bare}, p.search_norm), word_similarity(${q}, p.search_norm))`;
  // «<%» finds by the index what is worth being measured.
  const rows = await ctx.db.selectFrom('places as p').leftJoin('places as up', 'up.pcode', 'p.parent')
    .select(['p.pcode', 'p.level', 'p.nameAr', 'p.nameEn', 'p.nameKu', 'up.nameAr as upAr', 'up.nameEn as upEn', 'up.nameKu as upKu'])
    .where('p.active', '=', true).where(sql<boolean>`(p.search_norm like ${`%${likeSafe(bare)}%`} or ((${bare} <% p.search_norm or ${q} <% p.search_norm) and ${near} >= 0.55))`)
    .orderBy(sql`(' ' || p.search_norm || ' ') like ${`% ${likeSafe(bare)} %`} or (' ' || p.search_norm || ' ') like ${`% ال${likeSafe(bare)} %`} desc`)
    .orderBy(sql`${near} desc`).orderBy(sql`p.level = 'community'`).orderBy('p.pcode').limit(input.limit).execute();
  return rows.map((row) => ({
    code: row.pcode as PlaceCode, level: row.level, names: named(row.nameAr, row.nameEn, row.nameKu),
    within: row.upAr === null ? null : named(row.upAr, row.upEn ?? '', row.upKu ?? ''),
  }));
}

/** A place without a Kurdish name is shown by its Latin one. */
export function named(ar: string, en: string, ku: string): Names {
  return { ar, en: en || ar, ku: ku || en || ar };
}

const likeSafe = (text: string): string => text.replace(/[\\%_]/g, (it) => `\\${it}`);

/** Codes by code or by name in any language, for imports and for lines that people write; spelling counts as little as in a search. A name that stands for several places is left out. */
export async function placesByName(ctx: Ctx, names: readonly string[]): Promise<Map<string, PlaceCode>> {
  const wanted = [...new Set(names.filter((it) => it !== ''))];
  if (wanted.length === 0) return new Map();
  const columns = ['pcode', 'nameAr', 'nameEn', 'nameKu'] as const;
  const rows = await ctx.db.selectFrom('places').select(columns)
    .where((eb) => eb.or([eb('pcode', 'in', wanted), eb('nameAr', 'in', wanted), eb('nameEn', 'in', wanted), eb('nameKu', 'in', wanted)])).execute();
  const found = new Map<string, PlaceCode>();
  const missing: string[] = [];
  for (const name of wanted) {
    const fits = rows.filter((row) => columns.some((it) => row[it] === name));
    if (fits.length === 1) found.set(name, fits[0]!.pcode as PlaceCode);
    else if (fits.length === 0) missing.push(name);
  }
  if (missing.length === 0) return found;
  const spelled = new Map<string, Set<string>>();
  for (const row of await ctx.db.selectFrom('places').select(columns).execute()) {
    for (const it of columns) if (row[it]) spelled.set(plain(row[it]), (spelled.get(plain(row[it])) ?? new Set()).add(row.pcode));
  }
  for (const name of missing) {
    const [code, another] = spelled.get(plain(name)) ?? [];
    if (code !== undefined && another === undefined) found.set(name, code as PlaceCode);
  }
  return found;
}

const plain = (name: string): string => norm(name).trim();
