/** The way of an answer from its writer to everybody: sent, approved or sent back, and taken back in time. */
import type { AnswerId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { lockEntry, today } from '../../intake/server/index.ts';
import type { Entry } from '../../intake/model.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayApprove, mayDraft, mayTakeBack } from '../access.ts';
import type { Answer } from '../model.ts';
import { approve, checkText, needAnswerable, needVersion, send, sendBack, takeBack, withdrawSent } from '../rules.ts';
import { asStaff, writer } from './acting.ts';
import { entryOf, headsOf, lockAnswer, saveAnswer } from './store.ts';

type Move = { id: AnswerId; version: number };

/** Sends a draft for approval: the very words that its writer has seen in the preview. */
export async function sendAnswer(ctx: Ctx, input: Move): Promise<void> {
  const { it, entry } = await held(ctx, input.id);
  allow(mayDraft(ctx.actor, it.body), 'send this answer');
  needVersion(it, input.version);
  if (it.state === 'sent') return;
  await needPublishable(ctx, it, entry);
  await saveAnswer(ctx, send(it));
  await record(ctx, 'answer.sent', subject(it), { public: false, detail: { version: it.version }, as: await asStaff(ctx, it.body) });
}

/** Takes it from the pile of approvals, to write on. */
export async function withdrawSentAnswer(ctx: Ctx, input: { id: AnswerId }): Promise<void> {
  const { it } = await held(ctx, input.id);
  allow(mayDraft(ctx.actor, it.body), 'withdraw this answer');
  if (it.state === 'draft') return;
  await saveAnswer(ctx, withdrawSent(it));
  await record(ctx, 'answer.withdrawn', subject(it), { public: false, as: await asStaff(ctx, it.body) });
}

/** The second pair of eyes. It goes public after the profile's minutes, unless somebody takes it back. */
export async function approveAnswer(ctx: Ctx, input: Move): Promise<void> {
  const { it, entry } = await held(ctx, input.id);
  allow(mayApprove(ctx.actor, it, await headsOf(ctx, it.body)), 'approve this answer');
  needVersion(it, input.version);
  if (it.state === 'approved' && it.approvedBy === writer(ctx)) return;
  const next = approve(it, writer(ctx), ctx.profile.approvalDelayMinutes, ctx.now);
  await needPublishable(ctx, it, entry);
  await saveAnswer(ctx, next);
  await record(ctx, 'answer.approved', subject(it), { public: false, detail: { version: it.version }, as: await asStaff(ctx, it.body) });
}

/** Back to its writers, with a note for them alone. */
export async function returnAnswer(ctx: Ctx, input: Move & { note: string }): Promise<void> {
  const { it } = await held(ctx, input.id);
  allow(mayApprove(ctx.actor, it, await headsOf(ctx, it.body)), 'return this answer');
  needVersion(it, input.version);
  if (it.state === 'draft' && it.note === input.note) return;
  await saveAnswer(ctx, sendBack(it, input.note));
  await record(ctx, 'answer.returned', subject(it), { public: false, as: await asStaff(ctx, it.body) });
}

/** Until it is public, whoever wrote or approved it may stop it. */
export async function takeBackAnswer(ctx: Ctx, input: { id: AnswerId }): Promise<void> {
  const { it } = await held(ctx, input.id);
  if (it.state !== 'approved') return void takeBack(it, writer(ctx), ctx.now);
  allow(mayTakeBack(ctx.actor, it), 'take this answer back');
  await saveAnswer(ctx, takeBack(it, writer(ctx), ctx.now));
  await record(ctx, 'answer.taken-back', subject(it), { public: false, as: await asStaff(ctx, it.body) });
}

async function held(ctx: Ctx, id: AnswerId): Promise<{ it: Answer; entry: Entry }> {
  const entry = await lockEntry(ctx, await entryOf(ctx, id));
  return { entry, it: await lockAnswer(ctx, id) };
}

async function needPublishable(ctx: Ctx, it: Answer, entry: Entry): Promise<void> {
  needAnswerable(entry, it);
  if (it.corrects === null) checkText(it.text, it.body, await workingCalendar(ctx), today(ctx));
}

const subject = (it: Answer) => ({ kind: 'answer' as const, id: it.id });
