// The same ballots under several rules: who is left with nothing, how satisfied voters are, where the money goes.
import type { Count } from './count.ts';
import type { Election } from './election.ts';
import { cellOf } from './election.ts';
import type { Rational } from './rational.ts';
import { add, divide, rational, reduced, zero } from './rational.ts';

/** Exact figures of one outcome. Ballots without a mark count in `voters` and nowhere else. */
export type Measures = {
  readonly winners: readonly number[];
  readonly cost: Rational;
  readonly budgetUsed: Rational;
  readonly voters: number;
  /** Voters with marks, none of which won; and their share among voters with marks. */
  readonly votersWithNothing: number;
  readonly exclusionRatio: Rational;
  /** Per ballot with marks: winners listed, and what these cost in units of currency. */
  readonly averageWinners: Rational;
  readonly averageCost: Rational;
};

/** A group of projects by the cell of a column: its part of all marks, of what was spent, and of what exists. */
export type GroupShare = { readonly group: string; readonly projects: number; readonly winners: number; readonly ofMarks: Rational; readonly ofSpending: Rational };

/** Measures an outcome, given as project indices. Utility is counted by listing, whatever the ballots' kind. */
export function measure(election: Election, winners: readonly number[]): Measures {
  const { ballots, projects } = election;
  const wins = new Uint8Array(projects.length);
  for (const c of winners) wins[c] = 1;
  const marksWon = new Float64Array(projects.length);
  let [marked, nothing] = [0, 0];
  for (let voter = 0; voter < ballots.count; voter++) {
    const [first, end] = [ballots.start[voter]!, ballots.start[voter + 1]!];
    let won = 0;
    for (let at = first; at < end; at++) {
      const c = ballots.project[at]!;
      won += wins[c]!;
      marksWon[c]! += wins[c]!;
    }
    if (end > first) marked++;
    if (end > first && won === 0) nothing++;
  }
  const cost = winners.reduce((sum, c) => reduced(add(sum, projects[c]!.cost)), zero);
  const listed = winners.reduce((sum, c) => sum + BigInt(marksWon[c]!), 0n);
  const worth = winners.reduce((sum, c) => reduced(add(sum, { num: projects[c]!.cost.num * BigInt(marksWon[c]!), den: projects[c]!.cost.den })), zero);
  return {
    winners,
    cost,
    budgetUsed: part(cost, election.budget),
    voters: ballots.count,
    votersWithNothing: nothing,
    exclusionRatio: part(rational(BigInt(nothing)), rational(BigInt(marked))),
    averageWinners: part(rational(listed), rational(BigInt(marked))),
    averageCost: part(worth, rational(BigInt(marked))),
  };
}

/** Where the money goes by a column such as category; a project in several groups ("a,b") counts in equal parts. */
export function sharesByGroup(election: Election, winners: readonly number[], column: string): GroupShare[] {
  const won = new Set(winners);
  const marks = new Float64Array(election.projects.length);
  for (const c of election.ballots.project) marks[c]!++;
  const allMarks = rational(BigInt(election.ballots.project.length));
  const allCost = winners.reduce((sum, c) => reduced(add(sum, election.projects[c]!.cost)), zero);
  const names = [...new Set(election.projects.flatMap((_, c) => groupsOf(election, c, column)))].sort();
  return names.map((group) => {
    const members = election.projects.flatMap((_, c) => (groupsOf(election, c, column).includes(group) ? [c] : []));
    const split = (c: number, value: Rational): Rational => ({ num: value.num, den: value.den * BigInt(groupsOf(election, c, column).length) });
    const sum = (of: readonly number[], value: (c: number) => Rational): Rational => of.reduce((so, c) => reduced(add(so, split(c, value(c)))), zero);
    const mine = members.filter((c) => won.has(c));
    return {
      group,
      projects: members.length,
      winners: mine.length,
      ofMarks: part(sum(members, (c) => rational(BigInt(marks[c]!))), allMarks),
      ofSpending: part(sum(mine, (c) => election.projects[c]!.cost), allCost),
    };
  });
}

/** The groups of a project in a column: its cell, split at commas. A project without any belongs to ''. */
export function groupsOf(election: Election, project: number, column: string): string[] {
  return [...new Set(cellOf(election, project, column).split(',').map((it) => it.trim()))];
}

/** How many voters list more winners of a than of b, and the other way round: Pabulib's "comparison" step. */
export function preferences({ ballots, projects }: Election, a: Count, b: Count): { preferA: number; preferB: number; equal: number } {
  const difference = new Int8Array(projects.length);
  for (const c of a.winners) difference[c]!++;
  for (const c of b.winners) difference[c]!--;
  const result = { preferA: 0, preferB: 0, equal: 0 };
  for (let voter = 0; voter < ballots.count; voter++) {
    let sum = 0;
    for (let at = ballots.start[voter]!; at < ballots.start[voter + 1]!; at++) sum += difference[ballots.project[at]!]!;
    result[sum > 0 ? 'preferA' : sum < 0 ? 'preferB' : 'equal']++;
  }
  return result;
}

function part(of: Rational, whole: Rational): Rational {
  return whole.num === 0n ? zero : reduced(divide(of, whole));
}
