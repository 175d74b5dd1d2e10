import { describe, expect, test } from 'vitest';
import { cleanVoice, recognise, Unreadable, type VoiceFormat } from './index.ts';
import { adts, mp3, mp4, opus, SECRET, webm } from './samples.ts';

const VOICES: [VoiceFormat, Uint8Array][] = [['mp3', mp3()], ['aac', adts()], ['opus', opus()], ['mp4', mp4()], ['webm', webm()]];
const holds = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);

describe.each(VOICES)('%s', (format, bytes) => {
  test('is known by its bytes', () => expect(recognise(bytes)).toBe(format));

  test('loses what tells about its maker and stays what it is', () => {
    expect(holds(bytes, 'Ahmad')).toBe(true);
    const clean = cleanVoice(format, bytes);
    expect(holds(clean, 'Ahmad')).toBe(false);
    expect(recognise(clean)).toBe(format);
    expect(cleanVoice(format, clean)).toEqual(clean);
  });

  test('cut anywhere, it is cleaned or refused, never passed on with its tags', () => {
    for (let length = 1; length < bytes.length; length++) {
      try {
        expect(holds(cleanVoice(format, bytes.slice(0, length)), SECRET)).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(Unreadable);
      }
    }
  });
});

test('sound is kept frame by frame', () => {
  expect(cleanVoice('mp3', mp3())).toHaveLength(208);
  expect(cleanVoice('aac', adts())).toHaveLength(80);
});

test('an Ogg page behind new comments is numbered and summed anew', () => {
  const clean = cleanVoice('opus', opus());
  const pages = Buffer.from(clean).toString('latin1').split('OggS').slice(1);
  expect(pages.map((page) => page.charCodeAt(14))).toEqual([0, 1, 2, 3]);
  // the sum of the one page that is the same in every installation, computed with opusinfo's algorithm
  expect(Buffer.from(clean).subarray(0, 4).toString()).toBe('OggS');
  expect(crcOf(clean)).toBe(true);
});

/** Every page's sum, taken bit by bit. */
function crcOf(bytes: Uint8Array): boolean {
  const starts = [...Buffer.from(bytes).toString('latin1').matchAll(/OggS/g)].map((match) => match.index);
  return starts.every((start, at) => {
    const page = bytes.slice(start, starts[at + 1] ?? bytes.length);
    const wanted = new DataView(page.buffer).getUint32(22, true);
    page.fill(0, 22, 26);
    let sum = 0;
    for (const byte of page) {
      sum ^= byte << 24;
      for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
    }
    return sum >>> 0 === wanted;
  });
}

test('no offset moves in an MP4: it keeps its length and its sound its place', () => {
  const [before, after] = [mp4(), cleanVoice('mp4', mp4())];
  expect(after).toHaveLength(before.length);
  expect(Buffer.from(after).indexOf('mdat')).toBe(Buffer.from(before).indexOf('mdat'));
});

test('moving pictures are refused', () => {
  expect(() => cleanVoice('mp4', mp4('vide'))).toThrow(Unreadable);
  expect(() => cleanVoice('webm', webm(1))).toThrow(Unreadable);
});

test('what is not taken is not recognised', () => {
  const texts = ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html><script>', 'PK\u0003\u0004', '\u007fELF', 'MZ', '', 'ID3', 'OggS', '\n%PDF-1.7'];
  for (const text of texts) expect(recognise(Buffer.from(text, 'latin1')), text).toBeNull();
});
