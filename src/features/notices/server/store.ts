import { sql, type Insertable, type Selectable } from 'kysely';
import type { Ctx } from '../../context.ts';
import { LEASE_MS } from '../rules.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Part, Quiet, Template } from '../model.ts';
import type { NoticesTables } from './tables.ts';

export type NoticeRow = Selectable<NoticesTables['notices']>;
const CHUNK = 1_000;

/** What was told already is left as it is; returns how many are new. */
export async function insertNotices(ctx: Ctx, rows: Insertable<NoticesTables['notices']>[]): Promise<number> {
  let count = 0;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const inserted = await ctx.db.insertInto('notices').values(rows.slice(at, at + CHUNK)).onConflict((it) => it.column('onceKey').doNothing()).returning('id').execute();
    count += inserted.length;
  }
  return count;
}

/** One reader of news at a time; the lock is held until the transaction ends. */
export async function holdNews(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(827152) as held`.execute(ctx.db);
  return rows[0]?.held ?? false;
}

/** Remembers acts as told, and forgets those that are too old to be met again. */
export async function markSeen(ctx: Ctx, actIds: readonly string[], cursor: Date, forgetBefore: Date): Promise<void> {
  if (actIds.length > 0) await ctx.db.insertInto('newsSeen').values(actIds.map((actId) => ({ actId, at: ctx.now }))).onConflict((it) => it.doNothing()).execute();
  await ctx.db.updateTable('newsCursor').set({ at: cursor }).execute();
  await ctx.db.deleteFrom('newsSeen').where('at', '<', forgetBefore).execute();
}

/** What is due longest and what else is due for the same recipient, held by this worker for a while. */
export async function takeDue(ctx: Ctx, most: number): Promise<NoticeRow[]> {
  const due = ctx.db.selectFrom('notices').selectAll().where('state', '=', 'waiting').where('sendAt', '<=', ctx.now).where((eb) => eb.or([eb('heldUntil', 'is', null), eb('heldUntil', '<=', ctx.now)]));
  const first = await due.orderBy('sendAt').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst();
  if (!first) return [];
  const same = first.personId ? due.where('personId', '=', first.personId) : due.where('contactHash', '=', first.contactHash);
  const rows = await same.orderBy('createdAt').orderBy('id').limit(most).forUpdate().skipLocked().execute();
  await ctx.db.updateTable('notices').set({ attempts: sql<number>`attempts + 1`, heldUntil: new Date(ctx.now.getTime() + LEASE_MS) })
    .where('id', 'in', rows.map((row) => row.id)).execute();
  return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
}

/** Gives back what one letter had no room for. */
export async function giveBack(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await ctx.db.updateTable('notices').set({ attempts: sql<number>`attempts - 1`, heldUntil: null }).where('id', 'in', [...ids]).execute();
}

/** What left has left, also when somebody stopped it while it was on its way. */
export async function saveSent(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.db.updateTable('notices').set({ state: 'sent', sentAt: ctx.now, problem: null, heldUntil: null }).where('id', 'in', [...ids]).where('state', 'in', ['waiting', 'stopped']).execute();
}

export async function saveProblem(ctx: Ctx, ids: readonly string[], problem: NoticeRow['problem'], again: Date | null): Promise<void> {
  await ctx.db.updateTable('notices').set({ problem, heldUntil: null, state: again ? 'waiting' : 'failed', ...(again ? { sendAt: again } : {}) })
    .where('id', 'in', [...ids]).where('state', '=', 'waiting').execute();
}

export async function saveUnreachable(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await ctx.db.updateTable('notices').set({ state: 'stopped', problem: 'no-contact', heldUntil: null }).where('id', 'in', [...ids]).execute();
}

type Settings = Selectable<NoticesTables['noticeSettings']>;

export async function saveChoice(ctx: Ctx, personId: string, choice: Pick<Settings, 'rhythm' | 'rhythmBefore' | 'channel'>): Promise<void> {
  await ctx.db.insertInto('noticeSettings').values({ personId, pausedUntil: null, ...choice }).onConflict((it) => it.column('personId').doUpdateSet(choice)).execute();
}

/** Words that are the original ones again are not kept. */
export async function saveText(ctx: Ctx, it: { template: Template; language: Lang; part: Part; text: string; original: boolean }): Promise<void> {
  if (it.original) {
    await ctx.db.deleteFrom('noticeTexts').where('template', '=', it.template).where('language', '=', it.language).where('part', '=', it.part).execute();
    return;
  }
  const row = { text: it.text, changedAt: ctx.now, changedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null };
  await ctx.db.insertInto('noticeTexts').values({ template: it.template, language: it.language, part: it.part, ...row }).onConflict((on) => on.columns(['template', 'language', 'part']).doUpdateSet(row)).execute();
}

export async function deleteTexts(ctx: Ctx, it: { template: Template; language: Lang }): Promise<boolean> {
  return (await ctx.db.deleteFrom('noticeTexts').where('template', '=', it.template).where('language', '=', it.language).returning('part').execute()).length > 0;
}

export async function saveQuiet(ctx: Ctx, personId: string, it: Quiet): Promise<void> {
  const choice = { quietFrom: it.from, quietTo: it.to, urgentPasses: it.urgentPasses };
  await ctx.db.insertInto('noticeSettings').values({ personId, rhythm: 'daily', rhythmBefore: null, channel: null, pausedUntil: null, ...choice }).onConflict((on) => on.column('personId').doUpdateSet(choice)).execute();
}

export async function savePause(ctx: Ctx, personId: string, pausedUntil: Date | null): Promise<void> {
  await ctx.db.insertInto('noticeSettings').values({ personId, rhythm: 'daily', rhythmBefore: null, channel: null, pausedUntil }).onConflict((it) => it.column('personId').doUpdateSet({ pausedUntil })).execute();
}

/** Urgent ones that wait for the end of quiet hours follow new hours. */
export async function rescheduleUrgent(ctx: Ctx, personId: string, sendAt: Date): Promise<void> {
  await ctx.db.updateTable('notices').set({ sendAt }).where('personId', '=', personId).where('state', '=', 'waiting').where('urgent', '=', true).where('attempts', '=', 0).execute();
}

/** Moves what waits for this person to another moment; urgent notices keep theirs, and so does what is being tried again. */
export async function rescheduleWaiting(ctx: Ctx, personId: string, sendAt: Date): Promise<void> {
  await ctx.db.updateTable('notices').set({ sendAt }).where('personId', '=', personId).where('state', '=', 'waiting').where('urgent', '=', false).where('attempts', '=', 0).execute();
}

export async function stopWaiting(ctx: Ctx, personId: string): Promise<void> {
  await ctx.db.updateTable('notices').set({ state: 'stopped' }).where('personId', '=', personId).where('state', '=', 'waiting').execute();
}

/** What a stop held back, and nothing else did. */
export async function wakeStopped(ctx: Ctx, who: { personId: string } | { contactHash: Buffer }, since: Date, sendAt: Date): Promise<void> {
  const stopped = ctx.db.updateTable('notices').set({ state: 'waiting', sendAt }).where('state', '=', 'stopped').where('problem', 'is', null).where('createdAt', '>', since);
  await ('personId' in who ? stopped.where('personId', '=', who.personId) : stopped.where('contactHash', '=', who.contactHash)).execute();
}

export async function stopContact(ctx: Ctx, contactHash: Buffer): Promise<void> {
  await ctx.db.insertInto('noticeStops').values({ contactHash, at: ctx.now }).onConflict((it) => it.doNothing()).execute();
  await ctx.db.updateTable('notices').set({ state: 'stopped' }).where('contactHash', '=', contactHash).where('state', '=', 'waiting').execute();
}

/** Whether there was a stop to take back. */
export async function endStop(ctx: Ctx, contactHash: Buffer): Promise<boolean> {
  return (await ctx.db.deleteFrom('noticeStops').where('contactHash', '=', contactHash).returning('at').execute()).length > 0;
}

export async function markDueTold(ctx: Ctx, it: { id: string; due: string }): Promise<void> {
  await ctx.db.insertInto('dueTold').values({ thingId: it.id, due: it.due, at: ctx.now }).onConflict((on) => on.doNothing()).execute();
}

/** Puts failed ones back in the line, with all their attempts before them. */
export async function tryFailedAgain(ctx: Ctx, id: string | null): Promise<number> {
  let update = ctx.db.updateTable('notices').set({ state: 'waiting', attempts: 0, problem: null, heldUntil: null, sendAt: ctx.now }).where('state', '=', 'failed');
  if (id) update = update.where('id', '=', id);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}

export async function insertOutbox(ctx: Ctx, row: NoticesTables['outbox']): Promise<void> {
  await ctx.db.insertInto('outbox').values(row).onConflict((it) => it.column('id').doNothing()).execute();
}

export async function saveChannel(ctx: Ctx, kind: 'mail' | 'sms', via: 'smtp' | 'outbox' | 'gateway', news: { workedAt: Date } | { failedAt: Date; problem: string } | null): Promise<void> {
  await ctx.db.insertInto('noticeChannels').values({ kind, via, workedAt: null, failedAt: null, problem: null, ...news })
    .onConflict((it) => it.column('kind').doUpdateSet({ via, ...news })).execute();
}

export async function forgetBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('notices').where('createdAt', '<', before).where('state', '<>', 'waiting').execute();
  await ctx.db.deleteFrom('outbox').where('createdAt', '<', before).execute();
  await ctx.db.deleteFrom('dueTold').where('at', '<', before).execute();
}

export async function deleteOf(ctx: Ctx, personId: string): Promise<void> {
  await ctx.db.deleteFrom('notices').where('personId', '=', personId).execute();
  await ctx.db.deleteFrom('noticeSettings').where('personId', '=', personId).execute();
  await ctx.db.deleteFrom('subscriptions').where('personId', '=', personId).execute();
}
