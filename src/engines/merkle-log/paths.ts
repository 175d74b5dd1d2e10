/** Where a log keeps what: addresses of tiles and entry bundles, and which of them a log of a given size has. */
import { entryCount, fault } from './error.ts';

/** Hashes in a full tile, and entries in a full bundle. */
export const WIDTH = 256;
export const HIGHEST_LEVEL = 63;

/** `level` is a number, or `entries` for a bundle; `width` counts hashes or entries, 256 when full. */
export type Tile = { level: number | 'entries'; index: number; width: number };

/** Groups of three digits, all but the last behind an x: 1234067 is x001/x234/067. */
export function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}

export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${width < WIDTH ? `.p/${width}` : ''}`;
}

const PATH = /^tile\/(entries|0|[1-5]\d?|6[0-3]?|[7-9])\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Null when the text is no address of a tile or bundle, or not the one way to write it. */
export function parseTilePath(path: string): Tile | null {
  const found = PATH.exec(path);
  if (!found) return null;
  const [, level, index, width] = found;
  const tile: Tile = { level: level === 'entries' ? 'entries' : Number(level), index: Number(index!.replace(/[x/]/g, '')), width: width ? Number(width) : WIDTH };
  return tilePath(tile) === path && (!width || tile.width < WIDTH) ? tile : null;
}

/** How many hashes stand at a tile level of a log with `size` entries: the roots of its full trees of 256^level leaves. */
export function hashesAt(size: number, level: number): number {
  let count = size;
  for (let at = 0; at < level; at++) count = Math.floor(count / WIDTH);
  return count;
}

/** The tile as a log of this size serves it: full, or partial at the right edge. */
export function tileOf(size: number, level: number | 'entries', index: number): Tile {
  const count = hashesAt(size, level === 'entries' ? 0 : level) - index * WIDTH;
  if (count <= 0) return fault('E_TILE_MISSING', `A log of ${entryCount(size)} has no tile ${index} at level ${level}.`);
  return { level, index, width: Math.min(WIDTH, count) };
}

/** Every tile and bundle of a log, level by level, bundles last. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / WIDTH)) yield* row(level, count);
  yield* row('entries', size);
}

function* row(level: number | 'entries', count: number): Generator<Tile> {
  for (let index = 0; index * WIDTH < count; index++) yield { level, index, width: Math.min(WIDTH, count - index * WIDTH) };
}
