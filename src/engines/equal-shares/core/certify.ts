// A proof that many raises have one outcome, from two runs. Money only helps: in a fixed order of selection, a larger
// share leaves every voter with at least as much after each round and every price at most as high. So when, at a larger
// share R, every rival's price is above what the winner's price was at the smaller share L, the winner of that round is
// the same at every share between; and what nobody can pay at R nobody can pay before.
import type { Rational } from '../rational.ts';
import { ratio } from '../rational.ts';
import type { Cap } from './caps.ts';
import { CapAccount } from './caps.ts';
import type { MesOutcome } from './equal-shares.ts';
import type { Round } from './ledger.ts';
import type { Run } from './run.ts';

/** The outcome of `share` when all shares from `known.share` to it provably select the same in the same order; else null. */
export function certify(run: Run, share: Rational, known: MesOutcome, caps: readonly Cap[]): MesOutcome | null {
  run.reset(share);
  const account = new CapAccount(caps, run.game.cost);
  for (const round of known.rounds.slice(run.rounds.length)) {
    if (!winsSurely(run, round, account)) return null;
    account.take(round.project);
    run.fund(round.project);
  }
  while (run.queue.length > 0) {
    const c = run.queue.pop();
    if (account.fits(c) && run.appraise(c)) return null;
  }
  return { share, rounds: run.rounds.slice(), cost: known.cost, overspent: false };
}

function winsSurely(run: Run, round: Round, account: CapAccount): boolean {
  const { queue } = run;
  const before = (ratio(round.num, round.denominator) / run.perUtility[round.project]!) * (1 + 2 ** -45);
  const rivals: number[] = [];
  while (queue.length > 0 && queue.least() <= before) {
    const c = queue.pop();
    if (c === round.project || !account.fits(c) || !run.appraise(c)) continue;
    if (run.key[c]! <= before && !comesAfter(run, c, round)) return false;
    rivals.push(c);
  }
  for (const c of rivals) queue.push(c);
  return run.priceOf(round.project) !== null;
}

/** Whether c's price now is above the winner's price then, or equal and later in the tie order. Exact. */
function comesAfter(run: Run, c: number, then: Round): boolean {
  const { cost, timesCost, tiePlace } = run.game;
  const now = run.priceOf(c)!;
  const mine = now.num * then.denominator * (timesCost ? cost[then.project]! : 1n);
  const winner = then.num * now.factor * run.ledger.denominator * (timesCost ? cost[c]! : 1n);
  return mine > winner || (mine === winner && tiePlace[c]! > tiePlace[then.project]!);
}
