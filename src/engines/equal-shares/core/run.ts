// One run of the Method of Equal Shares: what every ballot still holds, and what every project would cost its supporters.
// Doubles with proven error bounds decide where they can; where they cannot, whole numbers do. See README, "Exactness".
import type { Game } from '../game.ts';
import type { Rational } from '../rational.ts';
import { ratio } from '../rational.ts';
import type { Price, Round } from './ledger.ts';
import { Ledger } from './ledger.ts';
import { Payments } from './payments.ts';
import { Queue } from './queue.ts';
import { freeProjects, heaviest, longest } from './sizes.ts';

const ulp = 2 ** -52;
const above = 1 + 2 ** -48;
const below = 1 - 2 ** -48;

export class Run {
  readonly game: Game;
  readonly ledger = new Ledger();
  readonly rounds: Round[] = [];
  /** What a voter of each group still holds, to within `slack`; exactly 0 when, and only when, spent out. */
  readonly money: Float64Array;
  /** The round in which a group was spent out, −1 before. */
  readonly spentIn: Int32Array;
  /** Bounds on the price per weight of each project; `low` holds for all later rounds too. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Lower bound on the price per utility: what candidates are ordered by. */
  readonly key: Float64Array;
  readonly queue: Queue;
  readonly perUtility: Float64Array;
  readonly payments: Payments;
  slack = 0;

  /** Supporters of c who are not spent out: column[start, live). Of these, [start, poor) give all they have. */
  private readonly column: Uint32Array;
  private readonly weight: Float64Array;
  private readonly live: Uint32Array;
  private readonly poor: Uint32Array;
  /** The round in which `appraise` has parted the supporters of c, and the weight of the rich then. */
  private readonly settledIn: Int32Array;
  private readonly load: Float64Array;
  private readonly unit: boolean;
  private readonly longestRow: number;
  private readonly costs: Float64Array;
  private readonly heaviest: Float64Array;
  private readonly exact: (Price | null)[];
  private readonly paid: Float64Array;

  constructor(game: Game) {
    const { groups, projects } = game;
    this.game = game;
    this.money = new Float64Array(groups);
    this.spentIn = new Int32Array(groups);
    this.low = new Float64Array(projects);
    this.high = new Float64Array(projects);
    this.key = new Float64Array(projects);
    this.queue = new Queue(projects, this.key);
    this.column = game.columnGroup.slice();
    this.weight = game.columnWeight?.slice() ?? new Float64Array(0);
    this.unit = game.columnWeight === null;
    this.payments = new Payments(game, this.ledger);
    this.live = new Uint32Array(projects);
    this.poor = new Uint32Array(projects);
    this.settledIn = new Int32Array(projects);
    this.load = new Float64Array(projects);
    this.costs = Float64Array.from(game.cost, Number);
    this.perUtility = Float64Array.from(this.costs, (cost) => (game.timesCost ? cost : 1));
    this.exact = Array.from({ length: projects }, () => null);
    this.paid = new Float64Array(projects);
    this.longestRow = longest(game.rowStart);
    this.heaviest = heaviest(game);
  }

  /** Everybody starts anew with `share` parts of money; free projects with support are funded at once. */
  reset(share: Rational): void {
    const { game } = this;
    const start = ratio(share.num, share.den);
    this.ledger.reset(share);
    this.rounds.length = 0;
    this.money.fill(start);
    this.spentIn.fill(share.num === 0n ? 0 : -1);
    this.payments.reset();
    this.settledIn.fill(-1);
    this.exact.fill(null);
    this.slack = (this.longestRow + 4) * 4 * ulp * start;
    this.queue.clear();
    for (let c = 0; c < game.projects; c++) this.live[c] = game.columnStart[c + 1]!;
    const free = freeProjects(game);
    free.forEach((project, at) => this.record(project, { num: 0n, factor: 1n }, free.slice(at)));
    for (let c = 0; c < game.projects; c++) {
      if (game.support[c] === 0 || game.cost[c] === 0n) continue;
      this.low[c] = (this.costs[c]! / game.support[c]!) * below;
      this.key[c] = (this.low[c]! / this.perUtility[c]!) * below;
      this.queue.push(c);
    }
  }

  /**
   * Bounds `low` and `high` on the price of c, as things stand. False when its supporters cannot pay it, now or later.
   *
   * The price is the root of f(π) = Σ size × min(money, π × weight) = cost. Computed sums are within E of f, and f rises
   * by at least D (the weight of those who can pay in full) per unit of π up to the next holder who cannot; when that
   * holder is farther than the error, the root is within E/D. Otherwise the exact price is taken.
   */
  appraise(c: number): boolean {
    const { money, column, weight, unit } = this;
    const { size, columnStart } = this.game;
    const start = columnStart[c]!;
    const cost = this.costs[c]!;
    const low = this.low[c]!;
    let live = this.live[c]!;
    let rich = start;
    let voters = 0;
    let paid = 0;
    let load = 0;
    for (let i = start; i < live; ) {
      const group = column[i]!;
      const held = money[group]!;
      if (held === 0) {
        this.swap(i, --live);
        continue;
      }
      const each = unit ? 1 : weight[i]!;
      voters += size[group]!;
      if (held < low * each) {
        paid += size[group]! * held;
        if (i !== rich) this.swap(i, rich);
        rich++;
      } else load += size[group]! * each;
      i++;
    }
    this.live[c] = live;
    const error = 2 * voters * this.slack + (live - start + 16) * ulp * cost;
    for (;;) {
      if (load <= 0) return paid < cost - error ? false : this.appraiseExactly(c);
      const price = (cost - paid) / load;
      const before = rich;
      let nearest = Infinity;
      for (let i = rich; i < live; i++) {
        const group = column[i]!;
        const each = unit ? 1 : weight[i]!;
        const left = money[group]! - price * each;
        if (left < 0) {
          paid += size[group]! * money[group]!;
          load -= size[group]! * each;
          if (i !== rich) this.swap(i, rich);
          rich++;
        } else if (left < nearest) nearest = left;
      }
      if (rich === before) {
        this.poor[c] = rich;
        this.load[c] = load;
        return this.settle(c, price, error / load, nearest);
      }
    }
  }

  private settle(c: number, price: number, error: number, nearest: number): boolean {
    if (nearest <= 4 * (this.heaviest[c]! * (error + price * ulp) + this.slack)) return this.appraiseExactly(c);
    this.settledIn[c] = this.rounds.length;
    this.bound(c, (price - error * above) * below, (price + error * above) * above);
    return true;
  }

  private bound(c: number, low: number, high: number): void {
    if (low > this.low[c]!) this.low[c] = low;
    this.high[c] = high;
    this.key[c] = (this.low[c]! / this.perUtility[c]!) * below;
  }

  /** Upper bound on the price per utility, to compare with `key`. */
  highest(c: number): number {
    return (this.high[c]! / this.perUtility[c]!) * above;
  }

  appraiseExactly(c: number): boolean {
    const price = this.priceOf(c);
    if (price === null) return false;
    const value = this.ledger.value(price);
    this.bound(c, value * below, value * above);
    return true;
  }

  /**
   * The exact price of c, null when its supporters cannot pay it. Begins with those who certainly give all they have and
   * moves others there one border at a time: each price on the way is a lower bound, so nobody is moved wrongly.
   */
  priceOf(c: number): Price | null {
    const known = this.exact[c];
    if (known) return known;
    const { paid, column, money, ledger } = this;
    const { size, cost } = this.game;
    paid.fill(0, 0, this.rounds.length);
    const parted = this.part(c);
    let { rich, voters, load } = parted;
    for (;;) {
      if (load === 0) return null;
      const price = ledger.price(cost[c]!, voters, paid, load);
      const value = ledger.value(price);
      const before = rich;
      for (let i = rich; i < parted.sure; i++) {
        const group = column[i]!;
        if (money[group] === 0 || !this.cannotPay(group, this.weightAt(i), price, value)) continue;
        voters += this.payments.sumInto(paid, group);
        load -= size[group]! * this.weightAt(i);
        this.swap(i, rich++);
      }
      if (rich === before) {
        this.poor[c] = rich;
        return (this.exact[c] = price);
      }
    }
  }

  /**
   * Parts the supporters of c: before `rich` those who certainly give all, their payments summed; from `sure` on those
   * who can certainly pay in full; between them the others. `load` is the weight of all from `rich` on.
   */
  private part(c: number): { rich: number; sure: number; voters: number; load: number } {
    const { money, column, slack, paid } = this;
    const { size, columnStart } = this.game;
    const low = this.low[c]!;
    const settled = this.settledIn[c] === this.rounds.length;
    const sure = settled ? this.poor[c]! : this.live[c]!;
    let load = settled ? this.load[c]! : 0;
    let rich = columnStart[c]!;
    let voters = 0;
    for (let i = rich; i < sure; i++) {
      const group = column[i]!;
      if (money[group] === 0) continue;
      const border = low * this.weightAt(i);
      if (money[group]! >= border - slack - border * 8 * ulp) load += size[group]! * this.weightAt(i);
      else {
        voters += this.payments.sumInto(paid, group);
        this.swap(i, rich++);
      }
    }
    return { rich, sure, voters, load };
  }

  private weightAt(i: number): number {
    return this.unit ? 1 : this.weight[i]!;
  }

  private cannotPay(group: number, weight: number, price: Price, value: number): boolean {
    const left = this.money[group]! - value * weight;
    const doubt = this.slack + value * weight * 8 * ulp;
    if (left > doubt) return false;
    return left < -doubt || this.compareHolding(group, weight, price) < 0;
  }

  /** The sign of money − price × weight for a voter of the group, exactly. */
  private compareHolding(group: number, weight: number, price: Price): number {
    const held = this.payments.holding(group) * price.factor;
    const due = price.num * BigInt(weight);
    return held < due ? -1 : held > due ? 1 : 0;
  }

  /** Funds c at its exact price, which `priceOf` has just given. */
  fund(c: number, tied: readonly number[] = [c]): void {
    const price = this.exact[c]!;
    const value = this.ledger.value(price);
    const { column, money, slack } = this;
    const round = this.rounds.length;
    for (let i = this.game.columnStart[c]!, rich = this.poor[c]!, end = this.live[c]!; i < end; i++) {
      const group = column[i]!;
      const held = money[group]!;
      if (held === 0) continue;
      const weight = this.weightAt(i);
      const left = held - value * weight;
      if (i >= rich && (left > slack + value * weight * 8 * ulp || this.compareHolding(group, weight, price) > 0)) money[group] = Math.max(left, Number.MIN_VALUE);
      else {
        money[group] = 0;
        this.spentIn[group] = round;
      }
      this.payments.add(group, round, weight);
    }
    this.record(c, price, tied);
  }

  private record(project: number, price: Price, tied: readonly number[]): void {
    this.payments.forget();
    this.ledger.add(price.num, price.factor);
    this.rounds.push({ project, num: price.num, denominator: this.ledger.denominator, tied });
    this.exact.fill(null);
  }

  private swap(i: number, j: number): void {
    const { column, weight } = this;
    const group = column[i]!;
    column[i] = column[j]!;
    column[j] = group;
    if (this.unit) return;
    const load = weight[i]!;
    weight[i] = weight[j]!;
    weight[j] = load;
  }
}
