/** Small sound files built byte by byte for tests, each with something in it that tells about its maker. */
import { joined } from './bytes.ts';

export const SECRET = 'Um Ahmad, Jib al-Qubbeh';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const le32 = (value: number): Uint8Array => Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255);
const be32 = (value: number): Uint8Array => le32(value).reverse();

export function id3(): Uint8Array {
  const frame = joined([text('TPE1'), be32(SECRET.length + 1), Uint8Array.of(0, 0, 3), text(SECRET)]);
  return joined([text('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 0, frame.length), frame]);
}

/** Two frames of 32 kb/s MPEG-1 Layer III between an ID3v2 and an ID3v1 tag. */
export function mp3(): Uint8Array {
  const frame = new Uint8Array(104).fill(0x55);
  frame.set([0xff, 0xfb, 0x10, 0xc4]);
  return joined([id3(), frame, frame, text(`TAG${SECRET}`.padEnd(128, ' '))]);
}

export function adts(): Uint8Array {
  const frame = new Uint8Array(40).fill(0x21);
  frame.set([0xff, 0xf1, 0x50, 0x80, 40 >> 3, ((40 & 7) << 5) | 0x1f, 0xfc]);
  return joined([id3(), frame, frame, text(SECRET)]);
}

function oggPage(flags: number, number: number, packets: Uint8Array[]): Uint8Array {
  const segments = packets.flatMap((packet) => [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const granule = new Uint8Array(8);
  return joined([text('OggS'), Uint8Array.of(0, flags), granule, le32(77), le32(number), le32(0), Uint8Array.of(segments.length, ...segments), ...packets]);
}

export function opus(): Uint8Array {
  const head = joined([text('OpusHead'), Uint8Array.of(1, 1, 0x38, 1), le32(48_000), Uint8Array.of(0, 0, 0)]);
  const comment = `ARTIST=${SECRET}`;
  const tags = joined([text('OpusTags'), le32(5), text('maker'), le32(1), le32(comment.length), text(comment)]);
  return joined([oggPage(2, 0, [head]), oggPage(0, 1, [tags]), oggPage(0, 2, [new Uint8Array(60).fill(9), new Uint8Array(300).fill(8)]), oggPage(4, 3, [new Uint8Array(40).fill(7)])]);
}

const box = (kind: string, ...parts: Uint8Array[]): Uint8Array => {
  const body = joined(parts);
  return joined([be32(body.length + 8), text(kind), body]);
};

export function mp4(handler = 'soun'): Uint8Array {
  const dated = joined([be32(0), be32(3_900_000_000), be32(3_900_000_000), be32(1000), be32(5000)]);
  const track = box('trak', box('tkhd', dated), box('mdia', box('mdhd', dated), box('hdlr', be32(0), be32(0), text(handler), new Uint8Array(12), text(SECRET)), box('minf', box('stbl', box('stco', be32(0), be32(1), be32(400))))));
  return joined([box('ftyp', text('M4A '), be32(0), text('M4A mp42')), box('moov', box('mvhd', dated), track, box('udta', box('\u00a9xyz'.slice(1).padStart(4, 'x'), text(SECRET)))), box('uuid', text(SECRET)), box('mdat', new Uint8Array(64).fill(3))]);
}

const element = (id: number[], ...parts: Uint8Array[]): Uint8Array => {
  const body = joined(parts);
  return joined([Uint8Array.from(id), Uint8Array.of(0x40 | (body.length >> 8), body.length & 255), body]);
};

/** Segment and clusters of unknown size, as browsers record. */
export function webm(type = 2): Uint8Array {
  const info = element([0x15, 0x49, 0xa9, 0x66], element([0x2a, 0xd7, 0xb1], Uint8Array.of(15, 66, 64)), element([0x44, 0x61], new Uint8Array(8).fill(1)), element([0x7b, 0xa9], text(SECRET)), element([0x57, 0x41], text(SECRET)));
  const tracks = element([0x16, 0x54, 0xae, 0x6b], element([0xae], element([0xd7], Uint8Array.of(1)), element([0x83], Uint8Array.of(type)), element([0x86], text('A_OPUS')), element([0x53, 0x6e], text(SECRET))));
  const tags = element([0x12, 0x54, 0xc3, 0x67], element([0x73, 0x73], text(SECRET.repeat(9))));
  const cluster = joined([Uint8Array.of(0x1f, 0x43, 0xb6, 0x75, 0x01, 255, 255, 255, 255, 255, 255, 255), element([0xe7], Uint8Array.of(0)), element([0xa3], new Uint8Array(50).fill(5))]);
  return joined([element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], text('webm'))), Uint8Array.of(0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255), info, tracks, cluster, tags, cluster]);
}
