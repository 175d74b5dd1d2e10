/**
 * MP4 sound without metadata. A box that is not known to be needed becomes a `free` box of the same length filled with
 * zeros, so that no offset moves; creation times are zeroed. Files with anything but sound tracks are refused.
 * Source: ISO/IEC 14496-12.
 */
import { ascii, u32, unreadable } from './bytes.ts';

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'dinf', 'edts', 'mvex', 'moof', 'traf', 'mfra']);
const NEEDED = new Set([
  'ftyp', 'styp', 'mdat', 'mvhd', 'tkhd', 'elst', 'mdhd', 'hdlr', 'smhd', 'nmhd', 'dref', 'stsd', 'stts', 'ctts', 'stsc', 'stsz', 'stz2', 'stco', 'co64',
  'stss', 'sgpd', 'sbgp', 'mehd', 'trex', 'mfhd', 'tfhd', 'tfdt', 'trun', 'sidx', 'tfra', 'mfro',
]);
const DATED = new Set(['mvhd', 'tkhd', 'mdhd']);

export function cleanMp4(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice();
  const handlers: string[] = [];
  walk(result, 0, result.length, handlers);
  if (handlers.length === 0 || handlers.some((it) => it !== 'soun')) return unreadable('not sound alone');
  return result;
}

function walk(bytes: Uint8Array, from: number, to: number, handlers: string[]): void {
  for (let at = from; at < to; ) {
    const { size, header } = measure(bytes, at, to);
    const kind = ascii(bytes, at + 4, 4);
    if (CONTAINERS.has(kind)) walk(bytes, at + header, at + size, handlers);
    else if (!NEEDED.has(kind)) blank(bytes, at, size, header);
    else if (DATED.has(kind)) undate(bytes, at + header);
    else if (kind === 'hdlr') handlers.push(handler(bytes, at + header, at + size));
    at += size;
  }
}

function measure(bytes: Uint8Array, at: number, to: number): { size: number; header: number } {
  const short = u32(bytes, at);
  const header = short === 1 ? 16 : 8;
  const size = short === 0 ? to - at : short === 1 ? u32(bytes, at + 8) * 2 ** 32 + u32(bytes, at + 12) : short;
  if (size < header || at + size > to) return unreadable('a box reaches beyond its container');
  return { size, header };
}

function blank(bytes: Uint8Array, at: number, size: number, header: number): void {
  bytes.set([0x66, 0x72, 0x65, 0x65], at + 4);
  bytes.fill(0, at + header, at + size);
}

/** Creation and modification time, in the short or the long form. */
function undate(bytes: Uint8Array, at: number): void {
  bytes.fill(0, at + 4, at + 4 + (bytes[at] === 1 ? 16 : 8));
}

/** The handler's kind; its name, which tells the device, is emptied. */
function handler(bytes: Uint8Array, at: number, end: number): string {
  bytes.fill(0, Math.min(at + 24, end), end);
  return ascii(bytes, at + 8, 4);
}
