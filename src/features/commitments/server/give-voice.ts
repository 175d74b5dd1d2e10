import { allow } from '#kernel/refusal.ts';
import { attachTo, removeAttachmentsOf, stageFile } from '../../attachments/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayJudge } from '../access.ts';
import type { Commitment, Verdict, Voice } from '../model.ts';
import { decide, needAsked } from '../rules.ts';
import { keepVoice, lockCommitment, saveCommitment, voiceOf, voicesOf } from './store.ts';

export type VoiceInput = { commitmentId: string; voterHash: Buffer; voice: Voice; verdict: Verdict; words?: string; files?: readonly Buffer[]; draftId?: string };

/**
 * One voice a person and round; said anew, it replaces what was said, with words and photo. The calling room knows who is
 * submitter, supporter or neighbour, and has checked it.
 */
export async function giveVoice(ctx: Ctx, input: VoiceInput): Promise<void> {
  const it = needAsked(await lockCommitment(ctx, input.commitmentId), ctx.profile.confirmation.days, ctx.now);
  allow(mayJudge(ctx.actor, it), 'judge a promise of the own body');
  const before = await voiceOf(ctx, it, input.voterHash);
  const said = { voice: input.voice, verdict: input.verdict, words: input.words || null };
  if (before && before.voice === said.voice && before.verdict === said.verdict && before.words === said.words && !input.draftId && !input.files?.length) return;
  const id = await keepVoice(ctx, it, { ...said, voterHash: input.voterHash });
  if (before) await removeAttachmentsOf(ctx, id);
  if (input.draftId) await attachTo(ctx, { draftId: input.draftId, owner: { kind: 'confirmation', id } });
  for (const bytes of input.files ?? []) await stageFile(ctx, { ownerKind: 'confirmation', ownerId: id, bytes });
  await record(ctx, 'commitment.voiced', { kind: 'commitment', id: it.id }, { public: it.public, detail: { number: it.number, round: it.round, verdict: input.verdict, voice: input.voice, again: before !== null }, as: { role: 'resident' } });
  const next = decide(it, await voicesOf(ctx, it), ctx.profile.confirmation, ctx.now);
  // Whoever spoke last decided: the moment would be theirs, so that the record knows the day alone.
  if (next.state !== it.state) await settle(ctx, next, 'resident');
}

/** Keeps what was decided, and says so. */
export async function settle(ctx: Ctx, it: Commitment, by: 'resident' | 'system'): Promise<void> {
  await saveCommitment(ctx, it);
  await record(ctx, `commitment.${it.state}`, { kind: 'commitment', id: it.id }, { public: it.public, detail: { number: it.number, round: it.round }, as: { role: by } });
}
