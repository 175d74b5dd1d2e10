// Deadlines count working days of the governorate's calendar. All dates are local dates; only the two functions on
// instants know a time zone.

/** A date of the local calendar, 'YYYY-MM-DD'; dates compare as text. */
export type PlainDate = string & { readonly __date: true };

/** `weekend` in days of the week, 0 = Sunday … 6 = Saturday; `holidays` by date; `zone` an IANA name. */
export type Calendar = {
  weekend: readonly number[];
  holidays: ReadonlyMap<string, string> | ReadonlySet<string>;
  zone: string;
};

/** A working day d is paused when `from` <= d < `to`; `to: null` is a pause that is still open. */
export type Pause = { from: PlainDate; to: PlainDate | null };

/** `days` and `extension` in working days, counted from the day after `started`. */
export type Clock = { started: PlainDate; days: number; pauses: readonly Pause[]; extension: number };

const DAY = 86_400_000;
// A calendar without a working day for ten years is a mistake of the calendar, not a deadline.
const LONGEST_REST = 3660;

/** The date that the text names, or null: '2026-02-30' names none. Years 1000 to 9999. */
export function parseDate(text: string): PlainDate | null {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dateAt(at) === text ? (text as PlainDate) : null;
}

/** The date `days` later, or earlier when negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateAt(utcOf(date) + days * DAY);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: PlainDate): number {
  return new Date(utcOf(date)).getUTCDay();
}

export function isWorkingDay(cal: Calendar, date: PlainDate): boolean {
  return !cal.weekend.includes(weekday(date)) && !cal.holidays.has(date);
}

/** The `n`th working day after `from`, which itself is not counted; before it when `n` is negative; `from` when 0. */
export function addWorkingDays(cal: Calendar, from: PlainDate, n: number): PlainDate {
  return nthDay(from, n, (day) => isWorkingDay(cal, day));
}

/** How many working days d lie in a < d <= b; negative when b is before a. The inverse of `addWorkingDays`. */
export function workingDaysBetween(cal: Calendar, a: PlainDate, b: PlainDate): number {
  if (b < a) return -workingDaysBetween(cal, b, a);
  return countDays(a, b, (day) => isWorkingDay(cal, day));
}

/**
 * The day at whose end the clock runs out, or null while an open pause holds it.
 *
 * The day of receipt is not counted. A pause costs whole working days: the day on which the applicant was asked is
 * paused, the day on which the applicant replied counts again, so a pause opened and closed on one day costs nothing.
 * Days under several pauses count once. A pause opened after the clock ran out changes nothing: asking late does not
 * undo being late.
 */
export function dueDate(cal: Calendar, clock: Clock): PlainDate | null {
  const open = earliestOpen(clock);
  const total = clock.days + clock.extension;
  if (open !== null && usedBefore(cal, clock, open) < total) return null;
  return nthDay(clock.started, total, (day) => isWorkingDay(cal, day) && !isPaused(clock, day));
}

/**
 * Working days left after `today`: 0 on the last day, negative when late. While paused it stands still.
 * Once late, days under a pause are not added to the lateness.
 */
export function remainingWorkingDays(cal: Calendar, clock: Clock, today: PlainDate): number {
  return clock.days + clock.extension - usedBefore(cal, clock, addDays(today, 1));
}

/** The local date of an instant. */
export function localDate(instant: Date, zone: string): PlainDate {
  return dateAt(instant.getTime() + offset(instant.getTime(), zone));
}

/** The last millisecond of a local date: what is due that day is late from the millisecond after it. */
export function endOfLocalDay(date: PlainDate, zone: string): Date {
  const midnight = utcOf(date) + DAY;
  // Where clocks change at midnight, as in Damascus until 2022, one of the two offsets around it is wrong for it.
  const starts = [offset(midnight - DAY, zone), offset(midnight + DAY, zone)].map((it) => midnight - it);
  const nextDay = starts.filter((start) => localDate(new Date(start), zone) > date && localDate(new Date(start - 1), zone) <= date);
  return new Date(Math.max(...nextDay) - 1);
}

function utcOf(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

const dates = new Map<number, PlainDate>();

/** Lists name the same few days again and again. */
function dateAt(utc: number): PlainDate {
  const day = Math.floor(utc / DAY);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(utc).toISOString().slice(0, 10) as PlainDate;
    if (dates.size >= MOST_DAYS) dates.clear();
    dates.set(day, date);
  }
  return date;
}

function isPaused(clock: Clock, day: PlainDate): boolean {
  return clock.pauses.some((pause) => pause.from <= day && (pause.to === null || day < pause.to));
}

function earliestOpen(clock: Clock): PlainDate | null {
  const open = clock.pauses.filter((pause) => pause.to === null).map((pause) => pause.from);
  return open.toSorted()[0] ?? null;
}

function usedBefore(cal: Calendar, clock: Clock, end: PlainDate): number {
  return countDays(clock.started, addDays(end, -1), (day) => isWorkingDay(cal, day) && !isPaused(clock, day));
}

function countDays(after: PlainDate, until: PlainDate, counts: (day: PlainDate) => boolean): number {
  let count = 0;
  for (let day = addDays(after, 1); day <= until; day = addDays(day, 1)) if (counts(day)) count += 1;
  return count;
}

function nthDay(from: PlainDate, n: number, counts: (day: PlainDate) => boolean): PlainDate {
  const step = Math.sign(n);
  let day = from;
  for (let left = Math.abs(n), rest = 0; left > 0; ) {
    day = addDays(day, step);
    if (counts(day)) [left, rest] = [left - 1, 0];
    else if ((rest += 1) > LONGEST_REST) throw new RangeError('the calendar has no working day');
  }
  return day;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone, and in it by day of UTC: null where clocks change on that day. */
const offsets = new Map<string, Map<number, number | null>>();
const MOST_DAYS = 20_000;

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. Lists ask for each line, and a format costs more than the rest of the line. */
function offset(at: number, zone: string): number {
  const day = Math.floor(at / DAY);
  let days = offsets.get(zone);
  if (!days || days.size >= MOST_DAYS) offsets.set(zone, (days = new Map()));
  let known = days.get(day);
  if (known === undefined) {
    const [first, last] = [read(day * DAY, zone), read((day + 1) * DAY - 1, zone)];
    days.set(day, (known = first === last ? first : null));
  }
  return known ?? read(at, zone);
}

function read(at: number, zone: string): number {
  const parts = Object.fromEntries(formatFor(zone).formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const wall = Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
  return wall - Math.floor(at / 1000) * 1000;
}

// Making a format costs a hundred times its use, and an installation has one zone.
function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
  });
  formats.set(zone, format);
  return format;
}
