/**
 * Ogg Opus with empty comments: the comment packet (which may hold names, places and pictures) is replaced, the pages
 * behind it are numbered and summed anew. Source: RFC 3533 (pages), RFC 7845 (Opus in Ogg).
 */
import { joined, startsWith, unreadable, u32le } from './bytes.ts';

type Page = { bytes: Uint8Array; serial: number; continued: boolean; segments: Uint8Array; data: number };

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

export function cleanOpus(bytes: Uint8Array): Uint8Array {
  const pages = readPages(bytes);
  const head = pages[0];
  if (!head || !startsWith(head.bytes, head.data, 'OpusHead')) return unreadable('no opus head');
  if (pages.some((page) => page.serial !== head.serial)) return unreadable('more than one stream');
  const audio = pages.slice(1 + tagPages(pages));
  if (audio.length === 0 || audio[0]!.continued) return unreadable('no audio');
  return joined([head.bytes, emptyTags(head.serial), ...audio.map((page) => page.bytes)].map(numbered));
}

function readPages(bytes: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at + 27 <= bytes.length && startsWith(bytes, at, 'OggS'); ) {
    const count = bytes[at + 26]!;
    const segments = bytes.subarray(at + 27, at + 27 + count);
    const length = 27 + count + segments.reduce((sum, size) => sum + size, 0);
    // The last page of a recording that broke off is left out.
    if (at + length > bytes.length) break;
    pages.push({ bytes: bytes.slice(at, at + length), serial: u32le(bytes, at + 14), continued: (bytes[at + 5]! & 1) === 1, segments, data: 27 + count });
    at += length;
  }
  return pages;
}

/** How many pages the comment packet takes. Its end must be a page's end, as RFC 7845 demands. */
function tagPages(pages: readonly Page[]): number {
  if (!pages[1] || !startsWith(pages[1].bytes, pages[1].data, 'OpusTags')) return unreadable('no comments where they belong');
  for (let at = 1; at < pages.length; at++) {
    const end = pages[at]!.segments.findIndex((size) => size < 255);
    if (end >= 0 && end !== pages[at]!.segments.length - 1) return unreadable('audio on the page of the comments');
    if (end >= 0) return at;
  }
  return unreadable('comments without an end');
}

function emptyTags(serial: number): Uint8Array {
  const page = new Uint8Array(27 + 1 + 16);
  page.set([0x4f, 0x67, 0x67, 0x53]);
  new DataView(page.buffer).setUint32(14, serial, true);
  page[26] = 1;
  page[27] = 16;
  page.set(Array.from('OpusTags', (letter) => letter.charCodeAt(0)), 28);
  return page;
}

function numbered(page: Uint8Array, number: number): Uint8Array {
  const view = new DataView(page.buffer, page.byteOffset);
  view.setUint32(18, number, true);
  view.setUint32(22, 0, true);
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ TABLE[((sum >>> 24) ^ byte) & 0xff]!) >>> 0;
  view.setUint32(22, sum, true);
  return page;
}
