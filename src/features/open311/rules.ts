/** Titles, days and moments of requests. Pure. */
import { codePoints } from '#kernel/text-limits.ts';
import { addDays, endOfLocalDay, localDate, parseDate, type PlainDate } from '#kernel/working-days.ts';
import { LONGEST_DESCRIPTION, LONGEST_RANGE_DAYS } from './model.ts';

const LONGEST_TITLE = 120;
const DAY_MS = 86_400_000;

/** A title for words that came without one: their first sentence or line, cut between words where it is long. */
export function titleFrom(description: string): string {
  const first = /^[^\n.!?؟؛]{5,}/u.exec(description.trim())?.[0] ?? description;
  return cut(first.replace(/\s+/g, ' ').trim(), LONGEST_TITLE);
}

/** A text of at most so many characters; what was left out shows by its dots. */
export function cut(text: string, most: number): string {
  if (codePoints(text) <= most) return text;
  const start = [...text].slice(0, most - 2).join('');
  const space = start.lastIndexOf(' ');
  return `${space > most / 2 ? start.slice(0, space) : start} …`;
}

/** Title and text as the one description that the standard knows; the text alone where it begins with its title. */
export function describe(title: string, text: string): string {
  const whole = text.startsWith(title.replace(/ …$/, '')) ? text : [title, text].filter(Boolean).join('\n');
  return cut(whole, LONGEST_DESCRIPTION);
}

/** An instant with the hours of the governorate's clocks: 2026-11-24T00:00:00+03:00. */
export function momentIn(at: Date, zone: string): string {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
    .formatToParts(at).map((it) => [it.type, it.value]));
  const local = `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
  const minutes = Math.round((Date.parse(`${local}Z`) - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** The beginning of a day, and its last second. */
export const dayBegins = (day: PlainDate, zone: string): Date => new Date(endOfLocalDay(addDays(day, -1), zone).getTime() + 1);
export const dayEnds = (day: PlainDate, zone: string): Date => new Date(Math.floor(endOfLocalDay(day, zone).getTime() / 1000) * 1000);

export type Range = { since: PlainDate; until: PlainDate };

/**
 * The days whose beginning lies between two moments: a request is said to be of the day, so that its hour gives nobody away.
 * One end alone reaches ninety days; none at all means the last ninety. Null when they are too far apart or the wrong way round.
 */
export function readRange(start: Date | null, end: Date | null, now: Date, zone: string): Range | null {
  const far = LONGEST_RANGE_DAYS * DAY_MS;
  const to = end ?? (start ? new Date(start.getTime() + far) : now);
  const from = start ?? new Date(to.getTime() - far);
  // A clock that is put back makes a day longer: an hour more than ninety days is ninety days.
  if (to < from || to.getTime() - from.getTime() > far + 2 * 3_600_000) return null;
  const first = localDate(from, zone);
  return { since: dayBegins(first, zone) < from ? addDays(first, 1) : first, until: localDate(to, zone) };
}

const MOMENT = /^[1-9]\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** As the W3C writes it; without a zone it is one of the governorate's clocks. Null for what is no moment. */
export function readMoment(text: string, zone: string): Date | null {
  // In an address a plus that was not written as %2B arrives as a space.
  const written = text.trim().replace(/ (?=\d\d:?\d\d$)/, '+');
  const match = MOMENT.exec(written);
  if (!match || !parseDate(written.slice(0, 10))) return null;
  const local = match[4] === undefined;
  const at = new Date(`${written}${match[1] === undefined ? 'T00:00:00' : ''}${local ? 'Z' : ''}`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 7) < '1000-01') return null;
  if (local) return new Date(at.getTime() - offsetAt(at, zone));
  return at;
}

const offsetAt = (at: Date, zone: string): number => Date.parse(`${momentIn(at, zone).slice(0, 19)}Z`) - Math.floor(at.getTime() / 1000) * 1000;

/** How often somebody may try to hand something in, by key and by network: what is refused counts too. */
export const TRIES = {
  byKey: (perHour: number) => ({ bucket: 'tries by key', max: perHour * 2 + 60, perSeconds: 3600 }),
  ofNetwork: { bucket: 'tries without a key', max: 120, perSeconds: 3600 },
} as const;
