/**
 * MP3 without tags: of the whole file only consecutive MPEG audio frames are kept, so that ID3v1, ID3v2, APE and Lyrics3
 * fall away without being understood. Source: ISO/IEC 11172-3, ID3v2.4 (lengths in seven-bit bytes).
 */
import { joined, startsWith, u16, unreadable } from './bytes.ts';

const V1_LAYER3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const V2_LAYER3 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const RATES = [44_100, 48_000, 32_000, 0];

/** Where the first frame should be, behind any number of ID3v2 tags. */
export function skipId3(bytes: Uint8Array): number {
  let at = 0;
  while (startsWith(bytes, at, 'ID3')) {
    const size = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + ((bytes[at + place] ?? 0) & 0x7f), 0);
    at += 10 + size + (((bytes[at + 5] ?? 0) & 0x10) !== 0 ? 10 : 0);
  }
  return at;
}

/** The length of the Layer III frame that begins here and lies wholly inside the file, or 0. */
export function mp3FrameLength(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length || (u16(bytes, at) & 0xffe6) !== 0xffe2) return 0;
  const version = (bytes[at + 1]! >> 3) & 3;
  if (version === 1) return 0;
  const first = version === 3;
  const bitrate = (first ? V1_LAYER3 : V2_LAYER3)[bytes[at + 2]! >> 4]!;
  const rate = RATES[(bytes[at + 2]! >> 2) & 3]! / (first ? 1 : version === 2 ? 2 : 4);
  if (bitrate === 0 || rate === 0) return 0;
  const length = Math.floor(((first ? 144_000 : 72_000) * bitrate) / rate) + ((bytes[at + 2]! >> 1) & 1);
  return at + length <= bytes.length ? length : 0;
}

export function cleanMp3(bytes: Uint8Array): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let at = skipId3(bytes), length; (length = mp3FrameLength(bytes, at)) > 0; at += length) frames.push(bytes.subarray(at, at + length));
  return frames.length > 0 ? joined(frames) : unreadable('no frames');
}
