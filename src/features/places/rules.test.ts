import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type PlainDate } from '#kernel/working-days.ts';
import { isNear, mayBeHoliday, movedTo, reachOf, runAround } from './rules.ts';

const date = (text: string) => text as PlainDate;
const day = fc.integer({ min: 0, max: 1_000 }).map((days) => addDays(date('2026-01-01'), days));

test.each([
  [['2026-03-20', '2026-03-21', '2026-03-22', '2027-03-09'], '2026-03-21', ['2026-03-20', '2026-03-21', '2026-03-22']],
  [['2026-03-20', '2026-03-22'], '2026-03-20', ['2026-03-20']], [['2026-12-31', '2027-01-01'], '2027-01-01', ['2026-12-31', '2027-01-01']], [['2026-03-20'], '2026-03-21', []], [[], '2026-03-21', []],
])('of %o the run around %s is %o', (days, around, run) => {
  expect(runAround(days.map(date), date(around))).toEqual(run);
});

test('a run has no gap, holds the day, and has the same length wherever it moves', () => {
  fc.assert(fc.property(fc.array(day, { maxLength: 40 }), day, day, (days, around, to) => {
    const run = runAround(days, around);
    expect(run.includes(around)).toBe(days.includes(around));
    for (const [at, one] of run.entries()) if (at > 0) expect(one).toBe(addDays(run[at - 1]!, 1));
    const moved = movedTo(run, to);
    expect(moved).toHaveLength(run.length);
    if (run.length > 0) expect([moved[0], runAround(moved, to)]).toEqual([to, moved]);
  }));
});

test('a feast moves by three days at most, a day without work is at most three years ahead', () => {
  expect([-4, -3, 0, 3, 4].map((days) => isNear(date('2027-03-09'), addDays(date('2027-03-09'), days)))).toEqual([false, true, true, true, false]);
  expect(['2024-01-01', '2025-12-01', '2028-01-01', '2031-01-01'].map((text) => mayBeHoliday(date(text), date('2026-11-24')))).toEqual([false, true, true, false]);
});

test.each([
  [[], null, false, 0], [['2026-12-25'], '2026-12-25', false, 0], [['2027-01-23'], '2027-01-23', true, 0], [['2027-01-22'], '2027-01-22', false, 0],
  [['2027-05-16*', '2026-12-08*', '2026-11-01*', '2026-08-25*'], '2027-05-16', true, 2],
])('on 24 November the list %o reaches to %s', (days, until, enough, unconfirmed) => {
  const list = days.map((day) => ({ day: date(day.replace('*', '')), expected: day.endsWith('*') }));
  expect(reachOf(list, date('2026-11-24'))).toEqual({ until, enough, unconfirmed });
});
