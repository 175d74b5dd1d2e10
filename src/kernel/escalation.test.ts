import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escalationCutoffs, levelOf, type Ladder } from './escalation.ts';
import { addDays, addWorkingDays, type Calendar, type PlainDate } from './working-days.ts';

const calendar: Calendar = { weekend: [5, 6], holidays: new Set(['2026-03-22', '2026-03-23']), zone: 'Asia/Damascus' };
const on = (today: string, due: string, ladder: Ladder) => levelOf(due as PlainDate, escalationCutoffs(calendar, today as PlainDate, ladder));

test.each([
  // due on Sunday 1 November 2026; weekend on Friday and Saturday
  ['2026-11-01', 0], ['2026-11-02', 1], ['2026-11-04', 1], ['2026-11-05', 2], ['2026-11-08', 2], ['2026-11-09', 2], ['2026-11-10', 3], ['2027-01-01', 3],
])('what was due on 2026-11-01 stands on %s at level %i of a ladder of three and six days', (today, level) => {
  expect(on(today, '2026-11-01', [0, 3, 6])).toBe(level);
});

test('a level is reached exactly when its working days have passed', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: -5, max: 40 }), fc.constantFrom<Ladder>([0, 3, 6], [0, 5, 10]), (start, later, ladder) => {
    const due = addDays('2026-01-01' as PlainDate, start);
    const today = addDays(due, later);
    const expected = ladder.filter((days) => today > (days === 0 ? due : addWorkingDays(calendar, due, days))).length;
    expect(levelOf(due, escalationCutoffs(calendar, today, ladder))).toBe(expected);
  }));
});
