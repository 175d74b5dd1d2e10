import { decodeCursor, toPage } from '#kernel/page.ts';
import { refuse } from '#kernel/refusal.ts';
import { shownCount } from '#kernel/small-numbers.ts';
import { localDate } from '#kernel/working-days.ts';
import { sql, type SqlBool } from 'kysely';
import { placeNames } from '../../places/server/index.ts';
import type { Names } from '../../places/model.ts';
import type { PlaceCode } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { PUBLIC_STATES, type ActivityState, type OrganisationKind } from '../model.ts';

export type ActivityFilter = { sector: string; place: string; state: ActivityState | null; after: string; limit: number };
/** One line of who does what where. `place` is the district where the organisation hides the exact one; `district` the part of the governorate. */
export type ActivityRow = {
  id: string; organisation: { number: string; names: Names; kind: OrganisationKind | null }; sector: string; what: string; state: ActivityState; place: { code: string; names: Names }; district: { code: string; names: Names } | null;
  starts: string | null; ends: string | null; targeted: number | null; reached: number | null; confirmedOn: string;
};

/** What public organisations do where, page by page; refuses a cursor that is none. Small numbers of people are left out. */
export async function listActivities(ctx: Ctx, filter: ActivityFilter): Promise<{ items: ActivityRow[]; next: string | null }> {
  const cursor = filter.after ? (decodeCursor(filter.after, ['id']) ?? refuse({ because: 'invalid', fields: { after: 'invalid' } })) : null;
  let query = ctx.db.selectFrom('organisationActivities as a').innerJoin('organisations as o', 'o.id', 'a.organisationId').innerJoin('places as p', 'p.pcode', 'a.place')
    .select(['a.id', 'a.sector', 'a.place', 'a.coarse', 'a.what', 'a.state', 'a.starts', 'a.ends', 'a.targeted', 'a.reached', 'a.confirmedAt', 'p.path', 'o.number', 'o.kind', 'o.nameAr', 'o.nameEn', 'o.nameKu'])
    .where('o.state', 'in', [...PUBLIC_STATES]);
  if (filter.state) query = query.where('a.state', '=', filter.state);
  if (filter.sector) query = query.where(sql<SqlBool>`a.sector in (select code from sectors where code = ${filter.sector} or parent = ${filter.sector})`);
  // A hidden place is found by its district and what lies around it, not by itself.
  if (filter.place) query = query.where(sql<SqlBool>`(p.path @> array[${filter.place}]::text[] and (not a.coarse or ${filter.place} = any (p.path[1:2])))`);
  if (cursor) query = query.where(sql<SqlBool>`a.id > ${cursor[0]}::uuid`);
  const page = toPage(await query.orderBy('a.id').limit(filter.limit + 1).execute(), filter.limit, (row) => [row.id]);
  const names = await placeNames(ctx, page.items.flatMap((row) => row.path));
  const named = (code: string) => ({ code, names: names.get(code as PlaceCode) ?? { ar: code, en: code, ku: code } });
  return {
    next: page.next,
    items: page.items.map((row) => ({
      id: row.id, organisation: { number: row.number, kind: row.kind, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }, sector: row.sector, what: row.what, state: row.state,
      place: named(row.coarse ? (row.path[1] ?? row.path[0]!) : row.place), district: row.path[1] ? named(row.path[1]) : null, starts: row.starts, ends: row.ends,
      targeted: shownCount(row.targeted, ctx.profile.suppressBelow), reached: shownCount(row.reached, ctx.profile.suppressBelow), confirmedOn: localDate(row.confirmedAt, ctx.profile.zone),
    })),
  };
}

/** How many public organisations there are, and how many lines of what they do. */
export async function countOrganisations(ctx: Ctx): Promise<{ organisations: number; activities: number }> {
  const { rows: [row] } = await sql<{ organisations: number; activities: number }>`
    select count(*)::int as organisations, coalesce(sum((select count(*) from organisation_activities a where a.organisation_id = o.id)), 0)::int as activities
    from organisations o where o.state = any (${[...PUBLIC_STATES]}::text[])`.execute(ctx.db);
  return row!;
}
