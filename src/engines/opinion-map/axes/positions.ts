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

const sum = (flags: Uint8Array) => flags.reduce((total, flag) => total + flag, 0);

/**
 * Projects every participant on the two axes and moves those who voted on few statements outwards, as Polis does:
 * √(m / votes) · Σ (vote − centre) · axis. A hidden statement counts as voted on by everybody, with vote 0.
 *
 * One sum from left to right and one factor: ballots that agree on what is shown give the same bits. Polis-compatible groups
 * depend on that.
 *
 * @param voted statements that anybody has voted on
 */
export function placeParticipants(votes: Votes, hidden: Uint8Array, { centre, axes }: Axes, voted: Uint8Array): Points {
  const [across, up] = axes.map((axis) => cellTable(axis, centre, hidden)) as [Float64Array, Float64Array];
  const points = new Float64Array(2 * votes.participants);
  const [m, hiddenCount] = [sum(voted), sum(hidden.map((flag, j) => flag & voted[j]!))];
  const hiddenCell = Uint8Array.from({ length: 3 * hidden.length }, (_, cell) => hidden[(cell / 3) | 0]!);
  const { cells, rows } = votes;
  for (let i = 0; i < votes.participants; i++) {
    let [x, y, unseen] = [0, 0, hiddenCount];
    for (let e = rows[i]!; e < rows[i + 1]!; e++) {
      const cell = cells[e]!;
      x += across[cell]!;
      y += up[cell]!;
      unseen -= hiddenCell[cell]!;
    }
    const factor = Math.sqrt(m / Math.max(1, voteCount(votes, i) + unseen));
    points[2 * i] = factor * x;
    points[2 * i + 1] = factor * y;
  }
  return points;
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
  const rows = Int32Array.from({ length: votes.participants }, (_, i) => i);
  const clustered = rows.filter(active);
  if (clustered.length >= ENOUGH_PEOPLE) return clustered;
  const others = Array.from(rows.filter((i) => !active(i) && voteCount(votes, i) > 0)).sort((a, b) => voteCount(votes, b) - voteCount(votes, a) || a - b);
  const added = others.slice(0, ENOUGH_PEOPLE - clustered.length);
  const least = added.length > 0 && allOfEqualActivity ? voteCount(votes, added.at(-1)!) : Infinity;
  const equal = others.slice(added.length).filter((i) => voteCount(votes, i) >= least);
  return Int32Array.from([...clustered, ...added, ...equal]).sort();
}
