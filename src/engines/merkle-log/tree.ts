/** A tile with the roots of every full subtree in it, each hashed once: its root and all hashes that proofs want of it stand there. */
import { fault } from './error.ts';
import { HASH_SIZE, pairHash, type Hash } from './hash.ts';

/** Row above row in one piece of memory: `width` hashes, half as many above them, and so on, one over what is left over. */
export type Tree = { width: number; nodes: Uint8Array };

/** `hashes` side by side, as a tile is stored. */
export function treeOf(hashes: Uint8Array): Tree {
  const width = hashes.length / HASH_SIZE;
  const nodes = new Uint8Array(rowStart(width, Infinity) * HASH_SIZE);
  nodes.set(hashes);
  for (let below = 0, count = width, to = width; count > 1; count = Math.floor(count / 2)) {
    for (let pair = 0; pair < Math.floor(count / 2); pair++) {
      const from = (below + 2 * pair) * HASH_SIZE;
      nodes.set(pairHash(nodes.subarray(from, from + 2 * HASH_SIZE)), to++ * HASH_SIZE);
    }
    below += count;
  }
  return { width, nodes };
}

/** The root over 2^`row` hashes, from `index` × 2^`row` on. */
export function nodeIn({ width, nodes }: Tree, row: number, index: number): Hash {
  if (index >= Math.floor(width / 2 ** row)) return fault('E_TILE_MISSING', `A tile of ${width} hashes has no subtree ${index} of ${2 ** row}.`);
  const at = (rowStart(width, row) + index) * HASH_SIZE;
  return nodes.subarray(at, at + HASH_SIZE);
}

/** The hashes as the roots of their full subtrees, largest first: what the root of a log is folded from. */
export function partsIn(tree: Tree): Hash[] {
  const parts: Hash[] = [];
  for (let row = 8; row >= 0; row--) if (Math.floor(tree.width / 2 ** row) % 2 === 1) parts.push(nodeIn(tree, row, Math.floor(tree.width / 2 ** row) - 1));
  return parts;
}

export const hashesIn = (tree: Tree): Hash[] => Array.from({ length: tree.width }, (_, at) => nodeIn(tree, 0, at));

/** How many hashes stand below a row. */
function rowStart(width: number, row: number): number {
  let start = 0;
  for (let at = 0, count = width; at < row && count > 0; at++, count = Math.floor(count / 2)) start += count;
  return start;
}
