import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import { mayDecide, mayKeepRegistry, mayPropose, maySeeRegistry } from '../access.ts';
import { hasEnd, isPublic, type DecisionId, type DecisionKind, type Organisation } from '../model.ts';
import { checkUntil, decided, missingInRow, proposals } from '../rules.ts';
import { hasOwner } from './describe-store.ts';
import { holdInside } from './describe.ts';
import { deciders, insertDecision, lockOpenDecision, saveOutcome } from './decide-store.ts';
import { wasEverMember } from './membership-queries.ts';
import { saveStanding, today } from './store.ts';

const ACT: Record<DecisionKind, string> = { verify: 'verified', refuse: 'refused', suspend: 'suspended', reinstate: 'reinstated', renew: 'renewed', uphold: 'upheld' };
const me = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'decide' }));
const as = (ctx: Ctx) => ({ role: mayKeepRegistry(ctx.actor) ? 'registry' : 'coordinator' } as const);

/** Nobody judges what is or was their own; and whoever decided does not hear the objection against it. */
export async function isBarred(ctx: Ctx, it: Organisation): Promise<boolean> {
  return (await wasEverMember(ctx, it.id)) || (it.objection !== '' && (await deciders(ctx, it.id)).includes(me(ctx)));
}

/** Gives it back with what is missing. One person is enough: nothing is decided. */
export async function returnOrganisation(ctx: Ctx, input: { number: string; reason: string }): Promise<void> {
  allow(mayKeepRegistry(ctx.actor), 'return an organisation');
  const { it } = await holdInside(ctx, input.number);
  allow(mayPropose(ctx.actor, await isBarred(ctx, it)), 'return this organisation');
  if (it.state !== 'submitted') refuse({ because: 'wrong-state', is: it.state, wanted: 'submitted' });
  const open = await lockOpenDecision(ctx, it.id);
  if (open) await saveOutcome(ctx, open.id, 'withdrawn', open.proposedBy);
  await saveStanding(ctx, it.id, { state: 'returned', reason: input.reason });
  await record(ctx, 'organisation.returned', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number }, as: as(ctx) });
}

/** Shows one that came in by a table, once somebody of the registry has completed it. It is not verified by that. */
export async function listDraft(ctx: Ctx, input: { number: string }): Promise<void> {
  allow(mayKeepRegistry(ctx.actor), 'list an organisation');
  const { it } = await holdInside(ctx, input.number);
  if (it.state !== 'draft' || (await hasOwner(ctx, it.id))) refuse({ because: 'wrong-state', is: it.state, wanted: 'draft' });
  const gaps = missingInRow(it);
  if (gaps.length > 0) refuse({ because: 'invalid', fields: Object.fromEntries(gaps.toReversed().map((gap) => [gap.task, gap.what])) });
  await saveStanding(ctx, it.id, { state: 'listed', reason: '' });
  await record(ctx, 'organisation.listed', { kind: 'organisation', id: it.id }, { public: true, detail: { number: it.number, kind: it.kind }, as: as(ctx) });
}

export type Proposal = { number: string; kind: DecisionKind; reason: string; until: PlainDate | null };

/** The first of two persons: what should be decided, why, and until when. */
export async function proposeDecision(ctx: Ctx, input: Proposal): Promise<DecisionId> {
  allow(mayKeepRegistry(ctx.actor), 'propose a decision');
  const { it } = await holdInside(ctx, input.number);
  allow(mayPropose(ctx.actor, await isBarred(ctx, it)), 'propose a decision on this organisation');
  if (!proposals(it).includes(input.kind)) refuse({ because: 'wrong-state', is: it.state, wanted: input.kind });
  const until = hasEnd(input.kind) ? checkUntil(input.until, today(ctx), it.licence.until) : null;
  const id = newId<'decision'>(ctx.now.getTime());
  if (!(await insertDecision(ctx, { id, organisationId: it.id, kind: input.kind, reason: input.reason, until, proposedBy: me(ctx) }))) refuse({ because: 'conflict', what: 'decision' });
  await record(ctx, 'organisation.decision-proposed', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, kind: input.kind }, as: as(ctx) });
  return id;
}

/** The second person says yes or no; whoever proposed takes it back, and nothing else. */
export async function decideProposal(ctx: Ctx, input: { number: string; id: string; outcome: 'confirmed' | 'declined' | 'withdrawn' }): Promise<void> {
  allow(maySeeRegistry(ctx.actor), 'decide on organisations');
  const { it } = await holdInside(ctx, input.number);
  const open = await lockOpenDecision(ctx, it.id);
  if (!open || open.id !== input.id) return refuse({ because: 'wrong-state', is: 'decided', wanted: 'open' });
  if (input.outcome === 'withdrawn') allow(open.proposedBy === me(ctx), 'take this proposal back');
  else allow(mayDecide(ctx.actor, open, await isBarred(ctx, it)), 'decide on this proposal');
  // Between the two persons it may have moved on.
  if (input.outcome === 'confirmed' && !proposals(it).includes(open.kind)) refuse({ because: 'wrong-state', is: it.state, wanted: open.kind });
  await saveOutcome(ctx, open.id, input.outcome, me(ctx));
  if (input.outcome !== 'confirmed') return record(ctx, `organisation.decision-${input.outcome}`, { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, kind: open.kind }, as: as(ctx) });
  const state = decided(it.state, open.kind);
  await saveStanding(ctx, it.id, { state, objection: '', renewalAt: null, reason: state === 'verified' ? '' : open.kind === 'uphold' ? it.reason : open.reason, ...(open.until ? { verifiedUntil: open.until } : {}) });
  await record(ctx, `organisation.${ACT[open.kind]}`, { kind: 'organisation', id: it.id }, {
    public: isPublic(state), detail: { number: it.number, ...(open.until ? { until: open.until } : {}) }, content: { reason: open.reason }, as: as(ctx),
  });
}
