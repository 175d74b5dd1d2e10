import { sql, type Selectable } from 'kysely';
import { newId, type BodyId, type CommitmentId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import { indexer, type SearchColumns } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Commitment, CommitmentState, Said, Slip, Verdict, Voice } from '../model.ts';
import type { CommitmentsTables } from './tables.ts';

const BATCH = 100;
type Row = Selectable<CommitmentsTables['commitments']>;

export const today = (ctx: Ctx): PlainDate => localDate(ctx.now, ctx.profile.zone);

/** Loads a commitment and holds it until the transaction ends; what the caller may not see is not found. */
export async function lockCommitment(ctx: Ctx, id: string, maySee: (it: Commitment) => boolean = () => true): Promise<Commitment> {
  const row = await ctx.db.selectFrom('commitments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  const it = row ? toCommitment(row) : null;
  return it && maySee(it) ? it : refuse({ because: 'not-found', what: 'commitment' });
}

export function toCommitment(row: Row): Commitment {
  return {
    id: row.id as CommitmentId, number: row.number, source: { kind: row.sourceKind, id: row.sourceId }, subjectId: row.subjectId, body: row.bodyId as BodyId,
    public: row.public, what: row.what, who: row.who, firstDue: row.firstDue as PlainDate, due: row.due as PlainDate, openedAt: row.openedAt,
    escalated: row.escalated, round: row.round, version: row.version, ...stateOf(row),
  };
}

function stateOf(row: Row): CommitmentState {
  switch (row.state) {
    case 'open': return { state: 'open' };
    case 'done': return { state: 'done', doneAt: must(row.doneAt) };
    case 'confirmed': case 'unconfirmed': return { state: row.state, doneAt: must(row.doneAt), settledAt: must(row.settledAt) };
    case 'disputed': return { state: 'disputed', doneAt: must(row.doneAt), disputedAt: must(row.disputedAt) };
    case 'broken': return { state: 'broken', reason: must(row.brokenReason), settledAt: must(row.settledAt) };
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('a commitment is stored in an impossible state');
  return value;
}

export async function insertCommitment(ctx: Ctx, it: Commitment): Promise<void> {
  const index = await indexer(ctx);
  await ctx.db.insertInto('commitments').values({
    id: it.id, number: it.number, sourceKind: it.source.kind, sourceId: it.source.id, subjectId: it.subjectId, bodyId: it.body, public: it.public, what: it.what,
    who: it.who, firstDue: it.firstDue, due: it.due, openedAt: it.openedAt, escalated: it.escalated, round: it.round, version: it.version, ...columnsOf(it), doneAt: null, ...index(it.what),
  }).execute();
}

/** Some of those that were indexed with an older lexicon, held; those that somebody works on come later. */
export async function indexedBefore(ctx: Ctx, version: number): Promise<{ id: string; what: string }[]> {
  return ctx.db.selectFrom('commitments').select(['id', 'what']).where('lexiconVersion', '<', version).limit(2 * BATCH).forUpdate().skipLocked().execute();
}

export async function saveIndex(ctx: Ctx, id: string, index: SearchColumns): Promise<void> {
  await ctx.db.updateTable('commitments').set(index).where('id', '=', id).execute();
}

/** Every move is a new version. When it was last said to be done stays, also when it is broken off later. */
export async function saveCommitment(ctx: Ctx, it: Commitment): Promise<void> {
  await ctx.db.updateTable('commitments').set({ ...columnsOf(it), due: it.due, escalated: it.escalated, round: it.round, version: it.version + 1 }).where('id', '=', it.id).execute();
}

function columnsOf(it: Commitment) {
  return {
    state: it.state, settledAt: 'settledAt' in it ? it.settledAt : null, disputedAt: it.state === 'disputed' ? it.disputedAt : null,
    brokenReason: it.state === 'broken' ? it.reason : null, ...('doneAt' in it ? { doneAt: it.doneAt } : {}),
  };
}

/** False when the same form has been done already: pressed twice, it is done once. Another text under its key is refused. */
export async function firstTime(ctx: Ctx, commitmentId: string, form: { once: string; said: Buffer }): Promise<boolean> {
  const row = await ctx.db.insertInto('commitmentForms').values({ ...form, commitmentId, at: ctx.now }).onConflict((on) => on.column('once').doNothing()).returning('once').executeTakeFirst();
  if (row) return true;
  const before = await ctx.db.selectFrom('commitmentForms').select(['commitmentId', 'said']).where('once', '=', form.once).executeTakeFirst();
  if (before?.commitmentId === commitmentId && before.said.equals(form.said)) return false;
  return refuse({ because: 'invalid', fields: { form: 'sent-before' } });
}

export async function insertSlip(ctx: Ctx, commitmentId: string, slip: Slip): Promise<void> {
  await ctx.db.insertInto('commitmentSlips').values({ id: newId<'slip'>(ctx.now.getTime()), commitmentId, fromDue: slip.from, toDue: slip.to, reason: slip.reason, at: slip.at }).execute();
}

export async function insertUpdate(ctx: Ctx, commitmentId: string, kind: 'progress' | 'evidence', text: string): Promise<string> {
  const id = newId<'update'>(ctx.now.getTime());
  const byPerson = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  await ctx.db.insertInto('commitmentUpdates').values({ id, commitmentId, kind, text, at: ctx.now, byPerson }).execute();
  return id;
}

export type NewVoice = Said & { voterHash: Buffer; words: string | null };

/** What this person said in this round, if anything. */
export async function voiceOf(ctx: Ctx, it: Commitment, voterHash: Buffer): Promise<{ id: string; words: string | null } & Said | null> {
  const row = await ctx.db.selectFrom('confirmations').select(['id', 'voice', 'verdict', 'words']).where('commitmentId', '=', it.id).where('round', '=', it.round).where('voterHash', '=', voterHash).executeTakeFirst();
  return row ?? null;
}

/** The unique key keeps one voice a person and round; a changed mind replaces what was said. */
export async function keepVoice(ctx: Ctx, it: Commitment, said: NewVoice): Promise<string> {
  const { voice, verdict, words, voterHash } = said;
  const row = await ctx.db.insertInto('confirmations').values({ id: newId<'voice'>(ctx.now.getTime()), commitmentId: it.id, round: it.round, voterHash, voice, verdict, words, at: ctx.now })
    .onConflict((on) => on.columns(['commitmentId', 'round', 'voterHash']).doUpdateSet({ verdict, voice, words, at: ctx.now })).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function voicesOf(ctx: Ctx, it: Commitment): Promise<Said[]> {
  const rows = await ctx.db.selectFrom('confirmations').select(['voice', 'verdict']).where('commitmentId', '=', it.id).where('round', '=', it.round).execute();
  return rows.map((row) => ({ voice: row.voice as Voice, verdict: row.verdict as Verdict }));
}

/** Done and asked about since before a moment; locked, leaving out what another worker holds. */
export async function lockSilent(ctx: Ctx, before: Date): Promise<Commitment[]> {
  const rows = await ctx.db.selectFrom('commitments').selectAll().where('state', '=', 'done').where('doneAt', '<=', before).orderBy('doneAt').limit(BATCH).forUpdate().skipLocked().execute();
  return rows.map(toCommitment);
}

export type Late = { id: CommitmentId; number: string; public: boolean; due: PlainDate; from: PlainDate; escalated: number };

/**
 * Late ones at a level of the ladder that nobody has been told of yet. What was disputed after its date climbs from the
 * day of the dispute: until then nobody knew.
 */
export async function lockLate(ctx: Ctx, cutoffs: readonly PlainDate[]): Promise<Late[]> {
  const from = sql<PlainDate>`greatest(due, (disputed_at at time zone ${ctx.profile.zone})::date)`;
  const rows = await ctx.db.selectFrom('commitments').select(['id', 'number', 'public', 'due', 'escalated', from.as('from')]).where('state', 'in', ['open', 'disputed'])
    .where((eb) => eb.or(cutoffs.map((cutoff, level) => eb.and([eb('escalated', '=', level), eb('due', '<=', cutoff), eb(from, '<=', cutoff)]))))
    .orderBy('due').limit(BATCH).forUpdate().skipLocked().execute();
  return rows.map((row) => ({ ...row, id: row.id as CommitmentId, due: row.due as PlainDate }));
}

export async function saveEscalation(ctx: Ctx, id: string, level: number): Promise<void> {
  await ctx.db.updateTable('commitments').set({ escalated: level }).where('id', '=', id).execute();
}

export async function bodyCode(ctx: Ctx, id: string): Promise<string> {
  return (await ctx.db.selectFrom('bodies').select('code').where('id', '=', id).executeTakeFirstOrThrow()).code;
}

/** The words of these voters; returns whose voices they were of. */
export async function eraseVoiceWords(ctx: Ctx, voters: readonly Buffer[]): Promise<string[]> {
  if (voters.length === 0) return [];
  return (await ctx.db.updateTable('confirmations').set({ words: null }).where('voterHash', 'in', [...voters]).returning('id').execute()).map((row) => row.id);
}
