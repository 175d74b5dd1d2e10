/** When things happened: offices on working days between nine and three, residents whenever they were awake. Pure. */
import { addDays, addWorkingDays, endOfLocalDay, isWorkingDay, localDate, type Calendar, type PlainDate } from '#kernel/working-days.ts';

const MINUTE = 60_000;

export type Almanac = { now: Date; today: PlainDate; calendar: Calendar };

export const almanac = (now: Date, calendar: Calendar): Almanac => ({ now, calendar, today: localDate(now, calendar.zone) });

export const daysAgo = (it: Almanac, days: number): PlainDate => addDays(it.today, -days);

/** The day itself when offices work, else the next on which they do. */
export const officeDay = ({ calendar }: Almanac, day: PlainDate): PlainDate => (isWorkingDay(calendar, day) ? day : addWorkingDays(calendar, day, 1));

/** A moment of a local day between two hours: always the same for the same `seed`. */
export function momentOf(it: Almanac, day: PlainDate, from: number, to: number, seed: string): Date {
  const midnight = endOfLocalDay(addDays(day, -1), it.calendar.zone).getTime() + 1;
  return new Date(midnight + (from * 60 + share(seed) * (to - from) * 60) * MINUTE);
}

/** A number from 0 up to 1 that looks like chance and is the same every time (FNV-1a). */
export function share(seed: string): number {
  let hash = 2_166_136_261;
  for (const letter of seed) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619) >>> 0;
  // The last letters alone would hardly move it; one round of mixing spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

export type Timed = { at: Date; /** least minutes after what came before */ gap: number };

/** Keeps the order and the gaps, and ends before `limit`: first later where it is too early, then earlier where it is too late. */
export function inOrder<T extends Timed>(chain: readonly T[], limit: Date): T[] {
  const times = chain.map((it) => it.at.getTime());
  for (let at = 1; at < times.length; at++) times[at] = Math.max(times[at]!, times[at - 1]! + chain[at]!.gap * MINUTE);
  let latest = limit.getTime();
  for (let at = times.length - 1; at >= 0; at--) {
    times[at] = Math.min(times[at]!, latest);
    latest = times[at]! - chain[at]!.gap * MINUTE;
  }
  return chain.map((it, at) => ({ ...it, at: new Date(times[at]!) }));
}
