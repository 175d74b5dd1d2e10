/**
 * WebM sound without metadata: what is not known to be needed becomes a Void element of the same length. Recorders in
 * browsers write segments and clusters of unknown size, which end where an element of the level above begins.
 * Source: RFC 8794 (EBML), RFC 9559 (Matroska).
 */
import { unreadable } from './bytes.ts';

const EBML = 0x1a45dfa3, SEGMENT = 0x18538067, INFO = 0x1549a966, TRACKS = 0x1654ae6b, TRACK = 0xae, TRACK_TYPE = 0x83, CLUSTER = 0x1f43b675, CUES = 0x1c53bb6b;
const BLOCK_GROUP = 0xa0;
const SOUND = 2;
const INSIDE = new Map<number, ReadonlySet<number>>([
  [0, new Set([EBML, SEGMENT])],
  // the seek head points at elements that may be gone: players search without it
  [SEGMENT, new Set([INFO, TRACKS, CLUSTER, CUES])],
  // scale and duration
  [INFO, new Set([0x2ad7b1, 0x4489])],
  [TRACKS, new Set([TRACK])],
  // number, uid, type, enabled, default, lacing, codec id and private data, delay, pre-roll, default duration, audio
  [TRACK, new Set([0xd7, 0x73c5, TRACK_TYPE, 0xb9, 0x88, 0x9c, 0x86, 0x63a2, 0x56aa, 0x56bb, 0x23e383, 0xe1])],
  // timestamp, position, previous size, blocks
  [CLUSTER, new Set([0xe7, 0xa7, 0xab, 0xa3, BLOCK_GROUP])],
  [BLOCK_GROUP, new Set([0xa1, 0x9b, 0xfb, 0x75a2])],
]);

export function cleanWebm(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice();
  const tracks: number[] = [];
  walk(result, 0, result.length, 0, tracks);
  if (tracks.length === 0 || tracks.some((type) => type !== SOUND)) return unreadable('not sound alone');
  return result;
}

/** Returns where it stopped: the end, or an element that belongs to the level above. */
function walk(bytes: Uint8Array, from: number, to: number, parent: number, tracks: number[]): number {
  const needed = INSIDE.get(parent)!;
  for (let at = from; at < to; ) {
    const it = element(bytes, at, to);
    if (parent === CLUSTER && INSIDE.get(SEGMENT)!.has(it.id)) return at;
    if (!needed.has(it.id)) voided(bytes, at, it.end);
    else if (it.id === TRACK_TYPE) tracks.push(bytes[it.end - 1]!);
    at = needed.has(it.id) && INSIDE.has(it.id) ? walk(bytes, it.data, it.end, it.id, tracks) : it.end;
  }
  return to;
}

function element(bytes: Uint8Array, at: number, to: number): { id: number; data: number; end: number } {
  const idLength = width(bytes[at]!, 4);
  const sizeAt = at + idLength;
  const sizeLength = width(bytes[sizeAt] ?? 0, 8);
  const data = sizeAt + sizeLength;
  if (data > to) return unreadable('an element without a size');
  const id = number(bytes, at, idLength);
  const size = number(bytes, sizeAt, sizeLength) - 2 ** (7 * sizeLength);
  const unknown = size === 2 ** (7 * sizeLength) - 1;
  if (unknown && id !== SEGMENT && id !== CLUSTER) return unreadable('an element of unknown size');
  // A recording that broke off ends in half a block, which is dropped with the rest of the reading.
  if (!unknown && data + size > to) return unreadable('an element reaches beyond its parent');
  return { id, data, end: unknown ? to : data + size };
}

function width(first: number, most: number): number {
  const found = Math.clz32(first) - 23;
  return first > 0 && found <= most ? found : unreadable('not an element');
}

function number(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let n = 0; n < length; n++) value = value * 256 + bytes[at + n]!;
  return value;
}

function voided(bytes: Uint8Array, at: number, end: number): void {
  const sizeLength = end - at - 2 < 127 ? 1 : 8;
  bytes.fill(0, at, end);
  bytes[at] = 0xec;
  let left = end - at - 1 - sizeLength;
  for (let place = at + sizeLength; place > at; place--) {
    bytes[place] = left % 256;
    left = Math.floor(left / 256);
  }
  bytes[at + 1]! |= sizeLength === 1 ? 0x80 : 0x01;
}
