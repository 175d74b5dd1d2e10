/** The address of a number as a drawing that a phone reads from paper: the number only, never a private key. */
import { crc32, deflateSync } from 'node:zlib';
import QRCode from 'qrcode';

/** `path` is drawn with strokes of width one on a square of `size`, a stroke for each run of dark modules. */
export type QrDrawing = { size: number; path: string };

/** Drawing one costs as much as the rest of a page, and the pages of a day show the same ones. */
const MOST_DRAWN = 500;
const drawn = new Map<string, QrDrawing>();

export function drawQr(text: string): QrDrawing {
  let it = drawn.get(text);
  if (it) return it;
  drawn.set(text, (it = draw(text)));
  if (drawn.size > MOST_DRAWN) drawn.delete(drawn.keys().next().value!);
  return it;
}

function draw(text: string): QrDrawing {
  const { modules: { size, data } } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < size; at++) {
      if (!data[row * size + at]) continue;
      const from = at;
      while (at < size && data[row * size + at]) at++;
      path += `M${from} ${row}.5h${at - from}`;
    }
  }
  return { size, path };
}

/** What a phone still reads from the glass of another: more bytes make the squares too small. */
const MOST_BYTES = 2_300;
const [QUIET, SCALE] = [4, 4];

/** The first of these texts that fits, as a black and white PNG: long texts weigh less so than as a drawing. */
export function qrPicture(texts: readonly string[]): Buffer {
  const text = texts.find((it) => Buffer.byteLength(it) <= MOST_BYTES) ?? texts.at(-1)!;
  const { modules: { size, data } } = QRCode.create(text, { errorCorrectionLevel: 'L' });
  const side = (size + 2 * QUIET) * SCALE;
  const stride = 1 + Math.ceil(side / 8);
  const rows = Buffer.alloc(stride * side, 0xff);
  for (let y = 0; y < side; y++) {
    rows[y * stride] = 0;
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / SCALE) - QUIET, Math.floor(x / SCALE) - QUIET];
      if (row >= 0 && column >= 0 && row < size && column < size && data[row * size + column]) rows[y * stride + 1 + (x >> 3)]! &= ~(0x80 >> (x & 7));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
