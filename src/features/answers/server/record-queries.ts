import { sql, type SqlBool } from 'kysely';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import type { AnswerFigure } from '../figures.ts';
import type { AnswerLine, AnsweringRecord } from '../views.ts';
import { selectAnswers, toView } from './queries.ts';

type Since = { since: PlainDate | null };
type Answered = Pick<AnsweringRecord, 'answered' | 'onTime' | 'referred' | 'medianDays'>;
type Waiting = Pick<AnsweringRecord, 'waiting' | 'lateNow'>;
const NOTHING: Answered & Waiting = { answered: 0, onTime: 0, referred: 0, medianDays: null, waiting: 0, lateNow: 0 };

/** How every body answered since a day (null: ever), by the body's id: public entries alone. Two statements. */
export function answeringRecords(ctx: Ctx, input: Since & { bodyId?: string }): Promise<Map<string, AnsweringRecord>> {
  return ctx.remember(JSON.stringify(['answers of bodies', input.since, input.bodyId, localDate(ctx.now, ctx.profile.zone)]), () => counted(ctx, input));
}

async function counted(ctx: Ctx, input: Since & { bodyId?: string }): Promise<Map<string, AnsweringRecord>> {
  const records = new Map<string, AnsweringRecord>();
  for (const { bodyId, ...figures } of [...(await answered(ctx, input)), ...(await waiting(ctx, input.bodyId ?? null))]) {
    records.set(bodyId, { ...(records.get(bodyId) ?? { ...NOTHING, at: ctx.now }), ...figures });
  }
  return records;
}

/** One body's record of answering; all zero where nothing public was handed to it. */
export async function answeringRecord(ctx: Ctx, input: Since & { bodyId: string }): Promise<AnsweringRecord> {
  return (await answeringRecords(ctx, input)).get(input.bodyId) ?? { ...NOTHING, at: ctx.now };
}

/** A correction is no second answer. The days are those that the clock showed when the answer was published. */
async function answered(ctx: Ctx, { since, bodyId = null as string | null }: Since & { bodyId?: string | null }): Promise<({ bodyId: string } & Answered)[]> {
  const day = publishedOn(ctx);
  const { rows } = await sql<{ bodyId: string } & Answered>`
    select a.body_id as "bodyId", count(*)::int as answered, (count(*) filter (where a.due is null or ${day} <= a.due))::int as "onTime",
      (count(*) filter (where a.outcome = 'referred'))::int as referred, percentile_cont(0.5) within group (order by a.days)::float8 as "medianDays"
    from answers a join entries e on e.id = a.entry_id
    where a.corrects is null and a.published_at is not null and e.published_at is not null and not e.confidential
      and (${bodyId}::uuid is null or a.body_id = ${bodyId}) and (${since}::date is null or ${day} >= ${since}) group by 1`.execute(ctx.db);
  return rows;
}

async function waiting(ctx: Ctx, bodyId: string | null): Promise<({ bodyId: string } & Waiting)[]> {
  const { rows } = await sql<{ bodyId: string } & Waiting>`
    select body_id as "bodyId", count(*)::int as waiting, (count(*) filter (where answer_due < ${localDate(ctx.now, ctx.profile.zone)}::date))::int as "lateNow"
    from entries where state in ('assigned', 'study', 'returned') and body_id is not null and published_at is not null and not confidential
      and (${bodyId}::uuid is null or body_id = ${bodyId}) group by 1`.execute(ctx.db);
  return rows;
}

const publishedOn = (ctx: Ctx) => sql<string>`(a.published_at at time zone ${ctx.profile.zone})::date`;
const PAGE_SIZE = 20;

/** The answers behind a figure (null: all of the period), the latest first, each in the words in which it came. */
export async function answersBehind(ctx: Ctx, input: Since & { bodyId: string; figure: AnswerFigure | null; after: string }): Promise<{ items: AnswerLine[]; next: string | null }> {
  const cursor = input.after ? decodeCursor(input.after, ['instant', 'id']) : null;
  const day = publishedOn(ctx);
  let query = publicAnswers(ctx, input.bodyId).where('a.corrects', 'is', null).where('a.state', 'in', ['published', 'corrected']);
  if (input.since) query = query.where(sql<SqlBool>`${day} >= ${input.since}::date`);
  if (input.figure === 'on-time') query = query.where(sql<SqlBool>`(a.due is null or ${day} <= a.due)`);
  else if (input.figure === 'after') query = query.where(sql<SqlBool>`${day} > a.due`);
  else if (input.figure === 'referred') query = query.where('a.outcome', '=', 'referred');
  if (cursor) query = query.where(sql<SqlBool>`(a.published_at, a.id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`);
  const rows = await query.orderBy('a.publishedAt', 'desc').orderBy('a.id', 'desc').limit(PAGE_SIZE + 1).execute();
  const page = toPage(rows, PAGE_SIZE, (row) => [row.publishedAt!.toISOString(), row.id]);
  return { items: page.items.map(toAnswerLine), next: page.next };
}

/** The latest answers of a body to public entries, each in its newest words. */
export async function latestAnswers(ctx: Ctx, input: { bodyId: string; limit: number }): Promise<AnswerLine[]> {
  return (await publicAnswers(ctx, input.bodyId).where('a.state', '=', 'published').orderBy('a.publishedAt', 'desc').orderBy('a.id', 'desc').limit(input.limit).execute()).map(toAnswerLine);
}

function publicAnswers(ctx: Ctx, bodyId: string) {
  return selectAnswers(ctx).innerJoin('entries as e', 'e.id', 'a.entryId').select(['e.number', 'e.title', 'a.due']).where('a.bodyId', '=', bodyId).where('e.publishedAt', 'is not', null).where('e.confidential', '=', false);
}

const toAnswerLine = (row: Awaited<ReturnType<ReturnType<typeof publicAnswers>['execute']>>[number]): AnswerLine => ({ ...toView(row), number: row.number, title: row.title, due: row.due });
