import { randomInt } from 'node:crypto';
import type { Ctx } from '../../context.ts';
import { isResidents } from '../model.ts';
import { recordSize, saveLeaves, takeWaiting, type WaitingAct } from './store.ts';

const BATCH = 2_000;

/**
 * Gives waiting public acts their consecutive indexes; returns how many. Run about every second by the worker.
 * `signed`: how many the signer has seen. A database that knows fewer was restored, and gives no index twice.
 */
export async function sequenceLeaves(ctx: Ctx, input?: { signed: number }): Promise<number> {
  const waiting = await takeWaiting(ctx, BATCH);
  if (waiting.length === 0) return 0;
  const first = await recordSize(ctx);
  if (input && first < input.signed) return 0;
  await saveLeaves(ctx, shuffledResidents(waiting).map((act, at) => ({ logIndex: first + BigInt(at), actId: act.actId })));
  return waiting.length;
}

/** Residents' acts change places among themselves, so that an index does not tell who came first. */
export function shuffledResidents(acts: readonly WaitingAct[]): WaitingAct[] {
  const result = [...acts];
  const places = acts.flatMap((act, at) => (isResidents(act.actorRole) ? [at] : []));
  for (let last = places.length - 1; last > 0; last--) {
    const [a, b] = [places[last]!, places[randomInt(last + 1)]!];
    [result[a], result[b]] = [result[b]!, result[a]!];
  }
  return result;
}
