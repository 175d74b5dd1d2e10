/** A log in memory, for tests. */
import { addEntries, EMPTY_EDGE, rootOf, type Edge } from './grow.ts';
import { tilePath, tilesOf } from './paths.ts';
import type { Hash } from './hash.ts';
import type { ReadFile } from './reader.ts';

export type TestLog = { size: number; root: Hash; files: Map<string, Uint8Array>; edge: Edge; read: ReadFile };

/** Grows in the given steps, so that partial tiles of every size on the way are there too. */
export function makeLog(entries: readonly Uint8Array[], steps: readonly number[] = [entries.length]): TestLog {
  const files = new Map<string, Uint8Array>();
  let edge: Edge = EMPTY_EDGE;
  for (const size of steps) {
    const grown = addEntries(edge, entries.slice(edge.size, size));
    edge = grown.edge;
    for (const file of grown.files) files.set(file.path, file.bytes);
  }
  return { size: edge.size, root: rootOf(edge), files, edge, read: async (path) => files.get(path) ?? null };
}

/** The files that a log of this size needs, and no other. */
export const pathsOf = (size: number): string[] => [...tilesOf(size)].map(tilePath);
