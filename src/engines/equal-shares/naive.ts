// The rules once more, written to be read and not to be fast: one exact fraction per voter, no grouping, no bounds, no
// shortcut. It shares no code with the engine but fractions, and the tests compare the two.
import type { Election } from './election.ts';
import type { Rational } from './rational.ts';
import { add, compare, divide, multiply, rational, reduced, subtract, zero } from './rational.ts';

export type NaiveRound = { project: number; price: Rational; tied: number };
export type NaiveOutcome = { rounds: NaiveRound[]; cost: Rational; money: Rational[] };
/** Utility of each voter (first index) for each project. */
export type Utilities = readonly (readonly Rational[])[];

/** Utilities as the reference defines them; projects not on the ballot are worth 0. */
export function naiveUtilities({ ballots, projects, kind }: Election, utility: string): Utilities {
  return Array.from({ length: ballots.count }, (_, voter) => {
    const own = projects.map(() => zero);
    const [first, end] = [ballots.start[voter]!, ballots.start[voter + 1]!];
    for (let at = first; at < end; at++) {
      const c = ballots.project[at]!;
      const rank = rational(BigInt(end - at));
      const points = ballots.points ? ballots.pointValues[ballots.points[at]!]! : kind === 'ordinal' ? rank : rational(1n);
      const worth: Record<string, Rational> = {
        cost: projects[c]!.cost,
        cardinality: rational(1n),
        points,
        borda: subtract(rank, rational(1n)),
        rank,
        score: multiply(points, projects[c]!.cost),
      };
      own[c] = worth[utility]!;
    }
    return own;
  });
}

/** The least ρ with Σ min(money, ρ × utility) = cost; null when the supporters do not hold the cost. */
function leastPrice(money: readonly Rational[], worth: readonly Rational[], cost: Rational): Rational | null {
  const supporters = worth.flatMap((u, voter) => (u.num > 0n ? [voter] : []));
  const held = supporters.reduce((sum, voter) => reduced(add(sum, money[voter]!)), zero);
  if (supporters.length === 0 || compare(held, cost) < 0) return null;
  supporters.sort((a, b) => compare(multiply(money[a]!, worth[b]!), multiply(money[b]!, worth[a]!)));
  let missing = cost;
  let weight = supporters.reduce((sum, voter) => reduced(add(sum, worth[voter]!)), zero);
  for (const voter of supporters) {
    const price = reduced(divide(missing, weight));
    if (compare(multiply(price, worth[voter]!), money[voter]!) <= 0) return price;
    missing = reduced(subtract(missing, money[voter]!));
    weight = reduced(subtract(weight, worth[voter]!));
  }
  return null;
}

/** Equal Shares from a share; `tiePlace` orders projects of equal price. */
export function naiveEqualShares({ projects }: Election, utilities: Utilities, share: Rational, tiePlace: ArrayLike<number>): NaiveOutcome {
  const money = utilities.map(() => share);
  const rounds: NaiveRound[] = [];
  let cost = zero;
  for (;;) {
    const open = projects.flatMap((project, c) => {
      if (rounds.some((round) => round.project === c)) return [];
      const price = leastPrice(money, utilities.map((own) => own[c]!), project.cost);
      return price === null ? [] : [{ project: c, price }];
    });
    if (open.length === 0) return { rounds, cost, money };
    const least = open.reduce((so, it) => (compare(it.price, so) < 0 ? it.price : so), open[0]!.price);
    const tied = open.filter((it) => compare(it.price, least) === 0).sort((a, b) => tiePlace[a.project]! - tiePlace[b.project]!);
    const { project } = tied[0]!;
    utilities.forEach((own, voter) => {
      const due = multiply(least, own[project]!);
      money[voter] = compare(due, money[voter]!) >= 0 ? zero : reduced(subtract(money[voter]!, due));
    });
    cost = reduced(add(cost, projects[project]!.cost));
    rounds.push({ project, price: least, tied: tied.length });
  }
}

/** Every raise in turn. `shareAt(r)` is the share after r raises. */
export function naiveAdd1(election: Election, utilities: Utilities, shareAt: (raise: number) => Rational, stop: string, tiePlace: ArrayLike<number>): { outcome: NaiveOutcome; raises: number } {
  const supported = election.projects.map((_, c) => utilities.some((own) => own[c]!.num > 0n));
  let before: NaiveOutcome = { rounds: [], cost: zero, money: [] };
  for (let raise = 0; ; raise++) {
    const outcome = naiveEqualShares(election, utilities, shareAt(raise), tiePlace);
    if (compare(outcome.cost, election.budget) > 0) return { outcome: before, raises: raise - 1 };
    const open = election.projects.flatMap((_, c) => (outcome.rounds.some(({ project }) => project === c) ? [] : [c]));
    const left = subtract(election.budget, outcome.cost);
    const addable = open.some((c) => compare(election.projects[c]!.cost, left) <= 0 && (stop === 'exhaustive-all' || supported[c]!));
    if (!open.some((c) => supported[c]!) || (stop !== 'overspend-only' && !addable)) return { outcome, raises: raise };
    before = outcome;
  }
}

/** Greedy by total utility per cost among projects that are not in `before`. */
export function naiveGreedy({ projects, budget }: Election, utilities: Utilities, tiePlace: ArrayLike<number>, before: readonly number[]): number[] {
  const total = projects.map((_, c) => utilities.reduce((sum, own) => reduced(add(sum, own[c]!)), zero));
  let left = before.reduce((sum, c) => subtract(sum, projects[c]!.cost), budget);
  return projects
    .flatMap((_, c) => (before.includes(c) ? [] : [c]))
    .sort((a, b) => compare(multiply(total[b]!, projects[a]!.cost), multiply(total[a]!, projects[b]!.cost)) || tiePlace[a]! - tiePlace[b]!)
    .filter((c) => {
      if (compare(projects[c]!.cost, left) > 0) return false;
      left = subtract(left, projects[c]!.cost);
      return true;
    });
}
