import { sql, type SqlBool } from 'kysely';
import type { ActId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { among, manyOf, prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
import { publicMoment, type RecordedAct } from '../model.ts';

/** The acts on these subjects, oldest first; `publicOnly` is the gate for everybody who is not concerned. */
export async function historyOf(ctx: Ctx, input: { subjects: readonly string[]; publicOnly: boolean }): Promise<RecordedAct[]> {
  if (input.subjects.length === 0) return [];
  return (await actsOn(ctx, { subjects: input.subjects, publicOnly: input.publicOnly })).map((row) => toAct(row, input.publicOnly));
}

type Wanted = { subjects: readonly string[]; publicOnly: boolean };

const actsOn = prepared((ctx: Asks, open: Wanted, { subjects, publicOnly }: Wanted) => {
  const query = selectActs(ctx).where(sql<SqlBool>`acts.subject_id ${among(open.subjects, subjects)}`);
  return (publicOnly ? query.where(sql<SqlBool>`acts.public`) : query).orderBy('acts.at').orderBy('acts.seq').limit(sql.lit(500));
}, ({ subjects, publicOnly }) => `${manyOf(subjects)} ${publicOnly}`);

/** The latest public acts, newest first; of some kinds only, when they are named. */
export async function latestActs(ctx: Ctx, input: { limit: number; kinds?: readonly string[] }): Promise<RecordedAct[]> {
  return ctx.remember(`latest acts ${input.limit} ${input.kinds?.join(' ')}`, async () => {
    let query = selectActs(ctx).where('acts.public', '=', true);
    if (input.kinds) query = query.where('acts.kind', 'in', [...input.kinds]);
    const rows = await query.orderBy('acts.at', 'desc').orderBy('acts.seq', 'desc').limit(input.limit).execute();
    return rows.map((row) => toAct(row, true));
  });
}

/** How large the record is, and how much waits for its place there; `waitingSeconds` of what waits longest. */
export async function recordHealth(ctx: Ctx): Promise<{ size: number; waiting: number; waitingSeconds: number }> {
  const size = await ctx.db.selectFrom('recordLeaves').select('logIndex').orderBy('logIndex', 'desc').limit(1).executeTakeFirst();
  const queue = await ctx.db.selectFrom('recordQueue').innerJoin('acts', 'acts.id', 'recordQueue.actId')
    .select((eb) => [eb.fn.countAll<bigint>().as('waiting'), eb.fn.min('acts.at').as('since')]).executeTakeFirstOrThrow();
  const waitingSeconds = queue.since ? Math.max(0, Math.round((ctx.now.getTime() - new Date(queue.since).getTime()) / 1000)) : 0;
  return { size: size ? Number(size.logIndex) + 1 : 0, waiting: Number(queue.waiting), waitingSeconds };
}

/** Within how many seconds 99 of 100 lines of the last day were under a published seal; null when there were none. Of a busy day, the latest ten thousand. */
export async function sealDelay(ctx: Ctx): Promise<number | null> {
  const { rows } = await sql<{ delay: number | null }>`select percentile_cont(0.99) within group (order by greatest(0, extract(epoch from s.at - a.at)))::float as delay
    from (select * from record_leaves order by log_index desc limit ${SEALED}) l join acts a on a.id = l.act_id
    cross join lateral (select at from record_seals s where s.size > l.log_index order by s.size limit 1) s
    where a.at > ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
  return rows[0]?.delay ?? null;
}

const SEALED = 10_000;

/** A public act's leaf and its index; `index` is null until the sequencer has been there. Refused when there is no such public act. */
export async function leafOfAct(ctx: Ctx, id: ActId): Promise<{ leaf: string; index: number | null }> {
  const row = await ctx.db.selectFrom('acts').leftJoin('recordLeaves', 'recordLeaves.actId', 'acts.id').select(['acts.leaf', 'recordLeaves.logIndex'])
    .where('acts.id', '=', id).where('acts.public', '=', true).executeTakeFirst();
  if (!row?.leaf) return refuse({ because: 'not-found', what: 'act' });
  return { leaf: row.leaf, index: row.logIndex === null ? null : Number(row.logIndex) };
}

function selectActs(ctx: Asks) {
  return ctx.db.selectFrom('acts').leftJoin('actContents', 'actContents.actId', 'acts.id').leftJoin('recordLeaves', 'recordLeaves.actId', 'acts.id')
    .select(['acts.id', 'acts.at', 'acts.kind', 'acts.subjectKind', 'acts.subjectId', 'acts.actorRole', 'acts.actorBody', 'acts.onBehalf', 'acts.detail',
      'actContents.content', 'recordLeaves.logIndex']);
}

function toAct(row: Awaited<ReturnType<ReturnType<typeof selectActs>['execute']>>[number], forAll: boolean): RecordedAct {
  return {
    id: row.id as ActId, at: forAll ? publicMoment(row.at, row.actorRole) : row.at, kind: row.kind, subject: { kind: row.subjectKind, id: row.subjectId },
    role: row.actorRole, body: row.actorBody, onBehalf: row.onBehalf, detail: row.detail, content: row.content, logIndex: row.logIndex,
  };
}
