/**
 * Inclusion and consistency proofs: which subtrees they consist of (RFC 6962, 2.1.1 and 2.1.2), and whether a given one
 * holds (RFC 9162, 2.1.3.2 and 2.1.4.2). Sizes and indexes are exact to 2^53, so halves are divisions, not shifts.
 */
import { equal } from './bytes.ts';
import { entryCount, fault } from './error.ts';
import { EMPTY_ROOT, nodeHash, type Hash } from './hash.ts';

/** Leaves from (included) to (not included); `from` is a multiple of the largest power of two below `to - from`. */
export type Range = readonly [from: number, to: number];
/** A full subtree: 2^level leaves, from `index` × 2^level on. */
export type Subtree = { level: number; index: number };

const half = (value: number): number => Math.floor(value / 2);
const odd = (value: number): boolean => value % 2 === 1;

/** The largest power of two smaller than `size`, which is at least 2. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** Sibling ranges from the leaf to the root. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  return ranges.reverse();
}

/** Ranges that lead from the root of `old` leaves to that of `size`; none when they are the same or there were none. */
export function consistencyRanges(old: number, size: number): Range[] {
  if (old === 0 || old === size) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (old !== to) {
    const middle = from + split(to - from);
    if (old <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  if (from > 0) ranges.push([from, to]);
  return ranges.reverse();
}

/** The full subtrees of which a range is made, from left to right. */
export function subtrees([from, to]: Range): Subtree[] {
  const found: Subtree[] = [];
  let at = from;
  while (at < to) {
    let [level, width] = [0, 1];
    while (width * 2 <= to - at) [level, width] = [level + 1, width * 2];
    found.push({ level, index: at / width });
    at += width;
  }
  return found;
}

/** The root over full subtrees that stand side by side, larger ones first. */
export function foldRoot(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Throws E_INCLUSION when the leaf is not at `index` of the tree with this size and root. */
export function checkInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): void {
  if (index < 0 || index >= size) fault('E_INCLUSION', `There is no entry ${index} in a log of ${size}.`);
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) fault('E_INCLUSION', `The proof of entry ${index} is too long.`);
    if (odd(at) || at === last) {
      hash = nodeHash(sibling, hash);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0 || !equal(hash, root)) fault('E_INCLUSION', `Entry ${index} is not what the log of ${entryCount(size)} has there.`);
}

/** Throws E_CONSISTENCY when the larger tree is not the smaller one with leaves added behind it. */
export function checkConsistency(old: { size: number; root: Hash }, now: { size: number; root: Hash }, proof: readonly Hash[]): void {
  const wrong = () => fault('E_CONSISTENCY', `The log of ${entryCount(now.size)} does not continue the log of ${old.size}: its past was changed.`);
  if (old.size > now.size) fault('E_SHRUNK', `The log had ${entryCount(old.size)} and now has ${now.size}.`);
  if (old.size === 0 || old.size === now.size) {
    const same = old.size === 0 ? equal(old.root, EMPTY_ROOT) : equal(old.root, now.root);
    if (!same || proof.length > 0) wrong();
    return;
  }
  const rest = [...proof];
  let [at, last] = [old.size - 1, now.size - 1];
  while (odd(at)) [at, last] = [half(at), half(last)];
  // A full tree is itself the first step of the proof, and is not written into it.
  const first = at === 0 ? old.root : rest.shift();
  if (!first) return wrong();
  let [before, after] = [first, first];
  for (const step of rest) {
    if (last === 0) wrong();
    if (odd(at) || at === last) {
      [before, after] = [nodeHash(step, before), nodeHash(step, after)];
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      after = nodeHash(after, step);
    }
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0 || !equal(before, old.root) || !equal(after, now.root)) wrong();
}
