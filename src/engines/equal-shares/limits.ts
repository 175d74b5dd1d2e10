// Limits by category or place, declared before the vote: at most so much, at least so much. An extension of the rules,
// not part of the Method of Equal Shares, and it always says what it costs.
import type { Measures } from './compare.ts';
import { groupsOf, measure } from './compare.ts';
import type { Cap } from './core/caps.ts';
import type { Count, CountOptions } from './count.ts';
import { count, countGame, defaults } from './count.ts';
import type { Election } from './election.ts';
import { CountRefused, gameOf } from './game.ts';
import type { Rational } from './rational.ts';
import { add, compare, reduced, subtract, zero } from './rational.ts';

/** For projects whose cell in `column` holds `value`, in units of currency. */
export type Limit = { readonly column: string; readonly value: string; readonly least?: Rational; readonly most?: Rational };

export type LimitedCount = {
  /** Indices in order of selection: what the minimums bought first, then the common part. */
  readonly winners: readonly number[];
  readonly reserved: readonly { readonly limit: Limit; readonly winners: readonly number[]; readonly spent: Rational }[];
  /** The count of what was left, in which reserved winners take no part; `Count.game` has fewer projects than the election. */
  readonly common: Count;
  readonly reached: readonly { readonly limit: Limit; readonly spent: Rational; readonly leastReached: boolean }[];
  /** What the limits cost, against the same count without them. */
  readonly price: {
    readonly without: Measures;
    readonly within: Measures;
    readonly displaced: readonly number[];
    readonly brought: readonly number[];
  };
};

/**
 * Counts under limits. First, for each minimum in the order given, that much is spent inside its group (the chosen rule;
 * for Equal Shares with add1u, everybody's share being minimum / ballots). Then what remains of the budget is counted city-wide,
 * with each maximum kept: a project that would pass it is left out from that moment on. Throws CountRefused when minimums
 * exceed the budget or their maximum.
 */
export function countWithin(election: Election, limits: readonly Limit[], chosen: Partial<CountOptions> = {}): LimitedCount {
  const options: CountOptions = { ...defaults, ...chosen };
  checkLimits(election, limits);
  const reserved = reserve(election, limits, options);
  const taken = reserved.flatMap(({ winners }) => winners);
  const left = subtract(election.budget, costOf(election, taken));
  const rest = restrict(election, left, (c) => !taken.includes(c));
  const game = gameOf(rest.election, options.utility, options.ties);
  const caps = limits.flatMap((limit) => capOf(election, limit, taken, rest.kept, game.moneyUnit));
  const common = countGame(game, options, caps);
  const winners = [...taken, ...common.winners.map((c) => rest.kept[c]!)];
  const without = count(election, options).winners;
  return {
    winners,
    reserved,
    common,
    reached: limits.map((limit) => {
      const spent = costOf(election, winners.filter((c) => belongs(election, limit, c)));
      return { limit, spent, leastReached: compare(spent, limit.least ?? zero) >= 0 };
    }),
    price: {
      without: measure(election, without),
      within: measure(election, winners),
      displaced: without.filter((c) => !winners.includes(c)),
      brought: winners.filter((c) => !without.includes(c)),
    },
  };
}

function checkLimits(election: Election, limits: readonly Limit[]): void {
  const least = limits.reduce((sum, limit) => reduced(add(sum, limit.least ?? zero)), zero);
  if (compare(least, election.budget) > 0) throw new CountRefused('limits', 'the minimums together exceed the budget');
  for (const limit of limits) {
    if (limit.least && limit.most && compare(limit.least, limit.most) > 0) throw new CountRefused('limits', `the minimum of ${limit.value} exceeds its maximum`);
  }
}

function reserve(election: Election, limits: readonly Limit[], options: CountOptions): { limit: Limit; winners: number[]; spent: Rational }[] {
  const taken: number[] = [];
  return limits.flatMap((limit) => {
    if (!limit.least) return [];
    const spentBefore = costOf(election, taken.filter((c) => belongs(election, limit, c)));
    const open = subtract(limit.least, spentBefore);
    if (compare(open, zero) <= 0) return [{ limit, winners: [], spent: zero }];
    const part = restrict(election, open, (c) => belongs(election, limit, c) && !taken.includes(c) && fitsMost(election, limits, taken, c));
    const inside = count(part.election, { ...options, completion: 'add1u', stop: 'overspend-only', takeUnsupported: false });
    const winners = inside.winners.map((c) => part.kept[c]!);
    taken.push(...winners);
    return [{ limit, winners, spent: costOf(election, winners) }];
  });
}

/** Whether c alone still fits under every maximum; a minimum's own group cannot pass its own. */
function fitsMost(election: Election, limits: readonly Limit[], taken: readonly number[], c: number): boolean {
  return limits.every(({ most, ...limit }) => {
    if (most === undefined || !belongs(election, limit, c)) return true;
    const spent = costOf(election, [...taken.filter((it) => belongs(election, limit, it)), c]);
    return compare(spent, most) <= 0;
  });
}

function capOf(election: Election, limit: Limit, taken: readonly number[], kept: readonly number[], moneyUnit: bigint): Cap[] {
  if (limit.most === undefined) return [];
  const left = subtract(limit.most, costOf(election, taken.filter((c) => belongs(election, limit, c))));
  const members = new Set(kept.flatMap((c, at) => (belongs(election, limit, c) ? [at] : [])));
  return [{ members, most: (left.num * moneyUnit) / left.den }];
}

function belongs(election: Election, { column, value }: Pick<Limit, 'column' | 'value'>, project: number): boolean {
  return groupsOf(election, project, column).includes(value);
}

function costOf(election: Election, projects: readonly number[]): Rational {
  return projects.reduce((sum, c) => reduced(add(sum, election.projects[c]!.cost)), zero);
}

/** The same voters with fewer projects and another budget; `kept[i]` is the old index of project i. */
function restrict(election: Election, budget: Rational, keep: (project: number) => boolean): { election: Election; kept: number[] } {
  const kept = election.projects.flatMap((_, c) => (keep(c) ? [c] : []));
  const place = new Int32Array(election.projects.length).fill(-1);
  kept.forEach((c, at) => (place[c] = at));
  const { ballots } = election;
  const start = new Uint32Array(ballots.count + 1);
  const marks: number[] = [];
  for (let voter = 0; voter < ballots.count; voter++) {
    for (let at = ballots.start[voter]!; at < ballots.start[voter + 1]!; at++) if (place[ballots.project[at]!]! >= 0) marks.push(at);
    start[voter + 1] = marks.length;
  }
  const project = Uint32Array.from(marks, (at) => place[ballots.project[at]!]!);
  const points = ballots.points === null ? null : Uint32Array.from(marks, (at) => ballots.points![at]!);
  return { election: { ...election, budget: reduced(budget), projects: kept.map((c) => election.projects[c]!), ballots: { ...ballots, start, project, points } }, kept };
}
