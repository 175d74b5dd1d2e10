import { sql, type Selectable } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Comment, CommentId, CommentState, Official, Rule } from '../model.ts';
import type { CommentsTables } from './tables.ts';

type Row = Selectable<CommentsTables['comments']>;

/** Loads a comment and holds it until the transaction ends. */
export async function lockComment(ctx: Ctx, id: string): Promise<Comment> {
  const row = await ctx.db.selectFrom('comments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? toComment(ctx, row) : refuse({ because: 'not-found', what: 'comment' });
}

export async function loadComment(ctx: Ctx, id: string): Promise<Comment> {
  const row = await ctx.db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toComment(ctx, row) : refuse({ because: 'not-found', what: 'comment' });
}

async function toComment(ctx: Ctx, row: Row): Promise<Comment> {
  const objection = await ctx.db.selectFrom('commentObjections').select(['at', 'outcome', 'against']).where('commentId', '=', row.id).executeTakeFirst();
  return {
    id: row.id as CommentId, subject: { kind: row.subjectKind, id: row.subjectId }, parent: row.parentId as CommentId | null, author: row.personId as PersonId | null,
    official: row.officialRole && { role: row.officialRole, body: row.bodyId as BodyId | null }, text: row.text, sentAt: row.sentAt, waitsSince: row.waitsSince,
    objection: objection ? { ...objection, against: objection.against as PersonId | null } : null, imported: row.source !== null, ...stateOf(row),
  };
}

function stateOf(row: Row): CommentState {
  switch (row.state) {
    case 'held': return { state: 'held', heldFor: row.heldFor };
    case 'published': return { state: 'published', publishedAt: must(row.publishedAt) };
    case 'removed': return { state: 'removed', publishedAt: row.publishedAt, rule: must(row.rule), reason: row.reason, decidedBy: row.decidedBy as PersonId | null, decidedAt: must(row.decidedAt) };
    case 'withdrawn': return { state: 'withdrawn' };
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('a comment is stored in an impossible state');
  return value;
}

export type NewComment = {
  id: CommentId; subject: Comment['subject']; parent: CommentId | null; author: PersonId | null; official: Official | null; language: string; text: string;
  state: 'held' | 'published'; heldFor: Row['heldFor']; sentAt: Date; source?: string; externalId?: string; formId?: string; onceHash?: Buffer;
};

const toRow = (it: NewComment, now: Date) => ({
  id: it.id, subjectKind: it.subject.kind, subjectId: it.subject.id, parentId: it.parent, personId: it.author, officialRole: it.official?.role ?? null, bodyId: it.official?.body ?? null,
  language: it.language, text: it.text, state: it.state, heldFor: it.heldFor, sentAt: it.sentAt, publishedAt: it.state === 'published' ? now : null, changedAt: null, rule: null, reason: '',
  decidedBy: null, decidedAt: null, waitsSince: it.state === 'held' ? now : null, source: it.source ?? null, externalId: it.externalId ?? null, formId: it.formId ?? null, onceHash: it.onceHash ?? null,
});

/** False when the same form with the same words was here before. */
export async function insertComment(ctx: Ctx, it: NewComment): Promise<boolean> {
  const rows = await ctx.db.insertInto('comments').values(toRow(it, ctx.now)).onConflict((on) => on.column('onceHash').doNothing()).returning('id').execute();
  return rows.length > 0;
}

/** In their order; two imports of the same file at once leave what the other has taken. Returns the ids that are new. */
export async function insertImported(ctx: Ctx, all: readonly NewComment[]): Promise<Set<string>> {
  if (all.length === 0) return new Set();
  const rows = await ctx.db.insertInto('comments').values(all.map((it) => toRow(it, ctx.now))).onConflict((on) => on.columns(['source', 'externalId']).doNothing()).returning('id').execute();
  return new Set(rows.map((row) => row.id));
}

export async function saveComment(ctx: Ctx, it: Comment): Promise<void> {
  const removal = it.state === 'removed' ? { rule: it.rule, reason: it.reason, decidedBy: it.decidedBy, decidedAt: it.decidedAt } : it.state === 'withdrawn' ? {} : { rule: null, reason: '', decidedBy: null, decidedAt: null };
  await ctx.db.updateTable('comments').set({
    text: it.text, state: it.state, heldFor: it.state === 'held' ? [...it.heldFor] : [], waitsSince: it.waitsSince, ...removal,
    ...('publishedAt' in it ? { publishedAt: it.publishedAt } : {}),
  }).where('id', '=', it.id).execute();
}

export async function markChanged(ctx: Ctx, id: CommentId): Promise<void> {
  await ctx.db.updateTable('comments').set({ changedAt: ctx.now }).where('id', '=', id).execute();
}

/** Whether this reader's report is their first of it. */
export async function insertReport(ctx: Ctx, it: { commentId: CommentId; reporterHash: Buffer; rule: Rule; words: string }): Promise<boolean> {
  const rows = await ctx.db.insertInto('commentReports').values({ ...it, at: ctx.now, settledAt: null }).onConflict((on) => on.doNothing()).returning('commentId').execute();
  return rows.length > 0;
}

/** What was looked into is settled, and its words are nobody's any more. */
export async function settleReports(ctx: Ctx, commentId: CommentId): Promise<void> {
  await ctx.db.updateTable('commentReports').set({ settledAt: ctx.now, words: '' }).where('commentId', '=', commentId).where('settledAt', 'is', null).execute();
}

export async function insertObjection(ctx: Ctx, it: { commentId: CommentId; text: string; against: PersonId | null }): Promise<void> {
  await ctx.db.insertInto('commentObjections').values({ ...it, at: ctx.now, outcome: null, reason: '', decidedBy: null, decidedAt: null }).execute();
}

export async function saveObjection(ctx: Ctx, it: { commentId: CommentId; outcome: 'upheld' | 'reversed'; reason: string; by: PersonId }): Promise<void> {
  await ctx.db.updateTable('commentObjections').set({ outcome: it.outcome, reason: it.reason, decidedBy: it.by, decidedAt: ctx.now }).where('commentId', '=', it.commentId).execute();
}

/** An author who withdraws takes the objection's and the reports' words along. */
export async function eraseAround(ctx: Ctx, commentId: CommentId): Promise<void> {
  await settleReports(ctx, commentId);
  await ctx.db.updateTable('commentObjections').set({ text: '' }).where('commentId', '=', commentId).execute();
}

/** Who reported what was looked into long ago; returns how many. */
export async function eraseReportsBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('commentReports').where('settledAt', '<', before).execute();
}

/** Words of removed comments whose time to object is over, and that nobody has to look at again; returns how many. */
export async function eraseRemovedBefore(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`update comments set text = '' where id in (select id from comments c where rule is not null and state = 'removed' and decided_at < ${before} and waits_since is null and text <> ''
    order by decided_at limit ${most} for update skip locked) returning id`.execute(ctx.db);
  if (rows.length > 0) await ctx.db.updateTable('commentObjections').set({ text: '' }).where('commentId', 'in', rows.map((row) => row.id)).execute();
  return rows.length;
}

/** What this person said as a resident and has not taken back. */
export async function commentsOfPerson(ctx: Ctx, person: string): Promise<string[]> {
  return (await ctx.db.selectFrom('comments').select('id').where('personId', '=', person).where('officialRole', 'is', null).where('state', '<>', 'withdrawn').orderBy('seq').execute()).map((row) => row.id);
}
