import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, toPage, totalOf, type CursorPart } from './page.ts';

const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((it) => it.toISOString());
const parts: Record<CursorPart, fc.Arbitrary<string | number>> = {
  id: fc.uuid({ version: [4, 7] }), text: fc.constantFrom('SY02', 'مدرسة الصاخور 🏫', ''), day: fc.oneof(fc.constant('infinity'), day.map((it) => it.slice(0, 10))), instant: day, count: fc.integer(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((it) => it + 0),
};
const keys = fc.array(fc.constantFrom(...(Object.keys(parts) as CursorPart[])), { minLength: 1, maxLength: 6 })
  .chain((shape) => fc.record({ shape: fc.constant(shape), key: fc.tuple(...shape.map((part) => parts[part])) }));

test('a cursor is read back as it was written, and fits an address', () => {
  fc.assert(
    fc.property(keys, ({ shape, key }) => {
      const text = encodeCursor(key);
      expect(text).toMatch(/^[\w-]+$/);
      expect(decodeCursor(text, shape)).toEqual(key);
      expect(decodeCursor(text, [...shape, 'id']), 'another shape').toBeNull();
    }),
    { examples: [[{ shape: ['count', 'number'], key: [-(2 ** 31), 0] }], [{ shape: ['count'], key: [2 ** 31 - 1] }]] },
  );
});

test.each<[CursorPart, string | number | null]>([
  ['id', 'x'], ['id', 7], ['id', "018f3a5e-0000-7000-8000-000000000000' or 1=1"], ['day', '2026-02-30'], ['day', 3], ['day', null], ['instant', '2026-01-01'], ['instant', 'T:Z'],
  ['count', 1.5], ['count', '1'], ['count', 2 ** 40], ['number', 'Infinity'], ['number', null],
])('what the database could not compare as %s is no cursor: %s', (part, value) => expect(decodeCursor(encodeCursor([value]), [part])).toBeNull());

const encoded = (json: string) => Buffer.from(json).toString('base64url');
test.each([
  '', 'x', '!!!', 'AA==', encoded('{}'), encoded('[]'), encoded('[[1]]'), encoded('[1e999]'), encoded('[true]'), encoded('["\\u0000"]'),
  encoded('["\\ud800"]'), encoded('[1,2,3,4,5,6,7]'), encoded('not json'), Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64url'),
  encoded(JSON.stringify(['x'.repeat(2000)])),
])('a forged or broken cursor is none: %s', (text) => expect(decodeCursor(text, ['count'])).toBeNull());

test.each<[CursorPart, string | number | null]>([
  ['instant', '2026-02-31T00:00:00.000Z'], ['instant', '0000-01-01T00:00:00.000Z'], ['instant', '2026-11-24'], ['instant', '2026-11-24T1:2:3Z'], ['day', '2026-02-30'], ['day', '0000-01-01'], ['count', 2 ** 31], ['count', 1.5], ['number', 1e300], ['id', 1], ['id', null],
])('no %s is read from what PostgreSQL would refuse: %s', (part, value) => expect(decodeCursor(encodeCursor([value]), [part])).toBeNull());

test('no text breaks reading', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(encoded)), (text) => void decodeCursor(text, ['number', 'id'])));
});

test('a key that could not be read back is not written', () => {
  for (const key of [[], [Number.NaN], ['\0'], ['x'.repeat(2000)]]) {
    expect(() => encodeCursor(key)).toThrow(RangeError);
  }
});

test('walking the pages shows every row once, in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (numbers, size) => {
      const rows = numbers.toSorted((a, b) => a - b);
      const seen: number[] = [];
      for (let next: string | null | undefined; next !== null; ) {
        const after = next === undefined ? -1 : Number(decodeCursor(next, ['count'])![0]);
        const page = toPage(rows.filter((row) => row > after).slice(0, size + 1), size, (row) => [row]);
        seen.push(...page.items);
        next = page.next;
      }
      expect(seen).toEqual(rows);
    }),
  );
});

test.each([
  [0, { count: 0, more: false }],
  [1000, { count: 1000, more: false }],
  [1001, { count: 1000, more: true }],
])('a count of %d', (counted, total) => expect(totalOf(counted)).toEqual(total));
