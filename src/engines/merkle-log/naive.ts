/** RFC 6962 read aloud: slow, recursive, and sharing nothing with the engine but the hash function. For tests. */
import { hashOf, type Hash } from './hash.ts';

const sha = (...parts: (number | Uint8Array)[]): Hash => hashOf(Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part]))));

const largestPowerBelow = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** MTH(D[n]), 2.1 */
export function treeHash(entries: readonly Uint8Array[]): Hash {
  if (entries.length === 0) return sha();
  if (entries.length === 1) return sha(0, entries[0]!);
  const k = largestPowerBelow(entries.length);
  return sha(1, treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

/** PATH(m, D[n]), 2.1.1 */
export function auditPath(m: number, entries: readonly Uint8Array[]): Hash[] {
  if (entries.length <= 1) return [];
  const k = largestPowerBelow(entries.length);
  return m < k
    ? [...auditPath(m, entries.slice(0, k)), treeHash(entries.slice(k))]
    : [...auditPath(m - k, entries.slice(k)), treeHash(entries.slice(0, k))];
}

/** PROOF(m, D[n]), 2.1.2 */
export const consistencyPath = (m: number, entries: readonly Uint8Array[]): Hash[] => subproof(m, entries, true);

function subproof(m: number, entries: readonly Uint8Array[], whole: boolean): Hash[] {
  if (m === entries.length) return whole ? [] : [treeHash(entries)];
  const k = largestPowerBelow(entries.length);
  return m <= k
    ? [...subproof(m, entries.slice(0, k), whole), treeHash(entries.slice(k))]
    : [...subproof(m - k, entries.slice(k), false), treeHash(entries.slice(0, k))];
}
