// The Method of Equal Shares (Peters, Pierczyński, Skowron 2021) without completion.
import type { Rational } from '../rational.ts';
import type { Cap } from './caps.ts';
import { CapAccount } from './caps.ts';
import type { Round } from './ledger.ts';
import type { Run } from './run.ts';

/** The result of one run: rounds in order of selection, what they cost in parts of money, whether it was broken off. */
export type MesOutcome = { readonly share: Rational; readonly rounds: readonly Round[]; readonly cost: bigint; readonly overspent: boolean };

/**
 * Funds, round by round, the project with the least price per utility that its supporters can pay, starting everybody
 * with `share` parts of money. Breaks off as soon as the cost passes `limit`. `run` may be used again afterwards; the
 * rounds returned stay valid.
 */
export function equalShares(run: Run, share: Rational, limit: bigint | null = null, caps: readonly Cap[] = []): MesOutcome {
  run.reset(share);
  const account = new CapAccount(caps, run.game.cost);
  let cost = 0n;
  for (;;) {
    const tied = cheapest(run, account);
    if (tied.length === 0) return { share, rounds: run.rounds.slice(), cost, overspent: false };
    const project = tied[0]!;
    cost += run.game.cost[project]!;
    account.take(project);
    run.fund(project, tied);
    if (limit !== null && cost > limit) return { share, rounds: run.rounds.slice(), cost, overspent: true };
  }
}

/**
 * The affordable projects with exactly the least price per utility, in tie order; the first is taken out of the queue and
 * its exact price is known. Candidates are looked at in the order of their lower bounds until none can be cheaper.
 */
function cheapest(run: Run, account: CapAccount): number[] {
  const { queue } = run;
  const seen: number[] = [];
  let best = Infinity;
  while (queue.length > 0 && queue.least() <= best) {
    const c = queue.pop();
    if (!account.fits(c) || !run.appraise(c)) continue;
    seen.push(c);
    best = Math.min(best, run.highest(c));
  }
  const near = seen.filter((c) => run.key[c]! <= best);
  const tied = near.length <= 1 ? near : leastExactly(run, near);
  if (tied.length > 0) run.priceOf(tied[0]!);
  for (const c of seen) if (c !== tied[0]) queue.push(c);
  return tied;
}

function leastExactly(run: Run, near: readonly number[]): number[] {
  let tied: number[] = [];
  for (const c of near) {
    const order = tied.length === 0 ? -1 : comparePrices(run, c, tied[0]!);
    if (order < 0) tied = [c];
    else if (order === 0) tied.push(c);
  }
  return tied.sort((a, b) => run.game.tiePlace[a]! - run.game.tiePlace[b]!);
}

/** The sign of the difference of two prices per utility in the present round. */
function comparePrices(run: Run, a: number, b: number): number {
  const { cost, timesCost } = run.game;
  const [left, right] = [run.priceOf(a)!, run.priceOf(b)!];
  const x = left.num * right.factor * (timesCost ? cost[b]! : 1n);
  const y = right.num * left.factor * (timesCost ? cost[a]! : 1n);
  return x < y ? -1 : x > y ? 1 : 0;
}
