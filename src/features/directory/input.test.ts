import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { BodyCodeSchema, BodyListSchema, BodySchema, LONGEST_NAME, PeriodSchema } from './input.ts';

const good = { kind: 'directorate', 'name-ar': 'مديرية المياه', 'name-en': '', 'name-ku': '', sectors: ['SRV'], phone: '' };
const problems = (values: object) => (v.safeParse(BodySchema, values).issues ?? []).map((it) => [v.getDotPath(it)?.split('.')[0], it.message]);

test.each([
  [{ ...good, kind: 'ministry' }, 'kind', 'invalid'], [{ ...good, 'name-ar': '' }, 'name-ar', 'required'], [{ ...good, 'name-ar': 'ا'.repeat(LONGEST_NAME + 1) }, 'name-ar', 'too-long'],
  [{ ...good, sectors: ["x'; drop"] }, 'sectors', 'invalid'], [{ ...good, phone: 'اتصل بنا' }, 'phone', 'not-a-phone'], [{ ...good, sectors: Array.from({ length: 21 }, () => 'SRV') }, 'sectors', 'too-many'],
])('%o is refused at %s as %s', (values, field, code) => {
  expect(problems(values)).toContainEqual([field, code]);
});

test('a phone in any digits is kept in Latin ones', () => {
  expect(v.parse(BodySchema, { ...good, phone: '٠٢١ ۲۲ 4455' }).phone).toBe('021 22 4455');
});

test.each([['Water-2', 'water-2'], [' health ', 'health']])('the code %s is kept as %s', (given, kept) => {
  expect(v.parse(BodyCodeSchema, given)).toBe(kept);
});
test.each(['', 'ماء', 'a', 'a b', '../x', 'x'.repeat(61)])('%o is no code', (given) => {
  expect(v.is(BodyCodeSchema, given)).toBe(false);
});

test('whatever an address carries, a list is shown', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('q', 'kind', 'sector', 'after'), fc.string({ unit: 'binary' })), fc.string(), (query, period) => {
    const it = v.parse(BodyListSchema, query);
    expect(it.sector).toMatch(/^[A-Z0-9.]{0,20}$/);
    expect(['year', 'months', 'all']).toContain(v.parse(PeriodSchema, period));
  }));
});
