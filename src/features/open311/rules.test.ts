import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePoints } from '#kernel/text-limits.ts';
import { readServiceCode, serviceCode, SERVICE_KINDS } from './model.ts';
import { cut, describe, momentIn, readMoment, readRange, titleFrom } from './rules.ts';

const ZONE = 'Asia/Damascus';
const moments = fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-01-01T00:00:00Z'), noInvalidDate: true }).map((it) => new Date(Math.floor(it.getTime() / 1000) * 1000));

test('a moment with its zone is read back as the same moment, whatever the zone', () => {
  fc.assert(fc.property(moments, fc.constantFrom(ZONE, 'UTC', 'America/St_Johns', 'Asia/Kathmandu'), (at, zone) => {
    const text = momentIn(at, zone);
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(readMoment(text, 'UTC')).toEqual(at);
  }));
  expect(momentIn(new Date('2026-11-24T09:00:00Z'), ZONE)).toBe('2026-11-24T12:00:00+03:00');
});

test.each([
  ['2026-11-01', '2026-10-31T21:00:00.000Z'], ['2026-11-01T09:30:00Z', '2026-11-01T09:30:00.000Z'], ['2026-11-01T09:30:00 03:00', '2026-11-01T06:30:00.000Z'], ['2026-11-01T12:00', '2026-11-01T09:00:00.000Z'],
  ['yesterday', null], ['2026-13-01', null], ['2026-02-30', null], ['2026-02-30T10:00:00Z', null], ['0000-01-01', null], ['', null], ['2026-11-01T25:00:00Z', null],
])('%s', (text, expected) => expect(readMoment(text, ZONE)?.toISOString() ?? null).toBe(expected));

test('ninety days from either end, never more, never backwards', () => {
  const now = new Date('2026-11-24T09:00:00Z');
  expect(readRange(null, null, now, ZONE)).toEqual({ since: '2026-08-27', until: '2026-11-24' });
  expect(readRange(readMoment('2026-01-01', ZONE), null, now, ZONE)).toEqual({ since: '2026-01-01', until: '2026-04-01' });
  expect(readRange(null, readMoment('2026-04-01', ZONE), now, ZONE)).toEqual({ since: '2026-01-01', until: '2026-04-01' });
  expect(readRange(readMoment('2026-01-01', ZONE), readMoment('2026-06-01', ZONE), now, ZONE)).toBeNull();
  expect(readRange(readMoment('2026-06-01', ZONE), readMoment('2026-01-01', ZONE), now, ZONE)).toBeNull();
  fc.assert(fc.property(fc.option(moments), fc.option(moments), (start, end) => {
    const range = readRange(start, end, now, ZONE);
    if (range) expect((Date.parse(range.until) - Date.parse(range.since)) / 86_400_000).toBeLessThanOrEqual(91);
  }));
});

test('a title is the first sentence, short enough for a list', () => {
  expect(titleFrom('المصابيح مكسورة في شارعنا. نمشي في الظلام كل ليلة.')).toBe('المصابيح مكسورة في شارعنا');
  expect(titleFrom('لا ماء؟\nمنذ ثلاثة أيام')).toBe('لا ماء');
  fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), (text) => { expect(codePoints(titleFrom(text))).toBeLessThanOrEqual(120); }));
});

test('a description says its title once, within the limit of the standard', () => {
  expect(describe('لا ماء', 'لا ماء منذ ثلاثة أيام')).toBe('لا ماء منذ ثلاثة أيام');
  expect(describe('لا ماء', 'منذ ثلاثة أيام')).toBe('لا ماء\nمنذ ثلاثة أيام');
  expect(codePoints(describe('عنوان', 'كلمة '.repeat(2000)))).toBeLessThanOrEqual(4000);
  expect(cut('abc', 3)).toBe('abc');
});

test('codes of services are read back, and nothing else is one', () => {
  for (const kind of SERVICE_KINDS) for (const sector of [null, 'SRV', 'EDU']) expect(readServiceCode(serviceCode({ kind, sector }))).toEqual({ kind, sector });
  for (const code of ['complaint', 'complaint-SRV', '', 'need-', 'need-SRV.1', 'NEED', 'need-srv', '__proto__']) expect(readServiceCode(code)).toBeNull();
});
