/** What the owning body does with its commitment. */
import { hasRole } from '#kernel/actor.ts';
import { allow } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { attachTo, publishAttachments, stageFile } from '../../attachments/server/index.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayCarryOut, maySeeCommitment } from '../access.ts';
import type { Commitment } from '../model.ts';
import { breakOff, finish, needLive, needUnmoved, renegotiate } from '../rules.ts';
import { bodyCode, firstTime, insertSlip, insertUpdate, lockCommitment, saveCommitment, today } from './store.ts';

/** `once`: the form's own key, so that pressed twice it is done once. `seen`: the version that was read. */
export type Step = { id: string; once?: string; seen?: number };
/** `files` come with the form; those of a form that was refused wait under `draftId`. */
export type Report = Step & { text: string; files?: readonly Buffer[]; draftId?: string };

/** Tells how far it is; seen by everybody who sees the commitment. */
export async function reportProgress(ctx: Ctx, input: Report): Promise<void> {
  const it = await held(ctx, input);
  if (await repeats(ctx, input, ['progress', input.text])) return;
  needLive(it);
  await keepReport(ctx, it, 'progress', input);
  await record(ctx, 'commitment.progressed', subject(it), { ...(await said(ctx, it)), content: { text: input.text } });
}

/** Moves the due date; the old date and the reason stay public. */
export async function renegotiateCommitment(ctx: Ctx, input: Step & { due: PlainDate; reason: string }): Promise<void> {
  const it = await held(ctx, input);
  if (await repeats(ctx, input, ['renegotiate', input.due, input.reason])) return;
  needUnmoved(it, input.seen);
  const next = renegotiate(it, input.due, await workingCalendar(ctx), today(ctx));
  await insertSlip(ctx, it.id, { from: it.due, to: input.due, reason: input.reason, at: ctx.now });
  await saveCommitment(ctx, next);
  await record(ctx, 'commitment.renegotiated', subject(it), { ...(await said(ctx, it)), detail: { number: it.number, from: it.due, to: input.due }, content: { reason: input.reason } });
}

/** Says that it is done, with evidence; residents are asked from now on. */
export async function reportDone(ctx: Ctx, input: Report): Promise<void> {
  const it = await held(ctx, input);
  if (await repeats(ctx, input, ['done', input.text])) return;
  needUnmoved(it, input.seen);
  const next = finish(it, ctx.now);
  await keepReport(ctx, it, 'evidence', input);
  await saveCommitment(ctx, next);
  await record(ctx, 'commitment.done', subject(it), { ...(await said(ctx, it)), detail: { number: it.number, round: next.round, late: it.due < today(ctx) }, content: { text: input.text } });
}

/** Says openly that it will not be done, and why. */
export async function breakCommitment(ctx: Ctx, input: Step & { reason: string }): Promise<void> {
  const it = await held(ctx, input);
  if (await repeats(ctx, input, ['break', input.reason])) return;
  needUnmoved(it, input.seen);
  await saveCommitment(ctx, breakOff(it, input.reason, ctx.now));
  await record(ctx, 'commitment.broken', subject(it), { ...(await said(ctx, it)), content: { reason: input.reason } });
}

/** Held until the end, by whoever carries it out; whoever may not even see it does not find it. */
async function held(ctx: Ctx, input: Step): Promise<Commitment> {
  const it = await lockCommitment(ctx, input.id, (row) => maySeeCommitment(ctx.actor, row));
  allow(mayCarryOut(ctx.actor, it), 'carry out this commitment');
  return it;
}

/** Whether this very form was done before. */
async function repeats(ctx: Ctx, input: Step, said: readonly string[]): Promise<boolean> {
  if (input.once === undefined) return false;
  return !(await firstTime(ctx, input.id, { once: input.once, said: ctx.secrets.keyedHash('form', JSON.stringify(said)) }));
}

const subject = (it: Commitment) => ({ kind: 'commitment' as const, id: it.id });

async function said(ctx: Ctx, it: Commitment) {
  const role = hasRole(ctx.actor, 'head', it.body) ? ('head' as const) : ('officer' as const);
  return { public: it.public, as: { role, body: await bodyCode(ctx, it.body) }, detail: { number: it.number } };
}

/** The text with its photos; they are shown with it once they are prepared. */
async function keepReport(ctx: Ctx, it: Commitment, kind: 'progress' | 'evidence', input: Report): Promise<void> {
  const id = await insertUpdate(ctx, it.id, kind, input.text);
  if (input.draftId) await attachTo(ctx, { draftId: input.draftId, owner: { kind: 'commitment', id } });
  for (const bytes of input.files ?? []) await stageFile(ctx, { ownerKind: 'commitment', ownerId: id, bytes });
  await publishAttachments(ctx, id, it.public);
}
