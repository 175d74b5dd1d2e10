// Which projects each group of voters has paid for, and from that what a voter holds, exactly.
import type { Game } from '../game.ts';
import type { Ledger } from './ledger.ts';

export class Payments {
  private readonly game: Game;
  private readonly ledger: Ledger;
  private readonly counts: Uint32Array;
  private readonly rounds: Uint32Array;
  private readonly weights: Float64Array | null;
  private readonly own: Float64Array;
  private readonly holdings = new Map<string, bigint>();

  constructor(game: Game, ledger: Ledger) {
    this.game = game;
    this.ledger = ledger;
    this.counts = new Uint32Array(game.groups);
    this.rounds = new Uint32Array(game.rowProject.length);
    this.weights = game.rowWeight === null ? null : new Float64Array(game.rowProject.length);
    this.own = new Float64Array(game.projects);
  }

  reset(): void {
    this.counts.fill(0);
    this.holdings.clear();
  }

  /** Every voter of the group pays price × weight in this round, or what is left. */
  add(group: number, round: number, weight: number): void {
    const at = this.game.rowStart[group]! + this.counts[group]!++;
    this.rounds[at] = round;
    if (this.weights !== null) this.weights[at] = weight;
  }

  /** Prices have changed: what was held at the last ones is of no use any more. */
  forget(): void {
    this.holdings.clear();
  }

  /** Adds what all voters of the group have paid, in weights by round, and says how many voters they are. */
  sumInto(weights: Float64Array, group: number): number {
    const voters = this.game.size[group]!;
    const first = this.game.rowStart[group]!;
    for (let at = first, end = first + this.counts[group]!; at < end; at++) weights[this.rounds[at]!]! += this.weights === null ? voters : voters * this.weights[at]!;
    return voters;
  }

  /** What a voter of a group that is not spent out holds × the ledger's denominator. */
  holding(group: number): bigint {
    const first = this.game.rowStart[group]!;
    let signature = '';
    this.own.fill(0, 0, this.ledger.nums.length);
    for (let at = first, end = first + this.counts[group]!; at < end; at++) {
      const weight = this.weights?.[at] ?? 1;
      this.own[this.rounds[at]!] = weight;
      signature += `${this.rounds[at]}:${weight};`;
    }
    const known = this.holdings.get(signature);
    if (known !== undefined) return known;
    const held = this.ledger.sum(1, this.own);
    this.holdings.set(signature, held);
    return held;
  }

  /** The payments of one voter of the group, in order: round and weight. */
  of(group: number): { round: number; weight: number }[] {
    const first = this.game.rowStart[group]!;
    return Array.from({ length: this.counts[group]! }, (_, i) => ({ round: this.rounds[first + i]!, weight: this.weights?.[first + i] ?? 1 }));
  }
}
