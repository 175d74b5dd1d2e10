// Which ballots are alike by their sketches, kept while votes come in: only what has changed is compared again.
import { LEAST_VOTES, marksAlike, markWords, maskFor, MOST_COMPARED, MOST_MET } from '../bridging/alike.ts';
import { BUCKETS, emptySketches, KEYS, type Sketches } from '../bridging/sketches.ts';

/**
 * Rows by key, in chains, and for each row those that share a key and enough marks with it. Where one row has so many that a
 * bound of `AlikeLeaders` might be reached, the answer would depend on the order of rows: then it is `crowded` and of no use.
 */
export class Likenesses {
  readonly alike = new Map<number, number[]>();
  crowded = false;
  readonly room: number;
  private readonly sketches: Sketches;
  private readonly words: Uint32Array;
  private readonly mask: number;
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly held: Uint8Array;
  private readonly sharers: Int32Array;
  private readonly met: Int32Array;
  private turn = 0;

  /** @param room how many rows there may be */
  constructor(room: number) {
    this.room = room;
    this.sketches = emptySketches(room);
    this.words = markWords(this.sketches);
    this.mask = maskFor(room);
    this.heads = new Int32Array(this.mask + 1).fill(-1);
    this.next = new Int32Array(room * KEYS);
    this.held = new Uint8Array(room);
    this.sharers = new Int32Array(room);
    this.met = new Int32Array(room);
  }

  /** Puts the sketch `at` of others in place of that of a row. */
  put(row: number, from: Sketches, at: number): void {
    if (this.crowded) return;
    if (this.held[row]) this.take(row);
    this.held[row] = from.shown[at]! >= LEAST_VOTES ? 1 : 0;
    if (!this.held[row]) return;
    this.sketches.keys.set(from.keys.subarray(at * KEYS, (at + 1) * KEYS), row * KEYS);
    this.sketches.marks.set(from.marks.subarray(at * BUCKETS, (at + 1) * BUCKETS), row * BUCKETS);
    this.meet(row, 1);
    for (let entry = row * KEYS; entry < (row + 1) * KEYS; entry++) {
      const slot = this.sketches.keys[entry]! & this.mask;
      this.next[entry] = this.heads[slot]!;
      this.heads[slot] = entry;
    }
  }

  private take(row: number): void {
    const { heads, next, mask, alike } = this;
    for (let entry = row * KEYS; entry < (row + 1) * KEYS; entry++) {
      const slot = this.sketches.keys[entry]! & mask;
      if (heads[slot] === entry) heads[slot] = next[entry]!;
      else {
        let before = heads[slot]!;
        while (next[before] !== entry) before = next[before]!;
        next[before] = next[entry]!;
      }
    }
    this.meet(row, -1);
    for (const other of alike.get(row) ?? []) {
      const left = alike.get(other)!.filter((it) => it !== row);
      if (left.length > 0) alike.set(other, left);
      else alike.delete(other);
    }
    alike.delete(row);
  }

  /** Counts those who share a key with a row as one more or less, and marks the ones that are alike. */
  private meet(row: number, by: 1 | -1): void {
    const { sketches: { keys }, words, met, sharers } = this;
    const turn = ++this.turn;
    sharers[row] = 0;
    for (let key = row * KEYS; key < (row + 1) * KEYS; key++) {
      for (let entry = this.heads[keys[key]! & this.mask]!; entry >= 0; entry = this.next[entry]!) {
        const other = (entry / KEYS) | 0;
        if (keys[entry] !== keys[key] || met[other] === turn) continue;
        met[other] = turn;
        sharers[row]!++;
        sharers[other]! += by;
        if (by > 0 && marksAlike(words, row, other)) this.join(row, other);
        if (sharers[row]! >= MOST_MET || sharers[other]! >= MOST_MET) this.crowded = true;
      }
      if (this.crowded) return;
    }
  }

  private join(a: number, b: number): void {
    for (const [one, other] of [[a, b], [b, a]] as const) {
      const known = this.alike.get(one);
      if (known) known.push(other);
      else this.alike.set(one, [other]);
      if (known && known.length >= MOST_COMPARED) this.crowded = true;
    }
  }
}
