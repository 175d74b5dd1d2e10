/** RFC 6962, 2.1: leaves and nodes are hashed behind different bytes, so that neither can be taken for the other. */
import { sha256 } from '@noble/hashes/sha2.js';

export type Hash = Uint8Array;
export const HASH_SIZE = 32;
/** The root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

export const hashOf = (bytes: Uint8Array): Hash => sha256(bytes);

/** What is hashed is put together here each time: the log hashes millions, and a buffer for each costs more than the hash. */
const leafBytes = new Uint8Array(1 + 65_535);
const pairBytes = Uint8Array.from({ length: 1 + 2 * HASH_SIZE }, (_, at) => (at === 0 ? 1 : 0));

export function leafHash(entry: Uint8Array): Hash {
  const bytes = entry.length < leafBytes.length ? leafBytes.subarray(0, entry.length + 1) : new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return sha256(bytes);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  pairBytes.set(left, 1);
  pairBytes.set(right, 1 + HASH_SIZE);
  return sha256(pairBytes);
}

/** The same for two hashes that stand side by side. */
export function pairHash(both: Uint8Array): Hash {
  pairBytes.set(both, 1);
  return sha256(pairBytes);
}

/** The root over hashes of equally large full trees, a power of two of them. */
export function perfectRoot(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(nodeHash(row[at]!, row[at + 1]!));
    row = above;
  }
  return row[0]!;
}
