/** When to try again, and what an answer means. Pure. */
import type { Problem } from './model.ts';

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/** Three days in all: a program that was away over a weekend misses nothing. */
const PAUSES = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
export const MOST_ATTEMPTS = PAUSES.length + 1;

/** When to try again after so many attempts; null when it was tried often enough. */
export function retryAt(attempts: number, now: Date): Date | null {
  const pause = PAUSES[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}

/** Null when it has arrived. A program that says that it is gone is not asked again; `lasting`. */
export function problemOf(status: number): { problem: Problem; lasting: boolean } | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return { problem: 'gone', lasting: true };
  return { problem: status >= 300 && status < 400 ? 'redirected' : 'refused', lasting: false };
}
