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
  const width = 3 * votes.statements;
  const counts = new Float64Array(groups * width);
  const people = new Float64Array(groups);
  const { rows, cells } = votes;
  for (let i = 0; i < votes.participants; i++) {
    const group = groupOf[i]!;
    if (group < 0) continue;
    people[group]!++;
    const base = group * width;
    for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[base + cells[e]!]!++;
  }
  return Array.from(people, (size, g) => tallyOf(counts.subarray(g * width, (g + 1) * width), size));
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
