/** For how many days what is written about people is kept once its time begins. The jobs that forget and the public table read the same figures. */
export const KEPT_DAYS = {
  draft: 7,
  receipt: 1,
  sheet: 1,
  code: 1,
  count: 1,
  sitting: 30,
  link: 30,
  letter: 30,
  subscribing: 1,
  removed: 30,
  report: 90,
  sender: 180,
  complaint: 730,
  invitation: 30,
  application: 365,
  table: 1,
  member: 365,
  program: 365,
} as const;
export type KeptFor = keyof typeof KEPT_DAYS;

const DAY_MS = 86_400_000;
/** What began before this moment is kept no longer. */
export const keptSince = (now: Date, what: KeptFor): Date => new Date(now.getTime() - KEPT_DAYS[what] * DAY_MS);
