import { sql, type Expression, type SqlBool } from 'kysely';
import type { Ctx } from '../../../context.ts';
import type { EntryKind } from '../../model.ts';
import type { EntryLine } from '../../views.ts';
import { selectLines, toLine } from './lines.ts';

export type RequestFilter = {
  /** these alone, whatever the other filters say */
  numbers: readonly string[] | null;
  /** days of the governorate's calendar, both of them included */
  since: string | null;
  until: string | null;
  /** kinds with the codes of their first sector; none: any; the empty list: those that have none */
  topics: readonly { kind: EntryKind; sectors: readonly string[] | null }[] | null;
  settled: boolean | null;
  /** entries that whoever asks handed in: shown without their words while they are not public */
  own: readonly string[];
  /** these ids alone, where they may be shown */
  only?: readonly string[];
  limit: number;
  skip: number;
};

/** `words`: whether its text may be read; `point` only where its sender agreed. */
export type RequestRow = EntryLine & { id: string; text: string; language: string; settled: boolean; words: boolean; point: { lat: number; lon: number } | null };

/** Over for whoever asked: confirmed by residents, closed after its answer, refused with a reason, or over elsewhere. */
const SETTLED = sql<boolean>`(e.state in ('confirmed', 'closed', 'elsewhere') or (e.state = 'answered' and e.outcome = 'declined'))`;
const PUBLIC = sql<SqlBool>`(e.published_at is not null and not e.confidential and e.state not in ('joined', 'withdrawn'))`;

/** Public entries of some days as requests for a service, newest first. One statement. */
export async function listRequests(ctx: Ctx, filter: RequestFilter): Promise<RequestRow[]> {
  const rows = await selectLines(ctx).leftJoin('entryPoints as point', (join) => join.onRef('point.entryId', '=', 'e.id').on('point.shown', '=', true))
    .select(['e.language', 'e.text', 'point.lat', 'point.lon', SETTLED.as('settled'), PUBLIC.as('open')])
    .where((eb) => eb.and([eb.or([PUBLIC, ...(filter.own.length > 0 ? [eb('e.id', 'in', [...filter.own])] : [])]), ...conditions(ctx, filter)]))
    .orderBy('e.submittedAt', 'desc').orderBy('e.id', 'desc').limit(filter.limit).offset(filter.skip).execute();
  return rows.map((row) => {
    const line = toLine(ctx, row);
    const words = Boolean(row.open);
    return {
      ...(words ? line : { ...line, title: '', summary: '', placeWords: '' }), id: row.id, text: words ? row.text : '', language: row.language, settled: row.settled, words,
      point: words && row.lat !== null && row.lon !== null ? { lat: row.lat, lon: row.lon } : null,
    };
  });
}

function conditions(ctx: Ctx, filter: RequestFilter): Expression<SqlBool>[] {
  if (filter.only) return [sql<SqlBool>`e.id = any (${[...filter.only]}::uuid[])`];
  if (filter.numbers) return [sql<SqlBool>`e.number = any (${[...filter.numbers]}::text[])`];
  const start = (day: string) => sql`${day}::date::timestamp at time zone ${ctx.profile.zone}`;
  const all: Expression<SqlBool>[] = [];
  if (filter.since) all.push(sql<SqlBool>`e.submitted_at >= ${start(filter.since)}`);
  if (filter.until) all.push(sql<SqlBool>`e.submitted_at < ${start(filter.until)} + interval '1 day'`);
  if (filter.settled !== null) all.push(sql<SqlBool>`${SETTLED} = ${filter.settled}`);
  if (filter.topics) all.push(sql<SqlBool>`(${sql.join(filter.topics.map(ofTopic), sql` or `)})`);
  return all;
}

function ofTopic({ kind, sectors }: NonNullable<RequestFilter['topics']>[number]): Expression<SqlBool> {
  if (sectors === null) return sql<SqlBool>`e.kind = ${kind}`;
  return sectors.length === 0 ? sql<SqlBool>`(e.kind = ${kind} and cardinality(e.sectors) = 0)` : sql<SqlBool>`(e.kind = ${kind} and e.sectors[1] = any (${[...sectors]}::text[]))`;
}
