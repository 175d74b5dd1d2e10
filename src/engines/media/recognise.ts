/** What a file is, by its own first bytes: neither its name nor what the browser says about it counts. */
import { ascii, startsWith, u16, u32, u32le } from './bytes.ts';
import { isAdts } from './adts.ts';
import { hasEnd } from './jpeg.ts';
import { mp3FrameLength, skipId3 } from './mp3.ts';

export type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'pdf' | 'opus' | 'mp3' | 'aac' | 'mp4' | 'webm';

const AVIF = ['avif', 'avis'];
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'mif1', 'msf1'];
const MP4 = ['M4A ', 'M4B ', 'isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'dash', 'qt  ', '3gp4', '3gp5', '3gp6'];

/** The format, or null for everything that is not taken: SVG, HTML, archives, video containers of other kinds. */
export function recognise(bytes: Uint8Array): Format | null {
  if (u16(bytes, 0) === 0xffd8 && bytes[2] === 0xff) return 'jpeg';
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) return 'gif';
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'webp';
  if (startsWith(bytes, 0, '%PDF-')) return 'pdf';
  if (startsWith(bytes, 0, 'OggS')) return startsWith(bytes, 28, 'OpusHead') ? 'opus' : null;
  if (u32(bytes, 0) === 0x1a45dfa3) return ascii(bytes, 0, 64).includes('webm') ? 'webm' : null;
  if (startsWith(bytes, 4, 'ftyp')) return brand(bytes);
  const start = skipId3(bytes);
  if (isAdts(bytes, start)) return 'aac';
  return mp3FrameLength(bytes, start) > 0 ? 'mp3' : null;
}

/** The major brand decides; `mif1` is any HEIF, so that its compatible brands are asked too. */
function brand(bytes: Uint8Array): Format | null {
  const major = ascii(bytes, 8, 4);
  const compatible = ascii(bytes, 16, Math.min(u32(bytes, 0), 128) - 16).match(/.{4}/gs) ?? [];
  if (AVIF.includes(major) || (major === 'mif1' && compatible.some((it) => AVIF.includes(it)))) return 'avif';
  if (HEIC.includes(major)) return 'heic';
  return MP4.includes(major) ? 'mp4' : null;
}

/** False when the end of the file is missing, as after a broken upload. Formats without an end mark count as whole. */
export function isWhole(format: Format, bytes: Uint8Array): boolean {
  const tail = (length: number) => ascii(bytes, Math.max(0, bytes.length - length), length);
  switch (format) {
    case 'jpeg': return hasEnd(bytes);
    case 'png': return tail(65_536).includes('IEND');
    case 'webp': return bytes.length >= u32le(bytes, 4) + 8;
    case 'gif': return tail(64).includes(';');
    case 'pdf': return tail(2048).includes('%%EOF');
    default: return true;
  }
}
