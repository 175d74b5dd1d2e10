// How far up something overdue goes: the officer at once, the head of the body and the governor's office some working days later.
import { addDays, addWorkingDays, type Calendar, type PlainDate } from './working-days.ts';

/** Working days after the due date at which each level hears of it: officer, head of the body, governor's office. */
export type Ladder = readonly [0, number, number];

/** The latest due date of each level: what was due then or before has come as far as that level by `today`. */
export function escalationCutoffs(calendar: Calendar, today: PlainDate, ladder: Ladder): readonly PlainDate[] {
  return ladder.map((days) => {
    let due = addDays(today, -1);
    while (days > 0 && addWorkingDays(calendar, due, days) >= today) due = addDays(due, -1);
    return due;
  });
}

/** 0 while it is in time, else 1 to 3. */
export function levelOf(due: PlainDate, cutoffs: readonly PlainDate[]): number {
  return cutoffs.filter((cutoff) => due <= cutoff).length;
}
