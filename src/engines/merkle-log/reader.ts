/**
 * Reading a log that somebody else serves. Nothing is believed: the partial tiles of a size make its root together, and
 * every full tile is the hash that the tile above has in its place. A tile that does not fit is refused before any of its
 * hashes is used, whichever was asked for.
 */
import { entriesOf } from './bundle.ts';
import { equal } from './bytes.ts';
import { entryCount, fault } from './error.ts';
import type { Edge } from './grow.ts';
import { EMPTY_ROOT, HASH_SIZE, leafHash, type Hash } from './hash.ts';
import { tileOf, tilePath, tilesOf, WIDTH, type Tile } from './paths.ts';
import { consistencyRanges, foldRoot, inclusionRanges, subtrees, type Range, type Subtree } from './proof.ts';
import { hashesIn, nodeIn, partsIn, treeOf, type Tree } from './tree.ts';

/** The bytes at an address such as `tile/0/000`, or null when nothing is there. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;
export type LogHead = { size: number; root: Hash };

export type LogReader = LogHead & {
  /** The hashes of a tile, authenticated. */
  tile(level: number, index: number): Promise<Hash[]>;
  leaf(index: number): Promise<Hash>;
  /** The entries of a bundle, each compared with its leaf. */
  bundle(index: number): Promise<Uint8Array[]>;
  /** One entry, compared with its own leaf. */
  entry(index: number): Promise<Uint8Array>;
  rootAt(size: number): Promise<Hash>;
  inclusionProof(index: number): Promise<Hash[]>;
  consistencyProof(old: number): Promise<Hash[]>;
  /** What is needed to add entries behind the last one. */
  edge(): Promise<Edge>;
};

/** Tiles that stay in memory, those read last: 16 kB each. */
const KEPT = 256;

export function openLog(head: LogHead, read: ReadFile): LogReader {
  const { size, root } = head;
  const kept = new Map<string, Tree>();
  let rightEdge: Promise<Tree[]> | null = null;

  async function tree(level: number, index: number): Promise<Tree> {
    const it = tileOf(size, level, index);
    if (it.width < WIDTH) return (await (rightEdge ??= readRightEdge(head, read)))[level]!;
    const name = tilePath(it);
    const known = kept.get(name);
    if (known) return known;
    const above = await tree(level + 1, Math.floor(index / WIDTH));
    const found = treeOf(await readHashes(read, it));
    if (!equal(nodeIn(found, 8, 0), nodeIn(above, 0, index % WIDTH))) fault('E_TILE_HASH', `${name} is not what the tile above it says.`);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
    kept.set(name, found);
    return found;
  }

  async function subtree({ level, index }: Subtree): Promise<Hash> {
    const row = level % 8;
    const across = WIDTH / 2 ** row;
    return nodeIn(await tree(Math.floor(level / 8), Math.floor(index / across)), row, index % across);
  }

  async function range(it: Range): Promise<Hash> {
    const hashes: Hash[] = [];
    for (const part of subtrees(it)) hashes.push(await subtree(part));
    return foldRoot(hashes);
  }

  async function proof(ranges: readonly Range[]): Promise<Hash[]> {
    const hashes: Hash[] = [];
    for (const it of ranges) hashes.push(await range(it));
    return hashes;
  }

  async function bundle(index: number): Promise<Uint8Array[]> {
    const it = tileOf(size, 'entries', index);
    const [entries, leaves] = [await readBundle(read, it), await tree(0, index)];
    for (const [at, entry] of entries.entries()) checkLeaf(entry, index * WIDTH + at, nodeIn(leaves, 0, at));
    return entries;
  }

  async function entry(index: number): Promise<Uint8Array> {
    const leaf = await subtree({ level: 0, index });
    const found = (await readBundle(read, tileOf(size, 'entries', Math.floor(index / WIDTH))))[index % WIDTH]!;
    checkLeaf(found, index, leaf);
    return found;
  }

  return {
    size, root, bundle, entry,
    tile: async (level, index) => hashesIn(await tree(level, index)),
    leaf: async (index) => subtree({ level: 0, index }),
    rootAt: async (old) => (old === 0 ? EMPTY_ROOT : range([0, old])),
    inclusionProof: (index) => proof(inclusionRanges(index, size)),
    consistencyProof: (old) => proof(consistencyRanges(old, size)),
    async edge() {
      const levels = (await (rightEdge ??= readRightEdge(head, read))).map(hashesIn);
      return { size, levels, entries: size % WIDTH === 0 ? [] : await bundle(Math.floor(size / WIDTH)) };
    },
  };
}

/** The partial tiles by level; they alone make the root, so they are trusted together or not at all. */
async function readRightEdge({ size, root }: LogHead, read: ReadFile): Promise<Tree[]> {
  const levels: Tree[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / WIDTH)) {
    levels.push(treeOf(count % WIDTH === 0 ? new Uint8Array(0) : await readHashes(read, tileOf(size, level, Math.floor(count / WIDTH)))));
  }
  const parts = levels.toReversed().flatMap(partsIn);
  if (equal(parts.length > 0 ? foldRoot(parts) : EMPTY_ROOT, root)) return levels;
  return fault(size === 0 ? 'E_ROOT' : 'E_TILE_HASH', `The tiles at the right edge (${edgeNames(size).join(', ')}) do not make the root of ${entryCount(size)}.`);
}

function checkLeaf(entry: Uint8Array, index: number, leaf: Hash): void {
  if (!equal(leafHash(entry), leaf)) fault('E_LEAF_HASH', `Entry ${index} in ${tilePath({ level: 'entries', index: Math.floor(index / WIDTH), width: WIDTH })} is not the one that was logged.`);
}

/** The partial tiles of a size, which make its root. */
const edgeNames = (size: number): string[] => [...tilesOf(size)].filter((it) => it.level !== 'entries' && it.width < WIDTH).map(tilePath);

/** A partial tile may have given way to the full one, of which it is the beginning. */
async function readTile(read: ReadFile, it: Tile): Promise<{ bytes: Uint8Array; width: number } | null> {
  const bytes = await read(tilePath(it));
  if (bytes) return { bytes, width: it.width };
  const full = it.width < WIDTH ? await read(tilePath({ ...it, width: WIDTH })) : null;
  return full && { bytes: full, width: WIDTH };
}

async function readHashes(read: ReadFile, it: Tile): Promise<Uint8Array> {
  const found = (await readTile(read, it)) ?? fault('E_TILE_MISSING', `${tilePath(it)} is missing.`);
  if (found.bytes.length !== found.width * HASH_SIZE) fault('E_TILE_LEN', `${tilePath(it)} has ${found.bytes.length} bytes instead of ${found.width * HASH_SIZE}.`);
  return found.bytes.subarray(0, it.width * HASH_SIZE);
}

async function readBundle(read: ReadFile, it: Tile): Promise<Uint8Array[]> {
  const found = (await readTile(read, it)) ?? fault('E_BUNDLE_MISSING', `${tilePath(it)} is missing.`);
  return entriesOf(found.bytes, found.width, tilePath(it)).slice(0, it.width);
}
