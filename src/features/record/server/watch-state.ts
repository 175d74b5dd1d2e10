/** What is known of those who watch, for pages: kept by the job that asks them. */
import { verifierText, type VerifierKey } from '#engines/merkle-log/index.ts';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepRecord } from '../access.ts';
import type { WitnessProblem } from '../model.ts';
import type { ShownWitness } from '../views.ts';
import { dropWitnessesBut, loadWitnesses, saveAnswer, saveWitness, setWitnessed } from './watch-store.ts';

/** Everybody whom the policy names, in its order. */
export async function witnesses(ctx: Ctx): Promise<ShownWitness[]> {
  return loadWitnesses(ctx);
}

type Answer = { name: string; size: number } | { name: string; problem: WitnessProblem };

/** Who is no longer in the policy is gone; one whose key changed begins anew. Returns what is known then, and the time of that. */
export async function noteWitnesses(ctx: Ctx, input: { policy: readonly { name: string; vkey: VerifierKey }[]; answers: readonly Answer[] }): Promise<{ shown: ShownWitness[]; now: Date }> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  const before = await loadWitnesses(ctx);
  const wanted = input.policy.map(({ name, vkey }) => ({ name, vkey: verifierText(vkey) }));
  const same = wanted.length === before.length && wanted.every((it, at) => it.name === before[at]!.name && it.vkey === before[at]!.vkey);
  if (!same) {
    await dropWitnessesBut(ctx, wanted);
    for (const [place, it] of wanted.entries()) await saveWitness(ctx, { ...it, place });
  }
  for (const answer of input.answers) await saveAnswer(ctx, answer.name, 'size' in answer ? answer.size : answer.problem);
  return { shown: same && input.answers.length === 0 ? before : await loadWitnesses(ctx), now: ctx.now };
}

/** Enough of them have seen the seal of this size. */
export async function noteWitnessed(ctx: Ctx, size: number): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await setWitnessed(ctx, size);
}
