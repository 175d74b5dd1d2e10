import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { idSchema, newId, parseId, randomId } from './ids.ts';

const times = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test('an id is a UUID of version 7 and carries its millisecond', () => {
  fc.assert(
    fc.property(times, (at) => {
      const id = newId<'entry'>(at);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at);
      expect(parseId(id)).toBe(id);
    }),
  );
});

test('ids of a later millisecond sort later', () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      fc.pre(a < b);
      expect(newId(a) < newId(b)).toBe(true);
    }),
  );
});

test('two ids of one millisecond differ', () => {
  const ids = Array.from({ length: 1000 }, () => newId(1_700_000_000_000));
  expect(new Set(ids).size).toBe(1000);
});

test('a time outside 48 bits is refused', () => {
  for (const at of [-1, 2 ** 48, 1.5, Number.NaN]) expect(() => newId(at)).toThrow(RangeError);
});

test.each(['', 'abc', '018f3a5e-0000-7000-8000-00000000000', "018f3a5e-0000-7000-8000-000000000000' or 1=1", '00000000-0000-0000-0000-000000000000'])(
  'text that is no id is refused: %s',
  (text) => {
    expect(parseId(text)).toBeNull();
    expect(v.safeParse(idSchema(), text).issues?.[0].message).toBe('not-an-id');
  },
);

test('upper case from outside is the same id', () => {
  const id = newId<'body'>();
  expect(parseId(id.toUpperCase())).toBe(id);
  expect(v.parse(idSchema<'body'>(), id.toUpperCase())).toBe(id);
});

test('a random id is an id, and does not carry its time', () => {
  for (let n = 0; n < 100; n++) {
    const id = randomId<'entry'>();
    expect(parseId(id)).toBe(id);
    expect(id[14]).toBe('4');
  }
});
