// Where people and statements stand on the map.
import { voteCount, type Votes } from '../votes.ts';
import type { Axes } from './axes.ts';
import { cellTable } from './spread.ts';

/** Points as x0, y0, x1, y1, …; no unit: 1 is one vote that lies along an axis alone. */
export type Points = Float64Array;

/** The points of some rows. */
export function pointsOf(points: Points, rows: ArrayLike<number>): Points {
  const some = new Float64Array(2 * rows.length);
  for (let a = 0; a < rows.length; a++) {
    some[2 * a] = points[2 * rows[a]!]!;
    some[2 * a + 1] = points[2 * rows[a]! + 1]!;
  }
  return some;
}

/**
 * 1 for statements that anybody has voted on. Polis's matrix has no others, so they do not count as statements in what follows.
 *
 * @param counts votes by cell
 */
export function votedOn(counts: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: counts.length / 3 }, (_, j) => (counts[3 * j]! + counts[3 * j + 1]! + counts[3 * j + 2]! > 0 ? 1 : 0));
}

function sum(flags: Uint8Array): number {
  let total = 0;
  for (let j = 0; j < flags.length; j++) total += flags[j]!;
  return total;
}

/**
 * Projects every participant on the two axes and moves those who voted on few statements outwards, as Polis does:
 * √(m / votes) · Σ (vote − centre) · axis. A hidden statement counts as voted on by everybody, with vote 0.
 *
 * One sum from left to right and one factor: ballots that agree on what is shown give the same bits. Polis-compatible groups
 * depend on that.
 *
 * @param voted statements that anybody has voted on
 * @param shown each row's votes on statements that are not hidden, where they are counted already
 */
export function placeParticipants(votes: Votes, hidden: Uint8Array, { centre, axes }: Axes, voted: Uint8Array, shown = countShown(votes, hidden)): Points {
  const table = new Float64Array(6 * hidden.length);
  axes.forEach((axis, side) => cellTable(axis, centre, hidden).forEach((value, cell) => (table[2 * cell + side] = value)));
  const points = new Float64Array(2 * votes.participants);
  const [m, hiddenCount] = [sum(voted), sum(hidden.map((flag, j) => flag & voted[j]!))];
  const { cells, rows } = votes;
  for (let i = 0; i < votes.participants; i++) {
    const end = rows[i + 1]!;
    let x = 0;
    let y = 0;
    for (let e = rows[i]!; e < end; e++) {
      const at = 2 * cells[e]!;
      x += table[at]!;
      y += table[at + 1]!;
    }
    const factor = Math.sqrt(m / Math.max(1, shown[i]! + hiddenCount));
    points[2 * i] = factor * x;
    points[2 * i + 1] = factor * y;
  }
  return points;
}

function countShown({ participants, rows, cells }: Votes, hidden: Uint8Array): Int32Array {
  const shown = new Int32Array(participants);
  if (!hidden.includes(1)) return shown.map((_, i) => rows[i + 1]! - rows[i]!);
  const flags = Uint8Array.from({ length: 3 * hidden.length }, (_, cell) => 1 - hidden[(cell / 3) | 0]!);
  for (let i = 0; i < participants; i++) for (let e = rows[i]!; e < rows[i + 1]!; e++) shown[i]! += flags[cells[e]!]!;
  return shown;
}

/** How far from the middle somebody stands who only agreed with this statement: √m · (1 − centre) · length of its two entries. */
export function extremityOf({ centre, axes }: Axes, voted: Uint8Array): Float64Array {
  const root = Math.sqrt(sum(voted));
  return centre.map((c, j) => Math.abs(root * (1 - c)) * Math.hypot(axes[0][j]!, axes[1][j]!));
}

/** At so many votes somebody stands in a group, and so many people are wanted at least. */
const ENOUGH_VOTES = 7;
const ENOUGH_PEOPLE = 15;

/**
 * Who stands in a group: at least 7 votes (or all statements, where there are fewer); if that leaves fewer than 15 people, the
 * most active are added up to 15.
 *
 * @param allOfEqualActivity adds everybody as active as the last one added, so that the order of rows decides nothing
 * @returns rows, ascending
 */
export function activeParticipants(votes: Votes, voted: Uint8Array, allOfEqualActivity: boolean): Int32Array {
  const enough = Math.max(1, Math.min(ENOUGH_VOTES, sum(voted)));
  const active = (i: number) => voteCount(votes, i) >= enough;
  const rows = new Int32Array(votes.participants);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (active(i)) rows[count++] = i;
  const clustered = rows.slice(0, count);
  if (count >= ENOUGH_PEOPLE) return clustered;
  const others = Array.from(rows.keys()).filter((i) => !active(i) && voteCount(votes, i) > 0).sort((a, b) => voteCount(votes, b) - voteCount(votes, a) || a - b);
  const added = others.slice(0, ENOUGH_PEOPLE - clustered.length);
  const least = added.length > 0 && allOfEqualActivity ? voteCount(votes, added.at(-1)!) : Infinity;
  const equal = others.slice(added.length).filter((i) => voteCount(votes, i) >= least);
  return Int32Array.from([...clustered, ...added, ...equal]).sort();
}
