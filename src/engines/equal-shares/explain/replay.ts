// The counted run once more, with somebody looking on.
import { Run } from '../core/run.ts';
import type { Count } from '../count.ts';
import type { Rational } from '../rational.ts';
import { reduced } from '../rational.ts';

export type Watcher = { readonly before?: (run: Run, round: number) => void; readonly after?: (run: Run, round: number) => void };

/** Plays the Equal Shares run of a count again and gives its final state; null when the count had none. */
export function replay({ game, mes }: Count, watcher: Watcher = {}): Run | null {
  if (mes === null) return null;
  const run = new Run(game);
  run.reset(mes.share);
  for (let round = run.rounds.length; round < mes.rounds.length; round++) {
    const { project } = mes.rounds[round]!;
    watcher.before?.(run, round);
    run.priceOf(project);
    run.fund(project);
    watcher.after?.(run, round);
  }
  return run;
}

/** Parts of money as an amount in units of currency. */
export function amountOf({ game }: Count, parts: Rational): Rational {
  return { num: parts.num, den: parts.den * game.moneyUnit };
}

/** What one voter of a group paid in each round and holds at the end of a run, exactly, in parts of money. */
export function purse(run: Run, group: number): { paid: { round: number; amount: Rational }[]; left: Rational } {
  const { share } = run.ledger;
  const spent = run.spentIn[group]!;
  let left: Rational = share;
  const paid = run.payments.of(group).map(({ round, weight }) => {
    const { num, denominator } = run.rounds[round]!;
    const amount = round === spent ? left : { num: num * BigInt(weight), den: denominator };
    left = reduced({ num: left.num * amount.den - amount.num * left.den, den: left.den * amount.den });
    return { round, amount };
  });
  return { paid, left };
}

/** The money that supporters of a project hold at the end of a run, exactly, in parts. */
export function moneyBehind(run: Run, project: number): Rational {
  const { columnStart, columnGroup } = run.game;
  const paid = new Float64Array(run.rounds.length);
  let voters = 0;
  for (let i = columnStart[project]!; i < columnStart[project + 1]!; i++) {
    const group = columnGroup[i]!;
    if (run.money[group] !== 0) voters += run.payments.sumInto(paid, group);
  }
  return { num: run.ledger.sum(voters, paid), den: run.ledger.denominator };
}
