// Short fingerprints of ballots, so that ballots that are the same or nearly the same find each other without comparing all pairs.
import type { Conversation, Id } from '../conversation.ts';

/** Number of keys by which a ballot can be found. Ballots that share half of what they hold meet under one with 88 %, two thirds with 99 %. */
export const KEYS = 16;
export const BUCKETS = 3 * KEYS;
const NEVER = 0xffffffff;

/** A random-looking 32-bit number for each cell, drawn from the statement's name, so that it does not depend on any order. */
export function cellHashes(statements: readonly Id[], hidden: Uint8Array): Uint32Array {
  const hashes = new Uint32Array(3 * statements.length);
  statements.forEach((id, j) => {
    if (hidden[j]) return;
    const name = hashText(String(id));
    for (let kind = 0; kind < 3; kind++) hashes[3 * j + kind] = mix(name + Math.imul(kind + 1, 0x9e3779b1)) || 1;
  });
  return hashes;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3. */
function mix(hash: number): number {
  let h = hash | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * One-permutation minwise hashing with rotation (Shrivastava and Li 2014): one pass over a ballot gives all keys.
 *
 * @property sums one number for each ballot that does not depend on the order of its votes
 * @property shown votes of each ballot on statements that are shown
 * @property keys KEYS numbers for each ballot; 0 where it holds no shown vote
 * @property whole as sums, of hidden statements too
 * @property marks BUCKETS bytes for each ballot: two ballots have about so many of them in common as they share of what both hold
 */
export type Sketches = { sums: Uint32Array; shown: Int32Array; keys: Uint32Array; marks: Uint8Array; whole: Uint32Array };

export function emptySketches(participants: number): Sketches {
  return { sums: new Uint32Array(participants), shown: new Int32Array(participants), keys: new Uint32Array(participants * KEYS), marks: new Uint8Array(participants * BUCKETS), whole: new Uint32Array(participants) };
}

/** Sketches of every ballot. */
export function sketchAll({ votes, statements, hidden }: Conversation): Sketches {
  const [hashes, all] = [cellHashes(statements, hidden), cellHashes(statements, new Uint8Array(statements.length))];
  const sketches = emptySketches(votes.participants);
  for (let i = 0; i < votes.participants; i++) sketchRow(sketches, i, votes.cells, votes.rows[i]!, votes.rows[i + 1]!, hashes, all);
  return sketches;
}

/** The sketches of rows in another order. */
export function takeSketches(from: Sketches, order: Int32Array): Sketches {
  const taken = emptySketches(order.length);
  take(from.sums, taken.sums, order, 1);
  take(from.shown, taken.shown, order, 1);
  take(from.whole, taken.whole, order, 1);
  take(from.keys, taken.keys, order, KEYS);
  take(from.marks, taken.marks, order, BUCKETS);
  return taken;
}

function take(from: Uint32Array | Int32Array | Uint8Array, to: Uint32Array | Int32Array | Uint8Array, order: Int32Array, width: number): void {
  for (let i = 0; i < order.length; i++) {
    const [there, here] = [order[i]! * width, i * width];
    for (let at = 0; at < width; at++) to[here + at] = from[there + at]!;
  }
}

/** One number for a ballot that does not depend on the order of its votes. */
function sumOfRow(cells: Uint16Array, start: number, end: number, hashes: Uint32Array): number {
  let sum = 0;
  for (let e = start; e < end; e++) sum = (sum + hashes[cells[e]!]!) | 0;
  return mix(sum);
}

const least = new Uint32Array(BUCKETS);

/** Replaces the sketch of one ballot, which lies in `cells` from `start` to `end`. */
export function sketchRow(sketches: Sketches, i: number, cells: Uint16Array, start: number, end: number, hashes: Uint32Array, all: Uint32Array): void {
  sketches.whole[i] = sumOfRow(cells, start, end, all);
  least.fill(NEVER);
  let [sum, shown] = [0, 0];
  for (let e = start; e < end; e++) {
    const hash = hashes[cells[e]!]!;
    if (hash === 0) continue;
    sum = (sum + hash) | 0;
    shown++;
    const bucket = ((hash >>> 16) * BUCKETS) >>> 16;
    const value = Math.imul(hash, 0x2c1b3c6d) >>> 0;
    if (value < least[bucket]!) least[bucket] = value;
  }
  sketches.sums[i] = mix(sum);
  sketches.shown[i] = shown;
  const at = i * KEYS;
  if (shown === 0) return void sketches.keys.fill(0, at, at + KEYS);
  fillEmptyBuckets();
  for (let bucket = 0; bucket < BUCKETS; bucket++) sketches.marks[i * BUCKETS + bucket] = least[bucket]! >>> 24;
  for (let k = 0; k < KEYS; k++) {
    const three = Math.imul(least[3 * k]! ^ Math.imul(least[3 * k + 1]!, 0x9e3779b1) ^ Math.imul(least[3 * k + 2]!, 0x85ebca77), 0x27d4eb2f);
    sketches.keys[at + k] = mix(three + k) || 1;
  }
}

// An empty bucket takes what the next filled one holds, marked by the distance.
function fillEmptyBuckets(): void {
  let filled = 0;
  while (least[filled] === NEVER) filled++;
  let [value, away] = [least[filled]!, 0];
  for (let step = 0; step < BUCKETS; step++) {
    const bucket = (filled + BUCKETS - step) % BUCKETS;
    if (least[bucket] !== NEVER) {
      value = least[bucket]!;
      away = 0;
    } else {
      away++;
      least[bucket] = (value + Math.imul(away, 0x61c88647)) >>> 0;
    }
  }
}

/** Rows with equal ballots beside each other, the rows' own order otherwise deciding nothing but which of two equals comes first. */
export function orderOfBallots({ sums, shown }: Sketches, rows: Int32Array): Int32Array {
  return rows.sort((a, b) => sums[a]! - sums[b]! || shown[a]! - shown[b]! || a - b);
}
