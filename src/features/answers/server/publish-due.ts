import { allow } from '#kernel/refusal.ts';
import { openCommitment } from '../../commitments/server/index.ts';
import { answerEntry, lockEntry } from '../../intake/server/index.ts';
import type { Entry } from '../../intake/model.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Answer } from '../model.ts';
import { hold, isAnswerable, publish } from '../rules.ts';
import { bodyCode, headsOf, lockAnswer, markCorrected, nextToPublish, saveAnswer, savePublished } from './store.ts';

type Approved = Extract<Answer, { state: 'approved' }>;

/**
 * Run by the worker until it returns 0: publishes one approved answer whose minutes are over. Two workers at once
 * publish it once: the second finds it published when it is its turn.
 */
export async function publishDue(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'publish answers');
  const next = await nextToPublish(ctx);
  if (!next) return 0;
  const entry = await lockEntry(ctx, next.entryId);
  const it = await lockAnswer(ctx, next.id);
  if (it.state !== 'approved' || it.publishAt > ctx.now) return 0;
  if (it.corrects !== null) await publishCorrection(ctx, it, entry);
  else if (isAnswerable(entry, it)) await publishAnswer(ctx, it, entry);
  else await holdBack(ctx, it, entry);
  return 1;
}

async function publishAnswer(ctx: Ctx, it: Approved, entry: Entry): Promise<void> {
  const numbers: string[] = [];
  for (const { what, who, due } of it.text.promises) {
    const opened = await openCommitment(ctx, { source: { kind: 'answer', id: it.id }, subjectId: it.entryId, bodyId: it.body, what, who, due, public: shown(entry) });
    numbers.push(opened.number);
  }
  const clock = await answerEntry(ctx, { id: it.entryId, answer: { outcome: it.text.outcome, promises: numbers.length, referredTo: it.text.referredTo } });
  await savePublished(ctx, publish(it, ctx.now), clock);
  await recordAnswer(ctx, 'answer.published', it, entry, { promises: numbers });
}

async function publishCorrection(ctx: Ctx, it: Approved, entry: Entry): Promise<void> {
  await markCorrected(ctx, it.corrects!);
  await savePublished(ctx, publish(it, ctx.now), null);
  await recordAnswer(ctx, 'answer.corrected', it, entry, { corrects: it.corrects });
}

/** The entry was withdrawn, joined, asked about or handed on since the approval. */
async function holdBack(ctx: Ctx, it: Answer, entry: Entry): Promise<void> {
  await saveAnswer(ctx, hold(it));
  await record(ctx, 'answer.held', { kind: 'answer', id: it.id }, { public: false, detail: { state: entry.state }, as: { role: 'system' } });
}

/** In the name of whoever approved it. */
async function recordAnswer(ctx: Ctx, kind: string, it: Approved, entry: Entry, more: Record<string, string | null | readonly string[]>): Promise<void> {
  await record(ctx, kind, { kind: 'answer', id: it.id }, {
    public: shown(entry), detail: { entry: entry.number, outcome: it.text.outcome, ...more }, content: { summary: it.text.summary, reason: it.text.reason },
    as: (await headsOf(ctx, it.body)).includes(it.approvedBy) ? { role: 'head', body: await bodyCode(ctx, it.body) } : { role: 'coordinator' },
  });
}

const shown = (entry: Entry): boolean => entry.publishedAt !== null && !entry.confidential;
