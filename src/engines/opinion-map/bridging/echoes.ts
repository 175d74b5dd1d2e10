// Ballots that repeat each other more than chance explains: they count as one voice, and are reported.
import type { Conversation } from '../conversation.ts';
import { AlikeLeaders, amongKnown, LEAST_VOTES, type AlikeRows, type Candidates } from './alike.ts';
import { orderOfBallots, type Sketches } from './sketches.ts';
import type { Votes } from '../votes.ts';

/**
 * Accounts whose ballots are the same or nearly the same. `leader` is one of `members` (rows).
 *
 * @property identical how many of them agree with the leader on every shown statement
 * @property voices what they count for together: 1, or as many as chance would give
 * @property within milliseconds from the first to the last of them joining; null where times are not known
 */
export type Crew = { leader: number; members: number[]; identical: number; voices: number; within: number | null };

/** `weights[i]` is 1 for an ordinary ballot and voices / members in a crew. */
export type Echoes = { weights: Float64Array; crews: Crew[]; quieted: number };

const LEAST_CREW = 3;
/** Ballots are nearly the same when this share of all their votes is the same vote … */
const SAME_OF_ALL = 0.5;
/** … and this share of what both voted on. */
const SAME_OF_COMMON = 0.85;
/** No statement has this number: cells are 16 bits wide, three to a statement. */
const HIDDEN = 0xffff;

/**
 * Finds crews of three and more. Ballots of fewer than seven votes on shown statements are left alone: too short to tell.
 *
 * @param counts votes by cell
 * @param known which rows are alike by their sketches, where that is at hand
 */
export function findEchoes(it: Conversation, sketches: Sketches, counts: Float64Array, known: AlikeRows | null = null): Echoes {
  const order = orderOfBallots(sketches, known ? Int32Array.from(known.keys()) : Int32Array.from(sketches.sums.keys()));
  const alike = known ? amongKnown(known, sketches, order) : new AlikeLeaders(sketches);
  const weights = new Float64Array(it.votes.participants).fill(1);
  const crews: Crew[] = [];
  let quieted = 0;
  for (const [leader, rows] of gather(it, sketches, order, alike)) {
    if (rows.length < LEAST_CREW) continue;
    const crew = weigh(it, sketches, counts, leader, rows);
    if (crew.voices >= rows.length) continue;
    crews.push(crew);
    quieted += rows.length - crew.voices;
    for (const i of rows) weights[i] = crew.voices / rows.length;
  }
  return { weights, crews, quieted };
}

/** Rows by leader, where there are more than the leader: each ballot joins the first leader it resembles, or leads. */
function gather({ votes, hidden }: Conversation, sketches: Sketches, order: Int32Array, alike: Candidates): Map<number, number[]> {
  const members = new Map<number, number[]>();
  const columns = shownColumns(hidden);
  const leaders = new Int32Array(votes.participants).fill(-1);
  let before = -1;
  for (const i of order) {
    if (sketches.shown[i]! < LEAST_VOTES) continue;
    // The order puts identical ballots beside each other.
    const leader = before >= 0 && identicalBallots(sketches, i, before) ? leaders[before]! : alike.find(i, (other) => resemble(votes, columns, sketches.shown, i, other));
    leaders[i] = leader >= 0 ? leader : i;
    if (leader < 0) alike.lead(i);
    else if (members.has(leader)) members.get(leader)!.push(i);
    else members.set(leader, [leader, i]);
    before = i;
  }
  return members;
}

const identicalBallots = ({ sums, shown }: Sketches, a: number, b: number) => sums[a] === sums[b] && shown[a] === shown[b];

/** The statement of each cell; HIDDEN for statements that are not shown. */
function shownColumns(hidden: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: 3 * hidden.length }, (_, cell) => (hidden[(cell / 3) | 0] ? HIDDEN : (cell / 3) | 0));
}

/** Nothing in the loop is made anew: it is the busiest of this package where people are much alike. */
function resemble({ rows, cells }: Votes, columns: Uint16Array, shown: Int32Array, a: number, b: number): boolean {
  const together = shown[a]! + shown[b]!;
  const fewer = Math.min(shown[a]!, shown[b]!);
  if (fewer * (1 + SAME_OF_ALL) < SAME_OF_ALL * together) return false;
  const mostDifferent = (1 - SAME_OF_COMMON) * fewer;
  const [endOfA, endOfB] = [rows[a + 1]!, rows[b + 1]!];
  let e = rows[a]!;
  let f = rows[b]!;
  let common = 0;
  let same = 0;
  while (e < endOfA && f < endOfB) {
    const mine = cells[e]!;
    const theirs = cells[f]!;
    if (mine === theirs) {
      e++;
      f++;
      if (columns[mine] === HIDDEN) continue;
      common++;
      same++;
    } else if (columns[mine] === columns[theirs] && columns[mine] !== HIDDEN) {
      e++;
      f++;
      common++;
      if (common - same > mostDifferent) return false;
    } else if (mine < theirs) e++;
    else f++;
  }
  return common >= LEAST_VOTES && same >= SAME_OF_COMMON * common && same >= SAME_OF_ALL * (together - same);
}

function weigh({ votes, hidden, joined }: Conversation, sketches: Sketches, counts: Float64Array, leader: number, rows: number[]): Crew {
  const identical = rows.filter((i) => identicalBallots(sketches, i, leader)).length;
  const expected = byChance(votes, hidden, counts, leader, sketches.shown[leader]!, identical === rows.length);
  return { leader, members: rows, identical, voices: Math.min(rows.length, Math.max(1, expected)), within: spanOf(rows, joined) };
}

function spanOf(rows: readonly number[], joined: Float64Array | undefined): number | null {
  if (!joined) return null;
  const times = rows.map((i) => joined[i]!);
  return Math.max(...times) - Math.min(...times);
}

/**
 * How many ballots like this one chance alone would give, if everybody answered each statement with the shares that were seen:
 * for identical ones the product of the shares, for nearly identical ones Hoeffding's bound on two thirds of the answers being
 * the same. In a short, unanimous conversation that is most people, and nobody is quieted.
 */
function byChance(votes: Votes, hidden: Uint8Array, counts: Float64Array, leader: number, length: number, exact: boolean): number {
  const n = votes.participants;
  let [mean, product] = [0, 1];
  for (let e = votes.rows[leader]!; e < votes.rows[leader + 1]!; e++) {
    const cell = votes.cells[e]!;
    if (hidden[(cell / 3) | 0]) continue;
    mean += counts[cell]! / n / length;
    product *= counts[cell]! / n;
  }
  if (exact) return n * product;
  const wanted = 2 / 3;
  if (mean >= wanted) return n;
  const divergence = wanted * Math.log(wanted / mean) + (1 - wanted) * Math.log((1 - wanted) / (1 - mean));
  return n * Math.exp(-length * divergence);
}
