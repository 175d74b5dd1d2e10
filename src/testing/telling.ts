/** What the bytes of a file betray of who made it, where, when and with what. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'abwab-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const EXIFTOOL = '/usr/bin/exiftool';

function tags(bytes: Buffer): Record<string, string> {
  const path = join(folder, randomUUID());
  writeFileSync(path, bytes);
  return JSON.parse(execFileSync(EXIFTOOL, ['-j', '-a', '-G1', '-s', '-ee', path], { encoding: 'utf8' }))[0];
}
const TELLING = /GPS|XMP|IPTC|EXIF|IFD|ICC|Make|Model|Serial|Author|Artist|Creator|Producer|Thumbnail|Comment|Copyright(?!Flag)|CreateDate|ModifyDate|DateTime/i;
const toldByExiftool = (bytes: Buffer) => Object.keys(tags(bytes)).filter((tag) => TELLING.test(tag) && !/^(System|File|ExifTool):/.test(tag));

/** The names of a picture's parts. */
function partsOf(bytes: Buffer): string[] {
  const names: string[] = [];
  if (bytes.toString('latin1', 0, 4) === 'RIFF') for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) & 1)) names.push(bytes.toString('latin1', at, at + 4));
  else for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) names.push(bytes[at + 1]!.toString(16));
  return names;
}
const PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH']);

/** What bytes betray of who made them: seen here on every machine, and by exiftool, which knows more, where it is there. */
export function telling(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const words = ['Exif\0', 'xmpmeta', 'ns.adobe.com', 'Photoshop 3.0', '/Author', '/Creator', '/Producer', '/CreationDate', '/ModDate'].filter((word) => text.includes(word));
  const parts = text.startsWith('RIFF') ? partsOf(bytes).filter((name) => !PICTURE.has(name)) : text.startsWith('\xff\xd8') ? partsOf(bytes).filter((name) => /^(e[1-9a-d]|fe)$/.test(name)) : [];
  const sound = text.startsWith('ID3') || text.slice(-128).startsWith('TAG') ? ['ID3'] : [];
  return [...words, ...parts, ...sound, ...(existsSync(EXIFTOOL) ? toldByExiftool(bytes) : [])];
}
