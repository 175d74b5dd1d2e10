import { refuse, type Refusal } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { countDown, countUp } from './store/limits.ts';

/** At most `max` in each window of `perSeconds` seconds for one `key`, which is kept as a keyed hash only. */
export type Limit = { bucket: string; key: string; max: number; perSeconds: number };

/** Counts one attempt; the refusal when there were too many. For use cases that must commit what they counted. */
export async function counted(ctx: Ctx, input: Limit): Promise<Refusal | null> {
  const { row, ends } = rowOf(ctx, input);
  if (await countUp(ctx, row, input.max)) return null;
  return { because: 'too-many', retryAfterSeconds: Math.max(1, Math.ceil((ends - ctx.now.getTime()) / 1000)) };
}

/**
 * Refuses `too-many` above the limit. What is counted is undone when the use case refuses later: where a failure must
 * count, return it instead of throwing.
 */
export async function limit(ctx: Ctx, input: Limit): Promise<void> {
  const refusal = await counted(ctx, input);
  if (refusal) refuse(refusal);
}

/** Takes one attempt back that was counted before it could be judged, and was no failure. */
export async function forgive(ctx: Ctx, input: Limit): Promise<void> {
  await countDown(ctx, rowOf(ctx, input).row);
}

function rowOf(ctx: Ctx, { bucket, key, perSeconds }: Limit) {
  const length = perSeconds * 1000;
  const start = Math.floor(ctx.now.getTime() / length) * length;
  return { row: { bucket, keyHash: ctx.secrets.keyedHash('rate limit', key), windowStart: new Date(start) }, ends: start + length };
}
