import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays, addWorkingDays, dueDate, endOfLocalDay, isWorkingDay, localDate, parseDate, remainingWorkingDays, weekday, workingDaysBetween,
  type Calendar, type Clock, type PlainDate,
} from './working-days.ts';

const zone = 'Asia/Damascus';
const aleppo: Calendar = {
  weekend: [5, 6],
  holidays: new Set(['2026-03-20', '2026-03-21', '2026-03-22', '2026-04-05', '2026-04-12']),
  zone,
};
const on = (text: string) => parseDate(text)!;
const clock = (started: string, changes: Partial<Clock> = {}): Clock => ({ started: on(started), days: 15, pauses: [], extension: 0, ...changes });
const pause = (from: string, to: string | null) => ({ from: on(from), to: to === null ? null : on(to) });

describe('dates', () => {
  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '0001-01-01', '2026-01-01T00:00', '٢٠٢٦-٠١-٠١', ''])('%s is no date', (text) => {
    expect(parseDate(text)).toBeNull();
  });
  test('the days of the week are those of the calendar', () => {
    expect(weekday(on('2026-03-19'))).toBe(4);
    expect(['2026-03-19', '2026-03-20', '2026-03-22', '2026-03-23'].map((d) => isWorkingDay(aleppo, on(d)))).toEqual([true, false, false, true]);
  });
  test('adding days crosses months and leap days', () => {
    expect(addDays(on('2028-02-28'), 2)).toBe('2028-03-01');
    expect(addDays(on('2026-01-01'), -1)).toBe('2025-12-31');
  });
});

describe('instants', () => {
  test.each([
    ['2026-03-19T20:59:59.999Z', '2026-03-19'],
    ['2026-03-19T21:00:00.000Z', '2026-03-20'],
    ['2026-01-01T00:00:00.000Z', '2026-01-01'],
  ])('%s is %s in Damascus', (instant, date) => expect(localDate(new Date(instant), zone)).toBe(date));

  test.each([
    ['2026-04-14', zone, '2026-04-14T20:59:59.999Z'],
    ['2021-03-25', zone, '2021-03-25T21:59:59.999Z'], // clocks went from 00:00 to 01:00 at the end of this day
    ['2021-10-28', zone, '2021-10-28T21:59:59.999Z'], // clocks went from 24:00 back to 23:00 of this day
    ['2026-07-01', 'UTC', '2026-07-01T23:59:59.999Z'],
    ['2026-07-01', 'Pacific/Kiritimati', '2026-07-01T09:59:59.999Z'],
    ['2026-07-01', 'Pacific/Pago_Pago', '2026-07-02T10:59:59.999Z'],
  ])('%s ends in %s at %s', (date, where, instant) => expect(endOfLocalDay(on(date), where).toISOString()).toBe(instant));

  test('the end of a day is that day, a millisecond later is the next', () => {
    const days = fc.integer({ min: 0, max: 12_000 }).map((n) => addDays(on('2000-01-01'), n));
    fc.assert(
      fc.property(days, fc.constantFrom(zone, 'UTC', 'America/New_York', 'Asia/Beirut'), (day, where) => {
        const end = endOfLocalDay(day, where);
        expect(localDate(end, where)).toBe(day);
        expect(localDate(new Date(end.getTime() + 1), where)).toBe(addDays(day, 1));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the clock', () => {
  test('received Thursday 19 March 2026, due Tuesday 14 April 2026', () => {
    expect(dueDate(aleppo, clock('2026-03-19'))).toBe('2026-04-14');
  });

  test.each<[string, Clock, string | null]>([
    ['received on a holiday', clock('2026-03-21'), '2026-04-14'],
    ['two working days', clock('2026-03-19', { days: 2 }), '2026-03-24'],
    ['an extension', clock('2026-03-19', { extension: 5 }), '2026-04-21'],
    ['a pause of one working day', clock('2026-03-19', { pauses: [pause('2026-03-25', '2026-03-26')] }), '2026-04-15'],
    ['a pause opened and closed on one day', clock('2026-03-19', { pauses: [pause('2026-03-25', '2026-03-25')] }), '2026-04-14'],
    ['a pause over a weekend alone', clock('2026-03-19', { pauses: [pause('2026-03-27', '2026-03-29')] }), '2026-04-14'],
    ['a pause from the day of receipt', clock('2026-03-19', { pauses: [pause('2026-03-19', '2026-03-24')] }), '2026-04-15'],
    ['the same days paused twice', clock('2026-03-19', { pauses: [pause('2026-03-25', '2026-03-26'), pause('2026-03-24', '2026-03-26')] }), '2026-04-16'],
    ['an open pause', clock('2026-03-19', { pauses: [pause('2026-03-25', null)] }), null],
    ['an open pause on the last day', clock('2026-03-19', { pauses: [pause('2026-04-14', null)] }), null],
    ['a pause opened when it was late already', clock('2026-03-19', { pauses: [pause('2026-04-15', null)] }), '2026-04-14'],
    ['no days at all', clock('2026-03-19', { days: 0 }), '2026-03-19'],
  ])('%s', (_name, it, due) => expect(dueDate(aleppo, it)).toBe(due));

  test.each([
    ['2026-03-19', 15],
    ['2026-03-22', 15],
    ['2026-03-23', 14],
    ['2026-04-13', 1],
    ['2026-04-14', 0],
    ['2026-04-15', -1],
    ['2026-04-18', -2],
  ])('on %s %d working days are left', (today, left) => expect(remainingWorkingDays(aleppo, clock('2026-03-19'), on(today))).toBe(left));

  test('the clock stands while it is paused', () => {
    const paused = clock('2026-03-19', { pauses: [pause('2026-03-25', null)] });
    expect(['2026-03-24', '2026-03-25', '2026-04-30'].map((today) => remainingWorkingDays(aleppo, paused, on(today)))).toEqual([13, 13, 13]);
  });

  test('a calendar without working days is refused, not waited for', () => {
    expect(() => dueDate({ ...aleppo, weekend: [0, 1, 2, 3, 4, 5, 6] }, clock('2026-03-19'))).toThrow(RangeError);
  });
});

describe('properties', () => {
  const days = fc.integer({ min: 0, max: 700 }).map((n) => addDays(on('2026-01-01'), n));
  const closed = fc.array(fc.tuple(days, fc.nat(20)).map(([from, n]) => ({ from, to: addDays(from, n) as PlainDate | null })), { maxLength: 4 });

  test('counting undoes adding', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 60 }), (from, n) => {
        expect(workingDaysBetween(aleppo, from, addWorkingDays(aleppo, from, n))).toBe(n);
      }),
    );
  });
  test('between two days and back is zero', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(workingDaysBetween(aleppo, a, b) + workingDaysBetween(aleppo, b, a)).toBe(0);
      }),
    );
  });
  test('a due date is a working day that is not paused, with nothing left on it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), closed, (started, n, pauses) => {
        const it = { started, days: n, pauses, extension: 0 };
        const due = dueDate(aleppo, it)!;
        expect(isWorkingDay(aleppo, due)).toBe(true);
        expect(pauses.some((p) => p.from <= due && due < p.to!)).toBe(false);
        expect(remainingWorkingDays(aleppo, it, due)).toBe(0);
      }),
    );
  });
  test('no pause brings the due date nearer', () => {
    fc.assert(
      fc.property(days, closed, (started, pauses) => {
        const plain = { started, days: 15, pauses: [], extension: 0 };
        expect(dueDate(aleppo, { ...plain, pauses })! >= dueDate(aleppo, plain)!).toBe(true);
      }),
    );
  });
});
