/** AAC in ADTS frames: only whole frames are kept, tags before, between and behind them are not. Source: ISO/IEC 13818-7. */
import { joined, u16, unreadable } from './bytes.ts';
import { skipId3 } from './mp3.ts';

export function isAdts(bytes: Uint8Array, at: number): boolean {
  const length = frameLength(bytes, at);
  return length > 0 && (at + length === bytes.length || frameLength(bytes, at + length) > 0);
}

function frameLength(bytes: Uint8Array, at: number): number {
  if ((u16(bytes, at) & 0xfff6) !== 0xfff0 || at + 7 > bytes.length) return 0;
  const length = ((bytes[at + 3]! & 0x03) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length >= 7 && at + length <= bytes.length ? length : 0;
}

export function cleanAdts(bytes: Uint8Array): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let at = skipId3(bytes), length; (length = frameLength(bytes, at)) > 0; at += length) frames.push(bytes.subarray(at, at + length));
  return frames.length > 0 ? joined(frames) : unreadable('no frames');
}
