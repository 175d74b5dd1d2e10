/** Adding entries: from the right edge of a log to the files of the longer one. Pure; who stores them is not known here. */
import { bundleOf } from './bundle.ts';
import { concat } from './bytes.ts';
import { EMPTY_ROOT, leafHash, perfectRoot, type Hash } from './hash.ts';
import { tilePath, WIDTH, type Tile } from './paths.ts';
import { foldRoot } from './proof.ts';

/** What of a log is not yet in full tiles: all that adding needs, about 256 hashes a level and 256 entries. */
export type Edge = { size: number; levels: readonly (readonly Hash[])[]; entries: readonly Uint8Array[] };
export type LogFile = { path: string; bytes: Uint8Array };

export const EMPTY_EDGE: Edge = { size: 0, levels: [], entries: [] };

/**
 * The edge behind the new entries, and every file that is new: full tiles and bundles as they fill, and the partial ones
 * of the new size. Files of smaller sizes keep their bytes.
 */
export function addEntries(edge: Edge, entries: readonly Uint8Array[]): { edge: Edge; files: LogFile[] } {
  if (entries.length === 0) return { edge, files: [] };
  const files: LogFile[] = [];
  const levels = edge.levels.map((hashes) => [...hashes]);
  const filled = levels.map(() => false);
  let bundle = [...edge.entries];
  let size = edge.size;

  const keep = (tile: Tile, bytes: Uint8Array) => files.push({ path: tilePath(tile), bytes });
  function add(level: number, hash: Hash): void {
    const hashes = (levels[level] ??= []);
    filled[level] = true;
    hashes.push(hash);
    if (hashes.length < WIDTH) return;
    keep({ level, index: size / WIDTH ** (level + 1) - 1, width: WIDTH }, concat(hashes));
    levels[level] = [];
    add(level + 1, perfectRoot(hashes));
  }

  for (const entry of entries) {
    size += 1;
    bundle.push(entry);
    add(0, leafHash(entry));
    if (bundle.length < WIDTH) continue;
    keep({ level: 'entries', index: size / WIDTH - 1, width: WIDTH }, bundleOf(bundle));
    bundle = [];
  }
  for (const [level, hashes] of levels.entries()) {
    if (filled[level] && hashes.length > 0) keep({ level, index: Math.floor(size / WIDTH ** (level + 1)), width: hashes.length }, concat(hashes));
  }
  if (bundle.length > 0) keep({ level: 'entries', index: Math.floor(size / WIDTH), width: bundle.length }, bundleOf(bundle));
  return { edge: { size, levels, entries: bundle }, files };
}

/** The root, from the partial tiles alone: all that is full is already folded into the levels above. */
export function rootOf(edge: Pick<Edge, 'levels'>): Hash {
  const parts = edge.levels.map(fullParts).reverse().flat();
  return parts.length > 0 ? foldRoot(parts) : EMPTY_ROOT;
}

/** The hashes of a partial tile as the roots of its full subtrees, largest first. */
function fullParts(hashes: readonly Hash[]): Hash[] {
  const parts: Hash[] = [];
  let at = 0;
  for (let width = WIDTH / 2; width >= 1; width /= 2) {
    if (hashes.length - at < width) continue;
    parts.push(perfectRoot(hashes.slice(at, at + width)));
    at += width;
  }
  return parts;
}
