import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import type { BodyId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { mayCarryOut, mayReadVoices, maySeeCommitment } from '../access.ts';
import { mayBeAsked } from '../rules.ts';
import type { AskedCommitment, CommitmentView, VoiceCounts, VoiceView } from '../views.ts';
import { selectLines, toLine } from './queries.ts';

/** One commitment with its dates, updates and voices; a private one is not found by anybody it does not concern. */
export async function showCommitment(ctx: Ctx, asked: string): Promise<CommitmentView> {
  const number = parseReference(asked, ctx.profile.prefix);
  const row = number ? await selectWhole(ctx).where('c.number', '=', number).executeTakeFirst() : undefined;
  if (!row) return refuse({ because: 'not-found', what: 'commitment' });
  const owned = { body: row.bodyId as BodyId, public: row.public };
  if (!maySeeCommitment(ctx.actor, owned)) refuse({ because: 'not-found', what: 'commitment' });
  const slips = await ctx.db.selectFrom('commitmentSlips').select(['fromDue', 'toDue', 'reason', 'at']).where('commitmentId', '=', row.id).orderBy('at').orderBy('fromDue').execute();
  const updates = await ctx.db.selectFrom('commitmentUpdates').select(['id', 'kind', 'text', 'at']).where('commitmentId', '=', row.id).orderBy('at').orderBy('id').execute();
  return {
    ...toLine(ctx, row), openedAt: row.openedAt, settledAt: row.settledAt, disputedAt: row.disputedAt, source: row.sourceKind, brokenReason: row.brokenReason,
    slipList: slips.map((it) => ({ from: it.fromDue, to: it.toDue, reason: it.reason, at: it.at })), updates, rounds: await roundsOf(ctx, row.id),
    asked: mayBeAsked(row.state, row.settledAt, ctx.profile.confirmation.days, ctx.now), version: row.version, mayCarryOut: mayCarryOut(ctx.actor, owned),
  };
}

const selectWhole = (ctx: Ctx) => selectLines(ctx).select(['c.bodyId', 'c.settledAt', 'c.disputedAt', 'c.sourceKind', 'c.brokenReason', 'c.version']);

async function roundsOf(ctx: Ctx, id: string): Promise<VoiceCounts[]> {
  const rows = await ctx.db.selectFrom('confirmations').select(['round', 'verdict', (eb) => eb.fn.countAll<bigint>().as('n')]).where('commitmentId', '=', id)
    .groupBy(['round', 'verdict']).orderBy('round').execute();
  const rounds = new Map<number, VoiceCounts>();
  for (const row of rows) rounds.set(row.round, { ...(rounds.get(row.round) ?? { round: row.round, yes: 0, partly: 0, no: 0 }), [row.verdict]: Number(row.n) });
  return [...rounds.values()];
}

/** The commitments of a subject that residents may speak about now. For the room that knows who its reader is: `voter` is their hash, null for nobody in particular. */
export async function askedOf(ctx: Ctx, input: { subjectId: string; voter: Buffer | null }): Promise<AskedCommitment[]> {
  const rows = await selectWhole(ctx).leftJoin('confirmations as v', (join) => join.onRef('v.commitmentId', '=', 'c.id').onRef('v.round', '=', 'c.round').on('v.voterHash', '=', input.voter))
    .select('v.verdict').where('c.subjectId', '=', input.subjectId).where('c.state', 'in', ['done', 'confirmed', 'unconfirmed']).orderBy('c.due').orderBy('c.number').limit(100).execute();
  return rows.filter((row) => mayBeAsked(row.state, row.settledAt, ctx.profile.confirmation.days, ctx.now)).map((row) => {
    const { id, number, what, state, body } = toLine(ctx, row);
    return { id, number, what, state, body, said: row.verdict };
  });
}

/** What residents said in each round, latest first; for the body that promised and the governor's office. */
export async function voicesFor(ctx: Ctx, input: { id: string }): Promise<VoiceView[]> {
  const it = await ctx.db.selectFrom('commitments').select(['bodyId', 'public']).where('id', '=', input.id).executeTakeFirst();
  if (!it || !mayReadVoices(ctx.actor, { body: it.bodyId as BodyId, public: it.public })) return refuse({ because: 'not-found', what: 'commitment' });
  return ctx.db.selectFrom('confirmations').select(['id', 'round', 'voice', 'verdict', 'words', 'at']).where('commitmentId', '=', input.id).orderBy('round', 'desc').orderBy('at', 'desc').limit(200).execute();
}

/**
 * Whether the actor may read the private files of an owner: those of an update follow the commitment, those of a
 * resident's voice are for the body and the governor's office.
 */
export async function mayReadCommitmentFiles(ctx: Ctx, owner: { kind: 'commitment' | 'confirmation'; id: string }): Promise<boolean> {
  const from = owner.kind === 'commitment' ? 'commitmentUpdates' : 'confirmations';
  const it = await ctx.db.selectFrom(from).innerJoin('commitments as c', 'c.id', `${from}.commitmentId`).select(['c.bodyId', 'c.public']).where(`${from}.id`, '=', owner.id).executeTakeFirst();
  return it !== undefined && mayReadVoices(ctx.actor, { body: it.bodyId as BodyId, public: it.public });
}
