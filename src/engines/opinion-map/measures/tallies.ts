// Votes counted by group and statement.
import { countVotes, type Votes } from '../votes.ts';

/** Votes of some people on every statement: agreed, disagreed, and all (passes included), and how many people they are. */
export type Tally = { people: number; agreed: Float64Array; disagreed: Float64Array; cast: Float64Array };

/**
 * One tally for each group, in one pass.
 *
 * @param groupOf group of each row; −1 for people in no group
 */
export function tallyGroups(votes: Votes, groupOf: ArrayLike<number>, groups: number): Tally[] {
  const people = new Float64Array(groups);
  for (let i = 0; i < votes.participants; i++) if (groupOf[i]! >= 0) people[groupOf[i]!]!++;
  return countGroups(votes, groupOf, groups).map((counts, g) => tallyOf(counts, people[g]!));
}

/** Votes by cell, `3 · statement + vote + 1`, one list for each group. */
export function countGroups({ participants, statements, rows, cells }: Votes, groupOf: ArrayLike<number>, groups: number): Float64Array[] {
  const width = 3 * statements;
  const counts = new Float64Array(groups * width);
  for (let i = 0; i < participants; i++) {
    if (groupOf[i]! < 0) continue;
    const base = groupOf[i]! * width;
    for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[base + cells[e]!]!++;
  }
  return Array.from({ length: groups }, (_, g) => counts.subarray(g * width, (g + 1) * width));
}

/** One tally of everybody. */
export function tallyAll(votes: Votes, counts = countVotes(votes)): Tally {
  return tallyOf(counts, votes.participants);
}

/** A tally from counts by cell, `3 · statement + vote + 1`. */
export function tallyOf(counts: Float64Array, people: number): Tally {
  const m = counts.length / 3;
  const tally: Tally = { people, agreed: new Float64Array(m), disagreed: new Float64Array(m), cast: new Float64Array(m) };
  for (let j = 0; j < m; j++) {
    tally.disagreed[j] = counts[3 * j]!;
    tally.agreed[j] = counts[3 * j + 2]!;
    tally.cast[j] = counts[3 * j]! + counts[3 * j + 1]! + counts[3 * j + 2]!;
  }
  return tally;
}

/** The sum of tallies. */
export function addTallies(tallies: readonly Tally[], statements: number): Tally {
  const sum: Tally = { people: 0, agreed: new Float64Array(statements), disagreed: new Float64Array(statements), cast: new Float64Array(statements) };
  for (const tally of tallies) {
    sum.people += tally.people;
    for (let j = 0; j < statements; j++) {
      sum.agreed[j]! += tally.agreed[j]!;
      sum.disagreed[j]! += tally.disagreed[j]!;
      sum.cast[j]! += tally.cast[j]!;
    }
  }
  return sum;
}
