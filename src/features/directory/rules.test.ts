import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type PlainDate } from '#kernel/working-days.ts';
import { periodStart, shareOf } from './rules.ts';

test.each([
  ['year', '2026-11-24', '2026-01-01'], ['year', '2026-01-01', '2026-01-01'], ['months', '2026-11-24', '2025-11-24'],
  ['months', '2028-02-29', '2027-03-01'], ['months', '2026-01-01', '2025-01-01'], ['all', '2026-11-24', null],
] as const)('%s on %s begins on %s', (period, today, begins) => {
  expect(periodStart(period, today as PlainDate)).toBe(begins);
});

test('twelve months are 365 or 366 days, on every day of a century', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 36_500 }), (days) => {
    const today = addDays('2000-01-01' as PlainDate, days);
    const begins = periodStart('months', today)!;
    expect([365, 366]).toContain(Math.round((Date.parse(today) - Date.parse(begins)) / 86_400_000));
  }));
});

test('no share is told of fewer than ten, and never more than all', () => {
  expect(shareOf(9, 9)).toBeNull();
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(5, 10)).toBe(0.5);
  fc.assert(fc.property(fc.nat(500), fc.nat(500), (count, more) => {
    const share = shareOf(count, count + more);
    expect(share === null || (share >= 0 && share <= 1)).toBe(true);
  }));
});
