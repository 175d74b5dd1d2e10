/** Whole minutes until a moment, at least one while it is ahead; 0 afterwards. */
export function minutesUntil(at: Date, now: Date): number {
  return Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 60_000));
}
