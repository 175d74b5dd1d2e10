import type { PlainDate } from '#kernel/working-days.ts';
import { sql, type SqlBool } from 'kysely';
import { among, manyOf, prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
import { isLate } from '../rules.ts';
import type { CommitmentLine } from '../views.ts';
import { today } from './store.ts';

export function selectLines(ctx: Asks) {
  return ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select(['c.id', 'c.number', 'c.what', 'c.who', 'c.state', 'c.firstDue', 'c.due', 'c.doneAt', 'c.subjectId', 'c.public', 'c.openedAt', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .select((eb) => eb.selectFrom('commitmentSlips as s').select((it) => it.fn.countAll<bigint>().as('n')).whereRef('s.commitmentId', '=', 'c.id').as('slips'));
}

export type LineRow = Awaited<ReturnType<ReturnType<typeof selectLines>['execute']>>[number];

export function toLine(ctx: Ctx, row: LineRow): CommitmentLine {
  return {
    id: row.id, number: row.number, what: row.what, who: row.who, state: row.state, late: isLate({ state: row.state, due: row.due as PlainDate }, today(ctx)), slips: Number(row.slips ?? 0n),
    firstDue: row.firstDue, due: row.due, doneAt: row.doneAt, body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }, subjectId: row.subjectId, public: row.public,
  };
}

/** Commitments that belong to these subjects, by date. */
export async function commitmentsOf(ctx: Ctx, input: { subjectIds: readonly string[]; publicOnly: boolean }): Promise<CommitmentLine[]> {
  if (input.subjectIds.length === 0) return [];
  return (await linesOf(ctx, { ids: input.subjectIds, publicOnly: input.publicOnly, most: Math.max(200, 10 * input.subjectIds.length) })).map((row) => toLine(ctx, row));
}

type Wanted = { ids: readonly string[]; publicOnly: boolean; most: number };

const linesOf = prepared((ctx: Asks, open: Wanted, { ids, publicOnly, most }: Wanted) => {
  const query = selectLines(ctx).where(sql<SqlBool>`c.subject_id ${among(open.ids, ids)}`);
  return (publicOnly ? query.where('c.public', '=', true) : query).orderBy('c.due').orderBy('c.id').limit(sql.lit(most));
}, ({ ids, publicOnly, most }) => `${manyOf(ids)} ${publicOnly} ${most}`);

/** The states of each subject's commitments; for the room that they came from. */
export async function statesOfSubjects(ctx: Ctx, subjectIds: readonly string[]): Promise<Map<string, CommitmentLine['state'][]>> {
  const states = new Map<string, CommitmentLine['state'][]>();
  if (subjectIds.length === 0) return states;
  const rows = await ctx.db.selectFrom('commitments').select(['subjectId', 'state']).where('subjectId', 'in', [...subjectIds]).execute();
  for (const row of rows) states.set(row.subjectId, [...(states.get(row.subjectId) ?? []), row.state]);
  return states;
}

/** These commitments as far as they are public, by date; for organisations that take part in them. */
export async function commitmentsByIds(ctx: Ctx, ids: readonly string[]): Promise<CommitmentLine[]> {
  if (ids.length === 0) return [];
  const rows = await selectLines(ctx).where('c.id', 'in', [...ids]).where('c.public', '=', true).orderBy('c.due').orderBy('c.id').limit(200).execute();
  return rows.map((row) => toLine(ctx, row));
}
