import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Content, Detail, Subject } from '../model.ts';

/** The last act on a subject, and the hash of its last public leaf. Its use case holds the subject's row. */
export async function lastOf(ctx: Ctx, subjectId: string): Promise<{ at: Date; leafHash: string | null } | null> {
  const row = await ctx.db.selectFrom('acts as a').select('a.at')
    .select((eb) => eb.selectFrom('acts as b').select('b.leafHash').where('b.subjectId', '=', subjectId).where('b.leafHash', 'is not', null)
      .orderBy('b.at', 'desc').orderBy('b.seq', 'desc').limit(1).as('leafHash'))
    .where('a.subjectId', '=', subjectId).orderBy('a.at', 'desc').orderBy('a.seq', 'desc').limit(1).executeTakeFirst();
  return row ? { at: row.at, leafHash: row.leafHash?.toString('hex') ?? null } : null;
}

export type NewAct = {
  id: string; at: Date; kind: string; subject: Subject; public: boolean; role: string; body: string | null; person: string | null;
  onBehalf: boolean; detail: Detail; leaf: string | null; leafHash: Buffer | null; content: { salt: Buffer; content: Content } | null;
};

export async function insertAct(ctx: Ctx, act: NewAct): Promise<void> {
  await insertActs(ctx, [act]);
}

export async function insertActs(ctx: Ctx, acts: readonly NewAct[]): Promise<void> {
  if (acts.length === 0) return;
  await ctx.db.insertInto('acts').values(acts.map((act) => ({
    id: act.id, at: act.at, kind: act.kind, subjectKind: act.subject.kind, subjectId: act.subject.id, public: act.public,
    actorRole: act.role, actorBody: act.body, actorPerson: act.person, onBehalf: act.onBehalf, detail: JSON.stringify(act.detail),
    leaf: act.leaf, leafHash: act.leafHash,
  }))).execute();
  const contents = acts.flatMap((act) => (act.content ? [{ actId: act.id, salt: act.content.salt, content: JSON.stringify(act.content.content) }] : []));
  if (contents.length > 0) await ctx.db.insertInto('actContents').values(contents).execute();
  const waiting = acts.filter((act) => act.public).map((act) => ({ actId: act.id }));
  if (waiting.length > 0) await ctx.db.insertInto('recordQueue').values(waiting).execute();
}

export type WaitingAct = { actId: string; at: Date; actorRole: string };

/** One at a time gives indexes: the advisory lock is held until the transaction ends. */
export async function takeLock(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(827150) as held`.execute(ctx.db);
  return rows[0]?.held ?? false;
}

export async function takeWaiting(ctx: Ctx, limit: number): Promise<WaitingAct[]> {
  if (!(await takeLock(ctx))) return [];
  return ctx.db.selectFrom('recordQueue').innerJoin('acts', 'acts.id', 'recordQueue.actId')
    .select(['recordQueue.actId', 'acts.at', 'acts.actorRole']).orderBy('acts.at').orderBy('acts.seq').limit(limit).execute();
}

export async function recordSize(ctx: Ctx): Promise<bigint> {
  const row = await ctx.db.selectFrom('recordLeaves').select('logIndex').orderBy('logIndex', 'desc').limit(1).executeTakeFirst();
  return row ? row.logIndex + 1n : 0n;
}

export async function saveLeaves(ctx: Ctx, leaves: { logIndex: bigint; actId: string }[]): Promise<void> {
  await ctx.db.insertInto('recordLeaves').values(leaves).execute();
  await ctx.db.deleteFrom('recordQueue').where('actId', 'in', leaves.map((leaf) => leaf.actId)).execute();
}

export async function deleteContents(ctx: Ctx, subjectId: string): Promise<void> {
  await ctx.db.deleteFrom('actContents').where('actId', 'in', ctx.db.selectFrom('acts').select('id').where('subjectId', '=', subjectId)).execute();
}
