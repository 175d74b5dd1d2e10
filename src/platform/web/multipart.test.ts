import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundaryOf, readMultipart, type Bounds, type Part } from './multipart.ts';

const BOUNDS: Bounds = { text: 1_000, file: 64, files: 3, parts: 20 };

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function sent(form: FormData): Promise<{ bytes: Buffer; boundary: string }> {
  const request = new Request('http://x', { method: 'POST', body: form });
  return { boundary: boundaryOf(request.headers.get('content-type'))!, bytes: Buffer.from(await request.arrayBuffer()) };
}

const text = (parts: Part[], name: string) => parts.filter((it) => it.name === name).map((it) => it.bytes.toString());

test('whatever is typed comes through as it was typed, however it is cut on its way', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 6 }), fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 400 }),
    async (typed, file, size) => {
      const form = new FormData();
      for (const [name, value] of typed) form.append(name, value);
      form.append('photo', new Blob([file], { type: 'image/jpeg' }), 'a.jpg');
      const { bytes, boundary } = await sent(form);
      const parts = await readMultipart(inPieces(bytes, size), boundary, BOUNDS);
      const native = [...(await new Response(new Uint8Array(bytes), { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }).formData())];
      expect(parts.slice(0, -1).map((it) => [it.name, it.bytes.toString()])).toEqual(native.slice(0, -1));
      expect(parts.at(-1)).toMatchObject({ name: 'photo', file: true, type: 'image/jpeg', bytes: Buffer.from(file) });
    }));
});

test('a file that is too large is read past, and the words behind it are there', async () => {
  const form = new FormData();
  form.append('photo', new Blob([new Uint8Array(5_000).fill(45)]), 'a.jpg');
  form.append('served', 'سكان الشارع');
  const { bytes, boundary } = await sent(form);
  const parts = await readMultipart(inPieces(bytes, 97), boundary, BOUNDS);
  expect(parts[0]!.bytes).toHaveLength(BOUNDS.file);
  expect(text(parts, 'served')).toEqual(['سكان الشارع']);
});

test('of many files only the first are kept, of many parts only so many read', async () => {
  const form = new FormData();
  for (let at = 0; at < 30; at++) form.append('photo', new Blob(['abc']), 'a.jpg');
  const { bytes, boundary } = await sent(form);
  const parts = await readMultipart(inPieces(bytes, 50), boundary, BOUNDS);
  expect(parts).toHaveLength(BOUNDS.parts);
  expect(parts.filter((it) => it.bytes.length > 0)).toHaveLength(BOUNDS.files);
});

test('the whole body is read, also behind the end: letting go of it would cut the line', async () => {
  const form = new FormData();
  form.append('a', '1');
  const { bytes, boundary } = await sent(form);
  let read = 0;
  async function* watched() {
    for await (const piece of inPieces(Buffer.concat([bytes, Buffer.alloc(500)]), 9)) { yield piece; read += piece.length; }
  }
  expect(text(await readMultipart(watched(), boundary, BOUNDS), 'a')).toEqual(['1']);
  expect(read).toBe(bytes.length + 500);
});

test('what is cut off, not a form, or made up does no harm', async () => {
  const form = new FormData();
  form.append('a', '1');
  form.append('b', '2');
  const { bytes, boundary } = await sent(form);
  expect(text(await readMultipart(inPieces(bytes.subarray(0, bytes.length - 30), 7), boundary, BOUNDS), 'a')).toEqual(['1']);
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (noise, size) => {
    expect(await readMultipart(inPieces(Buffer.from(noise), size), 'x', BOUNDS)).toEqual([]);
  }));
  for (const type of [null, '', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded']) expect(boundaryOf(type)).toBe(null);
});
