// What the supporters of a project spent on others, exactly.
import type { Run } from '../core/run.ts';
import type { Rational } from '../rational.ts';
import { add, ratio, reduced } from '../rational.ts';

const kept = 5;

/** The rounds on which supporters of c spent most, at most five, largest first, with exact amounts in parts of money. */
export function spentElsewhere(run: Run, c: number): { round: number; amount: Rational }[] {
  const about = roughly(run, c);
  return [...about.keys()]
    .filter((round) => about[round]! > 0)
    .sort((a, b) => rank(about[b]!) - rank(about[a]!) || a - b)
    .slice(0, kept)
    .map((round) => ({ round, amount: exactly(run, c, round) }));
}

/** Nine digits are enough to order by, and do not depend on the order of the voters. */
function rank(amount: number): number {
  return Number(amount.toPrecision(9));
}

function supporters({ game }: Run, c: number): Uint32Array {
  return game.columnGroup.subarray(game.columnStart[c], game.columnStart[c + 1]);
}

function roughly(run: Run, c: number): Float64Array {
  const spent = new Float64Array(run.rounds.length);
  const prices = run.rounds.map(({ num, denominator }) => ratio(num, denominator));
  const share = ratio(run.ledger.share.num, run.ledger.share.den);
  for (const group of supporters(run, c)) {
    let left = share;
    for (const { round, weight } of run.payments.of(group)) {
      const amount = round === run.spentIn[group] ? left : prices[round]! * weight;
      left -= amount;
      spent[round]! += amount * run.game.size[group]!;
    }
  }
  return spent;
}

/** Full payments are price × weight; who was spent out in this round gave the share less all earlier payments. */
function exactly(run: Run, c: number, round: number): Rational {
  const earlier = new Float64Array(run.rounds.length);
  let [spentOut, weights] = [0, 0];
  for (const group of supporters(run, c)) {
    const payments = run.payments.of(group);
    const mine = payments.find((payment) => payment.round === round);
    if (mine === undefined) continue;
    const voters = run.game.size[group]!;
    if (run.spentIn[group] !== round) weights += voters * mine.weight;
    else {
      spentOut += voters;
      for (const payment of payments) if (payment.round < round) earlier[payment.round]! += voters * payment.weight;
    }
  }
  const { num, denominator } = run.rounds[round]!;
  const full = { num: num * BigInt(weights), den: denominator };
  return reduced(add(full, { num: run.ledger.sum(spentOut, earlier), den: run.ledger.denominator }));
}
