// What would have had to change: at which cost, or with how many more supporters, a loser would have been chosen.
import type { Run } from '../core/run.ts';

/**
 * Best chances of a loser in the rounds of the counted run. `cost`: the highest cost, in parts of money and rounded down,
 * at which it would have been cheaper than the winner of some round; 0 when there is none. `voters`: the fewest more
 * supporters with an untouched share (other shares unchanged) that would have done the same; Infinity when none would.
 * Rounds count from 0.
 */
export type Chance = { cost: number; round: number; voters: number };

const downward = 1 - 1e-10;

/** Looks on at a replay and keeps each loser's best chances, in doubles, always rounded to the safe side. */
export class Offers {
  readonly chances: readonly Chance[];
  private readonly losers: readonly number[];
  private readonly share: number;
  private readonly heaviest: Float64Array;

  constructor(losers: readonly number[], share: number, heaviest: Float64Array) {
    this.losers = losers;
    this.share = share;
    this.heaviest = heaviest;
    this.chances = losers.map(() => ({ cost: 0, round: -1, voters: Infinity }));
  }

  /** To be called before a round is paid, with the price per utility (in parts) that won it. */
  look(run: Run, round: number, winning: number): void {
    const price = winning * downward;
    this.losers.forEach((c, at) => {
      const cost = Number(run.game.cost[c]!);
      const perWeight = run.game.timesCost ? price * cost : price;
      const offered = collected(run, c, perWeight);
      const payable = run.game.timesCost ? root(run, c, price, Math.min(cost, collected(run, c, Infinity))) : offered;
      const each = Math.min(this.share, perWeight * this.heaviest[c]!);
      this.keep(at, round, Math.min(cost, payable), each > 0 ? (cost - offered) / each : Infinity);
    });
  }

  private keep(at: number, round: number, cost: number, voters: number): void {
    const chance = this.chances[at]!;
    const safeCost = Math.floor(cost * downward);
    const safeVoters = Math.max(1, Math.ceil(voters / downward));
    if (safeCost > chance.cost) Object.assign(chance, { cost: safeCost, round });
    chance.voters = Math.min(chance.voters, safeVoters);
  }
}

/** What the supporters of c would give together at a price per weight. */
function collected({ game, money }: Run, c: number, perWeight: number): number {
  const { columnStart, columnGroup, columnWeight, size } = game;
  let sum = 0;
  for (let i = columnStart[c]!, end = columnStart[c + 1]!; i < end; i++) {
    const group = columnGroup[i]!;
    sum += size[group]! * Math.min(money[group]!, perWeight * (columnWeight?.[i] ?? 1));
  }
  return sum;
}

/** The greatest x ≤ from with Σ size × min(money, price × x × weight) ≥ x: Newton's method on a concave function. */
function root({ game, money }: Run, c: number, price: number, from: number): number {
  const { columnStart, columnGroup, columnWeight, size } = game;
  let x = from;
  for (let pass = 0; pass < 60; pass++) {
    let given = 0;
    let load = 0;
    for (let i = columnStart[c]!, end = columnStart[c + 1]!; i < end; i++) {
      const group = columnGroup[i]!;
      const weight = columnWeight?.[i] ?? 1;
      const due = price * x * weight;
      if (money[group]! < due) given += size[group]! * money[group]!;
      else load += size[group]! * price * weight;
    }
    const next = load < 1 ? given / (1 - load) : x;
    if (next >= x * (1 - 1e-13)) return x;
    x = next;
  }
  return 0;
}
