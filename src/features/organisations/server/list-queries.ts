import { sql, type Expression, type SqlBool } from 'kysely';
import { norm, queryTerms, tsQuery } from '#engines/text/index.ts';
import { decodeCursor, TOTAL_LIMIT, toPage, totalOf, type Cursor, type CursorPart } from '#kernel/page.ts';
import { allSectors, placeNames } from '../../places/server/index.ts';
import { lexiconOf } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { OrganisationListFilter } from '../input.ts';
import { PUBLIC_STATES, type Standing } from '../model.ts';
import { standingOf } from '../rules.ts';
import type { Named, OrganisationLine, OrganisationList } from '../views.ts';
import { COLUMNS, today, toOrganisation, type Row } from './store.ts';

const PAGE_SIZE = 20;
const NEAR_ENOUGH = 0.45;

type Ranked = Row & { rank?: number };

/** Public organisations by name; with a search the best matches first. A word that nothing holds is looked for by its letters. */
export async function listOrganisations(ctx: Ctx, filter: OrganisationListFilter & { limit?: number }): Promise<OrganisationList> {
  const size = Math.min(filter.limit ?? PAGE_SIZE, 100);
  const query = filter.q.trim() === '' ? '' : tsQuery(queryTerms(filter.q, await lexiconOf(ctx)));
  const searching = filter.q.trim() !== '';
  const cursor = filter.after ? decodeCursor(filter.after, organisationCursor(filter)) : null;
  if (searching && query === '') return { items: [], next: null, total: totalOf(0) };
  const where = conditions(ctx, filter);
  const found = searching ? sql<SqlBool>`(o.search_vector @@ ${query}::tsquery or word_similarity(${norm(filter.q)}, o.search_norm) >= ${sql.lit(NEAR_ENOUGH)})` : sql<SqlBool>`true`;
  const rank = sql<number>`round((ts_rank('{0.1,0.2,0.4,1.0}', o.search_vector, ${query}::tsquery) + word_similarity(${norm(filter.q)}, o.search_norm) * 0.2)::numeric, 6)::float8`;
  let select = ctx.db.selectFrom('organisations as o').select(COLUMNS.map((it) => `o.${it}` as const)).where((eb) => eb.and([...where, found]));
  if (searching) select = select.select(rank.as('rank')) as typeof select;
  if (cursor) select = select.where(searching ? sql<SqlBool>`(${rank}, o.id) < (${cursor[0]}::float8, ${cursor[1]}::uuid)` : sql<SqlBool>`(o.name_ar, o.id) > (${cursor[0]}, ${cursor[1]}::uuid)`);
  const ordered = searching ? select.orderBy(sql`rank desc`).orderBy('o.id', 'desc') : select.orderBy('o.nameAr').orderBy('o.id');
  const rows = (await ordered.limit(size + 1).execute()) as Ranked[];
  const page = toPage(rows, size, (row): Cursor => (searching ? [row.rank ?? 0, row.id] : [row.nameAr, row.id]));
  return { items: await toLines(ctx, page.items), next: page.next, total: cursor ? null : totalOf(await counted(ctx, [...where, found])) };
}

/** The shape of the list's cursors; a cursor of another order is none. */
export const organisationCursor = (filter: Pick<OrganisationListFilter, 'q'>): CursorPart[] => (filter.q.trim() === '' ? ['text', 'id'] : ['number', 'id']);

async function counted(ctx: Ctx, where: Expression<SqlBool>[]): Promise<number> {
  const some = ctx.db.selectFrom('organisations as o').select(sql`1`.as('one')).where((eb) => eb.and(where)).limit(TOTAL_LIMIT + 1).as('some');
  return Number((await ctx.db.selectFrom(some).select((eb) => eb.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()).count);
}

/** The gate of every public list. */
export const isShown = sql<SqlBool>`o.state in (${sql.join(PUBLIC_STATES.map((it) => sql.lit(it)))})`;

function conditions(ctx: Ctx, filter: OrganisationListFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [isShown];
  if (filter.kind) all.push(sql<SqlBool>`o.kind = ${filter.kind}`);
  if (filter.sector) all.push(sql<SqlBool>`o.sectors && ${sectorFamily(filter.sector)}`);
  if (filter.place) all.push(sql<SqlBool>`o.places && ${placeFamily(filter.place)}`);
  if (filter.standing) all.push(stands(ctx, filter.standing));
  return all;
}

/** A sector with its parts; and the sector of a part: whoever works in all of it works in this. */
export const sectorFamily = (code: string): Expression<unknown> =>
  sql`(select coalesce(array_agg(code), '{}') from sectors where code = ${code} or parent = ${code} or code = (select parent from sectors where code = ${code}))`;

/** What lies in a place, and what it lies in: whoever works in the whole district works here too. */
export const placeFamily = (code: string): Expression<unknown> =>
  sql`(select coalesce(array_agg(pcode), '{}') from places where path @> array[${code}]::text[] or pcode = any(coalesce((select path from places where pcode = ${code}), '{}')))`;

function stands(ctx: Ctx, standing: Standing): Expression<SqlBool> {
  const over = sql`least(o.verified_until, coalesce(o.licence_until, 'infinity')) < ${today(ctx)}::date`;
  switch (standing) {
    case 'verified': return sql`o.state = 'verified' and not (${over})`;
    case 'expired': return sql`o.state = 'verified' and ${over}`;
    case 'listed': case 'suspended': return sql`o.state = ${sql.lit(standing)}`;
  }
}

/** Names of the sectors and places of all rows, in two statements. */
export async function toLines(ctx: Ctx, rows: readonly Row[]): Promise<OrganisationLine[]> {
  if (rows.length === 0) return [];
  const name = await namer(ctx, rows.flatMap((row) => row.places));
  return rows.map((row) => ({
    number: row.number, kind: row.kind!, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, standing: standingOf(toOrganisation(row), today(ctx)),
    sectors: name.sectors(row.sectors), places: name.places(row.places), services: row.services, expertise: row.expertise,
  }));
}

export async function namer(ctx: Ctx, placeCodes: readonly string[]) {
  const sectors = new Map((await allSectors(ctx)).map((it) => [it.code as string, it.names]));
  const places = new Map([...(await placeNames(ctx, [...new Set(placeCodes)]))].map(([code, names]) => [code as string, names]));
  const named = (known: ReadonlyMap<string, Named['names']>) => (codes: readonly string[]): Named[] => codes.flatMap((code) => (known.has(code) ? [{ code, names: known.get(code)! }] : []));
  return { sectors: named(sectors), places: named(places) };
}

export type FoundOrganisation = { number: string; names: Named['names']; kind: OrganisationLine['kind']; standing: Standing };

/** For the search of the whole site. */
export async function searchOrganisations(ctx: Ctx, input: { q: string; limit: number }): Promise<FoundOrganisation[]> {
  if (input.q.trim() === '') return [];
  const { items } = await listOrganisations(ctx, { q: input.q, kind: null, sector: '', place: '', standing: null, after: '', limit: input.limit });
  return items.map(({ number, names, kind, standing }) => ({ number, names, kind, standing }));
}

/** Names and numbers of public organisations by id; for lists of what changed. */
export async function organisationTitles(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { number: string; title: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('organisations as o').select(['o.id', 'o.number', 'o.nameAr']).where('o.id', 'in', [...ids]).where(isShown).execute();
  return new Map(rows.map((row) => [row.id, { number: row.number, title: row.nameAr }]));
}

/** Whether the number belongs to an organisation that anybody may see. */
export async function isPublicOrganisation(ctx: Ctx, number: string): Promise<boolean> {
  return (await ctx.db.selectFrom('organisations as o').select('o.id').where('o.number', '=', number).where(isShown).executeTakeFirst()) !== undefined;
}
