/** When a notice leaves. */
import { addDays, endOfLocalDay, localDate, weekday, type PlainDate } from '#kernel/working-days.ts';
import { NIGHT, type Quiet, type Rhythm } from './model.ts';

const MORNING = 8;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const WEEKLY_DAY = 0;

type Wish = { urgent: boolean; rhythm: Exclude<Rhythm, 'none'>; pausedUntil?: Date | null; quiet?: Quiet };

/** Urgent news wait for the end of the quiet hours only, or not even for it; the others follow the rhythm, and a pause until it is over. */
export function sendAt(it: Wish, now: Date, zone: string): Date {
  const quiet = it.quiet ?? NIGHT;
  if (it.urgent) return quiet.urgentPasses ? now : afterNight(now, zone, quiet);
  const at = inRhythm(it.rhythm, now, zone, quiet);
  return it.pausedUntil && it.pausedUntil > at ? inRhythm(it.rhythm, it.pausedUntil, zone, quiet) : at;
}

/** `each` with the news itself, `daily` the next morning, `weekly` on Sunday's. */
function inRhythm(rhythm: Exclude<Rhythm, 'none'>, now: Date, zone: string, quiet: Quiet): Date {
  if (rhythm === 'each') return afterNight(now, zone, quiet);
  const today = localDate(now, zone);
  let day = now < hourOf(today, MORNING, zone) ? today : addDays(today, 1);
  while (rhythm === 'weekly' && weekday(day) !== WEEKLY_DAY) day = addDays(day, 1);
  return afterNight(hourOf(day, MORNING, zone), zone, quiet);
}

/** The same moment, or the end of the quiet hours around it: from 21 to 8 o'clock unless somebody chose others. */
export function afterNight(now: Date, zone: string, { from, to }: Quiet = NIGHT): Date {
  const today = localDate(now, zone);
  const [begin, end] = [hourOf(today, from, zone), hourOf(today, to, zone)];
  if (from === to) return now;
  if (from < to) return now >= begin && now < end ? end : now;
  if (now < end) return end;
  return now < begin ? now : hourOf(addDays(today, 1), to, zone);
}

function hourOf(day: PlainDate, hour: number, zone: string): Date {
  return new Date(endOfLocalDay(addDays(day, -1), zone).getTime() + 1 + hour * HOUR);
}

export const MOST_TOPICS = 50;
export const MOST_SMS_PARTS = 3;
export const OPT_IN = { lifeMs: 60 * MINUTE, tries: 5 } as const;
/** A contact is written to at most a few times an hour, whoever asks for it. */
export const CODE_LIMITS = {
  forContact: { bucket: 'opt-in codes for contact', max: 4, perSeconds: 3600 },
  fromNetwork: { bucket: 'opt-in codes from network', max: 40, perSeconds: 3600 },
} as const;

/** While a worker holds a letter nobody else takes it; when it dies the letter comes back. */
export const LEASE_MS = 10 * MINUTE;
const PAUSES = [1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];

/** When to try again after so many attempts; null when it was tried often enough. */
export function retryAt(attempts: number, now: Date): Date | null {
  const pause = PAUSES[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}

/** «s…n@example.org», «+96394…66»: enough to recognise an own address, too little to write to it. */
export function masked(contact: string): string {
  const [name, host] = contact.split('@');
  if (host === undefined) return `${contact.slice(0, 6)}…${contact.slice(-2)}`;
  return `${name!.slice(0, 1)}…${name!.length > 2 ? name!.slice(-1) : ''}@${host}`;
}
