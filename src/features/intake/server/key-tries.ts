import { parseReference } from '#kernel/reference-number.ts';
import { forgive, limit, type Limit } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { KEY_TRIES } from '../rules.ts';
import { opensWith } from './queries/show.ts';

/**
 * Judges a follow-up key before anything is done with it: five wrong ones an hour for one number from one network, and
 * not many more for the number from everywhere. Counted before it is judged, so that fifty at once are five; a right one
 * costs nothing, so that nobody shuts the sender out but by wearing out the whole number.
 */
export async function tryKey(ctx: Ctx, input: { number: string; key: string }): Promise<boolean> {
  const number = parseReference(input.number, ctx.profile.prefix) ?? 'none';
  const tries: Limit[] = [
    { ...KEY_TRIES.fromNetwork, key: `${number} ${ctx.caller ?? 'none'}` },
    { ...KEY_TRIES.fromEverywhere, key: number },
  ];
  for (const it of tries) await limit(ctx, it);
  const right = await opensWith(ctx, input);
  if (right) for (const it of tries) await forgive(ctx, it);
  return right;
}
