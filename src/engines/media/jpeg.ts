/** JPEG without comments and application segments, pixels untouched. Source: ITU-T T.81, annex B. */
import { joined, u16, unreadable } from './bytes.ts';

// JFIF, colour profile and Adobe's colour transform change how the picture looks; everything else tells about its maker.
const KEPT = new Set([0xe0, 0xe2, 0xee]);

export function cleanJpeg(bytes: Uint8Array): Uint8Array {
  const parts = [bytes.subarray(0, 2)];
  for (const it of segments(bytes)) {
    // From the first scan on there is only picture, up to the end mark; what was appended behind it is cut off.
    if (it.marker === 0xda) return joined([...parts, bytes.subarray(it.at, endMark(bytes, it.at) ?? bytes.length)]);
    const metadata = (it.marker >= 0xe0 && it.marker <= 0xef && !KEPT.has(it.marker)) || it.marker === 0xfe;
    if (!metadata) parts.push(bytes.subarray(it.at, it.end));
  }
  return unreadable('no picture');
}

/** Whether the picture itself has its end mark; that of a thumbnail inside, or of a movie behind it, does not count. */
export function hasEnd(bytes: Uint8Array): boolean {
  for (const it of segments(bytes)) if (it.marker === 0xda) return endMark(bytes, it.at) !== null;
  return false;
}

function* segments(bytes: Uint8Array): Generator<{ marker: number; at: number; end: number }> {
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return;
    const end = at + 2 + u16(bytes, at + 2);
    // Any number of fill bytes may stand before a marker.
    if (bytes[at + 1] !== 0xff) yield { marker: bytes[at + 1]!, at, end };
    at = bytes[at + 1] === 0xff ? at + 1 : end;
  }
}

function endMark(bytes: Uint8Array, from: number): number | null {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xd9) return at + 2;
  return null;
}
