/** Periods and shares of a track record. Pure. */
import { parseDate, type PlainDate } from '#kernel/working-days.ts';
import { LEAST_BASE, type Period } from './model.ts';

/** The first day of a period that ends on `today`; null where it has no beginning. */
export function periodStart(period: Period, today: PlainDate): PlainDate | null {
  if (period === 'all') return null;
  if (period === 'year') return `${today.slice(0, 4)}-01-01` as PlainDate;
  const lastYear = `${String(Number(today.slice(0, 4)) - 1).padStart(4, '0')}${today.slice(4)}`;
  // A year before 29 February there was none.
  return parseDate(lastYear) ?? parseDate(`${lastYear.slice(0, 4)}-03-01`);
}

/** The share from 0 to 1, or null where the base is too small for one. */
export function shareOf(count: number, base: number): number | null {
  return base < LEAST_BASE ? null : count / base;
}
