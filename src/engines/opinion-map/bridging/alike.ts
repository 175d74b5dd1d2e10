// Which ballots may be nearly the same, told from their sketches alone.
import { BUCKETS, KEYS, type Sketches } from './sketches.ts';

/** Ballots with fewer shown votes are too short to tell. */
export const LEAST_VOTES = 7;
/** Marks in common from which it is worth while to compare two ballots: of those that share half, one in a thousand has fewer. */
const ENOUGH_MARKS = 13;
const MARK_WORDS = BUCKETS / 4;
/** So many ballots at most are compared with one, and the marks of so many: where most people are alike, all of them would be. */
export const MOST_COMPARED = 24;
export const MOST_MET = 128;
/** Among more people than this so many share a key by chance that only as many marks are compared as ballots. */
export const MANY_PEOPLE = 16_384;

/** Looks for a leader whose ballot is like that of `i`; leaders are added as they are found. */
export type Candidates = { lead(i: number): void; find(i: number, resembles: (leader: number) => boolean): number };

/** By row: the rows that share a key and enough marks with it. Rows without any are left out. */
export type AlikeRows = ReadonlyMap<number, readonly number[]>;

/** Marks as words, so that four are compared at a time. */
export const markWords = ({ marks }: Sketches): Uint32Array => new Uint32Array(marks.buffer, marks.byteOffset, marks.length / 4);

/** Whether two rows have enough marks in common: bytes that are the same leave a zero byte, whose highest bit is set and counted. */
export function marksAlike(words: Uint32Array, a: number, b: number): boolean {
  let alike = 0;
  for (let word = 0; word < MARK_WORDS; word++) {
    const apart = words[a * MARK_WORDS + word]! ^ words[b * MARK_WORDS + word]!;
    const same = ~(((apart & 0x7f7f7f7f) + 0x7f7f7f7f) | apart | 0x7f7f7f7f);
    alike += Math.imul(same >>> 7, 0x01010101) >>> 24;
  }
  return alike >= ENOUGH_MARKS;
}

/** Leaders by key: a hash table of chains in typed arrays, the latest leader first. */
export class AlikeLeaders implements Candidates {
  private readonly keys: Uint32Array;
  private readonly words: Uint32Array;
  private readonly mask: number;
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly met: Int32Array;
  private readonly mostMet: number;

  constructor(sketches: Sketches) {
    const participants = sketches.shown.length;
    this.keys = sketches.keys;
    this.words = markWords(sketches);
    this.mask = maskFor(participants);
    this.mostMet = participants > MANY_PEOPLE ? MOST_COMPARED : MOST_MET;
    this.heads = new Int32Array(this.mask + 1).fill(-1);
    this.next = new Int32Array(participants * KEYS);
    this.met = new Int32Array(participants).fill(-1);
  }

  lead(i: number): void {
    for (let entry = i * KEYS; entry < (i + 1) * KEYS; entry++) {
      const slot = this.keys[entry]! & this.mask;
      this.next[entry] = this.heads[slot]!;
      this.heads[slot] = entry;
    }
  }

  find(i: number, resembles: (leader: number) => boolean): number {
    const { keys, words, met } = this;
    let [seen, compared] = [0, 0];
    for (let key = i * KEYS; key < (i + 1) * KEYS; key++) {
      for (let entry = this.heads[keys[key]! & this.mask]!; entry >= 0; entry = this.next[entry]!) {
        const leader = (entry / KEYS) | 0;
        if (keys[entry] !== keys[key] || met[leader] === i) continue;
        met[leader] = i;
        if (marksAlike(words, i, leader)) {
          if (resembles(leader)) return leader;
          if (++compared >= MOST_COMPARED) return -1;
        }
        if (++seen >= this.mostMet) return -1;
      }
    }
    return -1;
  }
}

/** Slots for the keys of so many rows, less one. */
export const maskFor = (rows: number): number => 2 ** Math.ceil(Math.log2(Math.max(2, rows * KEYS))) - 1;

/** The same answers where alike rows are known, and so few that no bound is reached. `order` is that in which rows are looked for. */
export function amongKnown(known: AlikeRows, { keys }: Sketches, order: Int32Array): Candidates {
  const places = new Map<number, number>();
  const leaders = new Set<number>();
  order.forEach((row, place) => places.set(row, place));
  const shared = (i: number, other: number) => {
    let key = 0;
    while (keys[i * KEYS + key] !== keys[other * KEYS + key]) key++;
    return key;
  };
  return {
    lead: (i) => void leaders.add(i),
    find(i, resembles) {
      const met = known.get(i)!.filter((other) => leaders.has(other)).sort((a, b) => shared(i, a) - shared(i, b) || places.get(b)! - places.get(a)!);
      return met.find(resembles) ?? -1;
    },
  };
}
