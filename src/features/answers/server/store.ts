import type { Selectable } from 'kysely';
import type { AnswerId, BodyId, EntryId, PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Punctuality } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Answer, AnswerState } from '../model.ts';
import type { AnswersTables } from './tables.ts';

type Row = Selectable<AnswersTables['answers']>;

/** The entry of an answer. Whoever works on an answer holds the entry first, so that nobody waits in a circle. */
export async function entryOf(ctx: Ctx, id: AnswerId): Promise<EntryId> {
  const row = await ctx.db.selectFrom('answers').select('entryId').where('id', '=', id).executeTakeFirst();
  return row ? (row.entryId as EntryId) : refuse({ because: 'not-found', what: 'answer' });
}

export async function lockAnswer(ctx: Ctx, id: AnswerId): Promise<Answer> {
  const row = await ctx.db.selectFrom('answers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? toAnswer(ctx, row) : refuse({ because: 'not-found', what: 'answer' });
}

/** The answer of a body to an entry that is not published yet; there is one at most. */
export async function lockOpen(ctx: Ctx, entryId: EntryId, body: BodyId): Promise<Answer | null> {
  const row = await ctx.db.selectFrom('answers').selectAll().where('entryId', '=', entryId).where('bodyId', '=', body)
    .where('state', 'in', ['draft', 'sent', 'approved']).forUpdate().executeTakeFirst();
  return row ? toAnswer(ctx, row) : null;
}

export async function toAnswer(ctx: Ctx, row: Row): Promise<Answer> {
  const promises = await ctx.db.selectFrom('answerPromises').select(['what', 'who', 'due']).where('answerId', '=', row.id).orderBy('position').execute();
  return {
    id: row.id as AnswerId, entryId: row.entryId as EntryId, body: row.bodyId as BodyId,
    text: { outcome: row.outcome, summary: row.summary, reason: row.reason, referredTo: row.referredTo as BodyId | null, promises: promises.map((it) => ({ ...it, due: it.due as PlainDate })) },
    draftedBy: row.draftedBy as PersonId, drafters: row.drafters as PersonId[], draftedAt: row.draftedAt, note: row.note, corrects: row.corrects as AnswerId | null, version: row.version, ...stateOf(row),
  };
}

function stateOf(row: Row): AnswerState {
  if (row.state === 'draft' || row.state === 'sent') return { state: row.state };
  const approval = { approvedBy: must(row.approvedBy) as PersonId, approvedAt: must(row.approvedAt), publishAt: must(row.publishAt) };
  return row.state === 'approved' ? { state: 'approved', ...approval } : { state: row.state, ...approval, publishedAt: must(row.publishedAt) };
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('an answer is stored in an impossible state');
  return value;
}

/** A new draft; false when somebody else began one at the same moment. */
export async function insertAnswer(ctx: Ctx, it: Answer): Promise<boolean> {
  const rows = await ctx.db.insertInto('answers').values({ id: it.id, entryId: it.entryId, corrects: it.corrects, due: null, days: null, publishedAt: null, ...columns(it) })
    .onConflict((on) => on.doNothing()).returning('id').execute();
  if (rows.length > 0) await savePromises(ctx, it);
  return rows.length > 0;
}

export async function saveAnswer(ctx: Ctx, it: Answer): Promise<void> {
  await ctx.db.updateTable('answers').set(columns(it)).where('id', '=', it.id).execute();
}

/** The words and their promises. */
export async function saveText(ctx: Ctx, it: Answer): Promise<void> {
  await saveAnswer(ctx, it);
  await ctx.db.deleteFrom('answerPromises').where('answerId', '=', it.id).execute();
  await savePromises(ctx, it);
}

async function savePromises(ctx: Ctx, it: Answer): Promise<void> {
  if (it.text.promises.length > 0) await ctx.db.insertInto('answerPromises').values(it.text.promises.map((promise, position) => ({ answerId: it.id, position, ...promise }))).execute();
}

function columns(it: Answer) {
  const { promises: _, ...text } = it.text;
  const approved = it.state === 'approved' || it.state === 'published' || it.state === 'corrected';
  return {
    ...text, bodyId: it.body, state: it.state, draftedBy: it.draftedBy, drafters: [...it.drafters], draftedAt: it.draftedAt, note: it.note, version: it.version,
    approvedBy: approved ? it.approvedBy : null, approvedAt: approved ? it.approvedAt : null, publishAt: approved ? it.publishAt : null,
  };
}

/** Written once: afterwards the database refuses every change. */
export async function savePublished(ctx: Ctx, it: Answer & { state: 'published' }, clock: Punctuality | null): Promise<void> {
  await ctx.db.updateTable('answers').set({ ...columns(it), publishedAt: it.publishedAt, due: clock?.due ?? null, days: clock?.days ?? null }).where('id', '=', it.id).execute();
}

export async function markCorrected(ctx: Ctx, id: AnswerId): Promise<void> {
  await ctx.db.updateTable('answers').set({ state: 'corrected' }).where('id', '=', id).execute();
}

/** The first answer whose minutes are over. Not held: its entry has to be held before it. */
export async function nextToPublish(ctx: Ctx): Promise<{ id: AnswerId; entryId: EntryId } | null> {
  const row = await ctx.db.selectFrom('answers').select(['id', 'entryId']).where('state', '=', 'approved').where('publishAt', '<=', ctx.now).orderBy('publishAt').orderBy('id').limit(1).executeTakeFirst();
  return row ? { id: row.id as AnswerId, entryId: row.entryId as EntryId } : null;
}

export async function headsOf(ctx: Ctx, body: BodyId): Promise<PersonId[]> {
  const rows = await ctx.db.selectFrom('personRoles').innerJoin('persons', 'persons.id', 'personRoles.personId').select('personRoles.personId').distinct()
    .where('role', '=', 'head').where('bodyId', '=', body).where('confirmedAt', 'is not', null).where('personRoles.endedAt', 'is', null).where('persons.endedAt', 'is', null).execute();
  return rows.map((row) => row.personId as PersonId);
}

export async function bodyCode(ctx: Ctx, id: BodyId): Promise<string> {
  return (await ctx.db.selectFrom('bodies').select('code').where('id', '=', id).executeTakeFirstOrThrow()).code;
}

/** The body with this code; refused beside its field when there is none, or when it no longer works. */
export async function referredBody(ctx: Ctx, code: string): Promise<BodyId> {
  const row = await ctx.db.selectFrom('bodies').select('id').where('code', '=', code).where('active', '=', true).executeTakeFirst();
  return row ? (row.id as BodyId) : refuse({ because: 'invalid', fields: { referredTo: code === '' ? 'required' : 'invalid' } });
}
