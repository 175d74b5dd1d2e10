// Ballots that repeat each other more than chance explains: they count as one voice, and are reported.
import type { Conversation } from '../conversation.ts';
import { BUCKETS, KEYS, type Sketches } from './sketches.ts';
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

const LEAST_VOTES = 7;
const LEAST_CREW = 3;
/** Ballots are nearly the same when this share of all their votes is the same vote … */
const SAME_OF_ALL = 0.5;
/** … and this share of what both voted on. */
const SAME_OF_COMMON = 0.85;
/** Marks in common from which it is worth while to compare two ballots: of those that share half, one in a thousand has fewer. */
const ENOUGH_MARKS = 13;
const MOST_COMPARED = 24;
const MARK_WORDS = BUCKETS / 4;
/** No statement has this number: cells are 16 bits wide, three to a statement. */
const HIDDEN = 0xffff;

/**
 * Finds crews of three and more. Ballots of fewer than seven votes on shown statements are left alone: too short to tell.
 *
 * @param order rows in an order that depends on the ballots only
 * @param counts votes by cell
 */
export function findEchoes(it: Conversation, sketches: Sketches, order: Int32Array, counts: Float64Array): Echoes {
  const members = gathered(gather(it, sketches, order), order);
  const weights = new Float64Array(it.votes.participants).fill(1);
  const crews: Crew[] = [];
  let quieted = 0;
  for (const [leader, rows] of members) {
    const crew = weigh(it, sketches, counts, leader, rows);
    if (crew.voices >= rows.length) continue;
    crews.push(crew);
    quieted += rows.length - crew.voices;
    for (const i of rows) weights[i] = crew.voices / rows.length;
  }
  return { weights, crews, quieted };
}

/** Rows by leader, of crews that are large enough. */
function gathered(crewOf: Int32Array, order: Int32Array): Map<number, number[]> {
  const sizes = new Int32Array(crewOf.length);
  for (const leader of crewOf) if (leader >= 0) sizes[leader]!++;
  const members = new Map<number, number[]>();
  for (const i of order) {
    const leader = crewOf[i]!;
    if (leader < 0 || sizes[leader]! < LEAST_CREW) continue;
    const crew = members.get(leader);
    if (crew) crew.push(i);
    else members.set(leader, [i]);
  }
  return members;
}

/** Each ballot joins the first leader it resembles, or leads. −1 for ballots that are too short. */
function gather({ votes, hidden }: Conversation, sketches: Sketches, order: Int32Array): Int32Array {
  const crewOf = new Int32Array(votes.participants).fill(-1);
  const index = new LeaderIndex(votes.participants);
  const columns = shownColumns(hidden);
  const marks = new Uint32Array(sketches.marks.buffer, sketches.marks.byteOffset, sketches.marks.length / 4);
  let before = -1;
  for (const i of order) {
    if (sketches.shown[i]! < LEAST_VOTES) continue;
    // The order puts identical ballots beside each other.
    const leader = before >= 0 && identicalBallots(sketches, i, before) ? crewOf[before]! : index.find(sketches.keys, i, (other) => resemble(votes, columns, sketches.shown, marks, i, other));
    crewOf[i] = leader >= 0 ? leader : i;
    if (leader < 0) index.add(sketches.keys, i);
    before = i;
  }
  return crewOf;
}

const identicalBallots = ({ sums, shown }: Sketches, a: number, b: number) => sums[a] === sums[b] && shown[a] === shown[b];

/** Leaders by key: a hash table of chains in typed arrays. */
class LeaderIndex {
  private readonly mask: number;
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly met: Int32Array;

  constructor(participants: number) {
    this.mask = 2 ** Math.ceil(Math.log2(Math.max(2, participants * KEYS))) - 1;
    this.heads = new Int32Array(this.mask + 1).fill(-1);
    this.next = new Int32Array(participants * KEYS);
    this.met = new Int32Array(participants).fill(-1);
  }

  add(keys: Uint32Array, i: number): void {
    for (let entry = i * KEYS; entry < (i + 1) * KEYS; entry++) {
      const slot = keys[entry]! & this.mask;
      this.next[entry] = this.heads[slot]!;
      this.heads[slot] = entry;
    }
  }

  /** The first leader that shares a key with `i` and resembles it; −1 when none of those compared does. */
  find(keys: Uint32Array, i: number, resembles: (leader: number) => boolean): number {
    let compared = 0;
    for (let key = i * KEYS; key < (i + 1) * KEYS; key++) {
      for (let entry = this.heads[keys[key]! & this.mask]!; entry >= 0; entry = this.next[entry]!) {
        if (keys[entry] !== keys[key]) continue;
        const leader = (entry / KEYS) | 0;
        if (this.met[leader] === i) continue;
        this.met[leader] = i;
        if (resembles(leader)) return leader;
        if (++compared >= MOST_COMPARED) return -1;
      }
    }
    return -1;
  }
}

/** The statement of each cell; HIDDEN for statements that are not shown. */
function shownColumns(hidden: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: 3 * hidden.length }, (_, cell) => (hidden[(cell / 3) | 0] ? HIDDEN : (cell / 3) | 0));
}

/** Nothing in the loop is made anew: it is the busiest of this package where people are much alike. */
function resemble({ rows, cells }: Votes, columns: Uint16Array, shown: Int32Array, marks: Uint32Array, a: number, b: number): boolean {
  if (!marksAlike(marks, a * MARK_WORDS, b * MARK_WORDS)) return false;
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

/** Four marks at a time: bytes that are the same leave a zero byte, whose highest bit is set and counted. */
function marksAlike(marks: Uint32Array, a: number, b: number): boolean {
  let alike = 0;
  for (let word = 0; word < MARK_WORDS; word++) {
    const apart = marks[a + word]! ^ marks[b + word]!;
    const same = ~(((apart & 0x7f7f7f7f) + 0x7f7f7f7f) | apart | 0x7f7f7f7f);
    alike += Math.imul(same >>> 7, 0x01010101) >>> 24;
  }
  return alike >= ENOUGH_MARKS;
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
