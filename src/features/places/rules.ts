/** Days of a feast. Pure. */
import { addDays, type PlainDate } from '#kernel/working-days.ts';

/** A sighting moves a feast by a day; more than this is a mistake of the pen. */
export const FARTHEST_MOVE = 3;
/** How far from today a day without work may be: what is older moves no deadline, what is later nobody knows. */
export const HOLIDAY_YEARS = { before: 1, after: 3 } as const;

/** The days without a gap around one of them, in order; none when the day is not among them. */
export function runAround(days: readonly PlainDate[], day: PlainDate): PlainDate[] {
  const all = new Set(days);
  if (!all.has(day)) return [];
  let first = day;
  while (all.has(addDays(first, -1))) first = addDays(first, -1);
  const run: PlainDate[] = [];
  for (let at = first; all.has(at); at = addDays(at, 1)) run.push(at);
  return run;
}

/** The same number of days, beginning on another one. */
export const movedTo = (run: readonly PlainDate[], first: PlainDate): PlainDate[] => run.map((_, at) => addDays(first, at));

export const isNear = (a: PlainDate, b: PlainDate): boolean => addDays(a, -FARTHEST_MOVE) <= b && b <= addDays(a, FARTHEST_MOVE);

export function mayBeHoliday(day: PlainDate, today: PlainDate): boolean {
  return addDays(today, -HOLIDAY_YEARS.before * 366) <= day && day <= addDays(today, HOLIDAY_YEARS.after * 366);
}

/** The longest clock runs over a month and a half: a calendar that ends sooner would count holidays as working days. */
const REACH_DAYS = 60;
/** Feasts that come within a month and are still expected should be confirmed as soon as they are announced. */
const SOON_DAYS = 30;

/** Whether it is still of use to say on which day an expected feast fell: from this year on. */
export const mayBeAnnounced = (it: { day: PlainDate; expected: boolean }, today: PlainDate): boolean => it.expected && it.day.slice(0, 4) >= today.slice(0, 4);

export type Reach = { until: PlainDate | null; enough: boolean; unconfirmed: number };

/** How far the list of holidays reaches, and how many days of it are past or near and still only expected. */
export function reachOf(holidays: readonly { day: PlainDate; expected: boolean }[], today: PlainDate): Reach {
  const until = holidays.reduce<PlainDate | null>((last, it) => (last === null || it.day > last ? it.day : last), null);
  const recent = holidays.filter((it) => it.expected && it.day >= addDays(today, -SOON_DAYS) && it.day <= addDays(today, SOON_DAYS));
  return { until, enough: until !== null && until >= addDays(today, REACH_DAYS), unconfirmed: recent.length };
}

type Ring = readonly (readonly [number, number])[];
/** An outline as GeoJSON has it: longitude first, the first ring around, the others holes. */
export type Shape = { type: 'Polygon'; coordinates: readonly Ring[] } | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] };

/** Whether a point lies within an outline; on a flat sheet, which a governorate is small enough for. */
export function holds(shape: Shape, { lat, lon }: { lat: number; lon: number }): boolean {
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return parts.some((rings) => rings.filter((ring) => crosses(ring, lon, lat)).length % 2 === 1);
}

function crosses(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (const [at, [x0, y0]] of ring.entries()) {
    const [x1, y1] = ring[(at + 1) % ring.length]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

/** The same outline with its outer rings against the clock and its holes with it (RFC 7946, 3.1.6). */
export function wound(shape: Shape): Shape {
  const part = (rings: readonly Ring[]): Ring[] => rings.map((ring, at) => (areaOf(ring) < 0 === (at === 0) ? ring.toReversed() : ring));
  return shape.type === 'Polygon' ? { type: 'Polygon', coordinates: part(shape.coordinates) } : { type: 'MultiPolygon', coordinates: shape.coordinates.map(part) };
}

const areaOf = (ring: Ring): number => ring.reduce((sum, [x0, y0], at) => {
  const [x1, y1] = ring[(at + 1) % ring.length]!;
  return sum + (x0 * y1 - x1 * y0) / 2;
}, 0);
