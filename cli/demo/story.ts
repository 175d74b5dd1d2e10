/** What happened to one entry of the demonstration, step by step, with the moment of each. Pure. */
import { addDays, addWorkingDays, type PlainDate } from '#kernel/working-days.ts';
import type { DemoEntry, DemoPromise } from './content.ts';
import { daysAgo, inOrder, momentOf, officeDay, type Almanac, type Timed } from './moments.ts';

export type Line = { what: string; who: string; due: PlainDate };
export type Deed =
  | { verb: 'submit' } | { verb: 'triage'; body: string } | { verb: 'ask'; by: 'coordinator' | 'officer' } | { verb: 'reply' } | { verb: 'study' }
  | { verb: 'extend' } | { verb: 'join' } | { verb: 'withdraw' } | { verb: 'draft'; promises: Line[] } | { verb: 'send' } | { verb: 'approve' } | { verb: 'publish' }
  | { verb: 'progress' | 'done' | 'break'; what: string; text: string } | { verb: 'slip'; what: string; due: PlainDate; reason: string }
  /** `who`: the n-th of those who speak in this voice */
  | { verb: 'voice'; voice: 'supporter' | 'neighbour'; who: number; verdict: 'yes' | 'partly' | 'no' };
export type Step = Timed & { deed: Deed };

type Days = { received: PlainDate; triaged: PlainDate; studied: PlainDate; answered: PlainDate | null };

const earlier = (a: PlainDate, b: PlainDate | null): PlainDate => (b !== null && b < a ? b : a);

/** Triaged on the next working day, studied on the one after, and both before the answer. */
function daysOf(it: Almanac, entry: DemoEntry): Days {
  const received = daysAgo(it, entry.daysAgo);
  const answered = entry.answer ? officeDay(it, daysAgo(it, entry.answer.daysAgo)) : null;
  const triaged = earlier(addWorkingDays(it.calendar, received, 1), answered);
  return { received, triaged, studied: earlier(addWorkingDays(it.calendar, triaged, 1), answered), answered };
}

/** `before`: what the story must be over by; now, or for an entry that was joined the other's answer. */
export function storyOf(it: Almanac, entry: DemoEntry, delayMinutes: number, before: Date): Step[] {
  const days = daysOf(it, entry);
  const step = (day: PlainDate, from: number, to: number, deed: Deed, gap = 1): Step => ({ at: momentOf(it, day, from, to, `${entry.key} ${deed.verb} ${day}`), gap, deed });
  const steps = [step(days.received, 8, 21, { verb: 'submit' }), ...handled(entry, days, step)];
  if (entry.extension) steps.push(step(officeDay(it, daysAgo(it, entry.extension.daysAgo)), 12, 13, { verb: 'extend' }));
  if (entry.draft) steps.push(...drafted(it, entry, days, step));
  if (entry.answer) steps.push(...answered(it, entry, days.answered!, days, step, delayMinutes));
  if (entry.state === 'withdrawn') steps.push(step(daysAgo(it, Math.round(entry.daysAgo / 2)), 17, 20, { verb: 'withdraw' }));
  if (entry.state === 'joined') steps.push(step(addWorkingDays(it.calendar, days.triaged, 1), 10, 11, { verb: 'join' }));
  // Weekends push things onto one day: what was promised is carried out after it was said, whatever the hour.
  return inOrder([...byTime(steps), ...byTime(entry.commitments.flatMap((promise) => carriedOut(it, promise, step)))], before);
}

const byTime = (steps: readonly Step[]): Step[] => steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());

type MakeStep = (day: PlainDate, from: number, to: number, deed: Deed, gap?: number) => Step;

/** From triage to the desk of the body that has to answer. */
function handled(entry: DemoEntry, days: Days, step: MakeStep): Step[] {
  if (entry.state === 'received') return [];
  if (entry.state === 'returned') return [step(days.triaged, 9, 10, { verb: 'ask', by: 'coordinator' })];
  const steps = [step(days.triaged, 9, 9.8, { verb: 'triage', body: entry.body ?? '' })];
  const studied = ['under-study', 'answered', 'in-delivery', 'delivered', 'confirmed', 'not-confirmed', 'disputed', 'closed'].includes(entry.state) || entry.answer;
  if (studied) steps.push(step(days.studied, 10, 10.7, { verb: 'study' }));
  if (entry.question) steps.push(step(days.studied, 11, 12, { verb: 'ask', by: 'officer' }));
  if (entry.question?.reply) steps.push(step(addDays(days.studied, 2), 18, 21, { verb: 'reply' }));
  return steps;
}

function answered(it: Almanac, entry: DemoEntry, day: PlainDate, days: Days, step: MakeStep, delayMinutes: number): Step[] {
  const writing = addWorkingDays(it.calendar, day, -1);
  const drafting = writing < days.studied ? days.studied : writing;
  const promises = entry.commitments.map((promise) => ({ what: promise.what, who: '', due: dateOf(it, firstDue(promise), day) }));
  return [
    step(drafting, 11, 11.8, { verb: 'draft', promises }), step(drafting, 11.9, 12.3, { verb: 'send' }),
    step(day, 12.4, 13.4, { verb: 'approve' }), step(day, 13.5, 14, { verb: 'publish' }, delayMinutes),
  ];
}

/** Written, and perhaps sent, and waiting for somebody's yes today. */
function drafted(it: Almanac, entry: DemoEntry, days: Days, step: MakeStep): Step[] {
  const day = addWorkingDays(it.calendar, it.today, -1);
  const promises = entry.draft!.promises.map((promise) => ({ what: promise.what, who: '', due: dateOf(it, promise.dueInDays, it.today) }));
  const steps = [step(day < days.studied ? days.studied : day, 12.4, 13, { verb: 'draft', promises })];
  return entry.draft!.sent ? [...steps, step(day, 13.1, 14, { verb: 'send' })] : steps;
}

const firstDue = (promise: DemoPromise): number => promise.slips.reduce((days, slip) => days - slip.days, promise.dueInDays);

/** A working day, and after the day on which it was promised. */
function dateOf(it: Almanac, inDays: number, after: PlainDate): PlainDate {
  const day = officeDay(it, daysAgo(it, -inDays));
  return day > after ? day : addWorkingDays(it.calendar, after, 1);
}

/** What the body did about one promise, and what residents said. */
function carriedOut(it: Almanac, promise: DemoPromise, step: MakeStep): Step[] {
  const { what } = promise;
  const on = (days: number) => officeDay(it, daysAgo(it, days));
  const steps: Step[] = promise.progress.map(({ daysAgo: days, text }) => step(on(days), 10, 12.9, { verb: 'progress', what, text }));
  let inDays = firstDue(promise);
  for (const slip of promise.slips) {
    inDays += slip.days;
    steps.push(step(on(slip.daysAgo), 9, 9.9, { verb: 'slip', what, due: dateOf(it, inDays, on(slip.daysAgo)), reason: slip.reason }));
  }
  if (promise.brokenDaysAgo !== undefined) steps.push(step(on(promise.brokenDaysAgo), 13, 14, { verb: 'break', what, text: promise.reason }));
  if (promise.doneDaysAgo === undefined) return steps;
  const done = on(promise.doneDaysAgo);
  const voices = voicesOf(promise).map((deed, at) => step(addDays(done, 1 + Math.floor(at / 4)), 8 + (at % 4) * 3, 10.9 + (at % 4) * 3, deed));
  steps.push(step(done, 13, 14.5, { verb: 'done', what, text: promise.evidence }), ...voices);
  if (promise.state === 'disputed') steps.push(step(officeDay(it, addDays(done, 5)), 10, 12, { verb: 'progress', what, text: promise.reason }));
  return steps;
}

/**
 * Three supporters' yes, or three times no, end the asking: so those come last, and everybody else before them.
 * Where nothing was decided there are at most two of each.
 */
function voicesOf({ state, confirmations: { yes, partly, no } }: DemoPromise): Deed[] {
  const deciding = state === 'confirmed' ? 3 : Math.min(yes, 2);
  const said = (voice: 'supporter' | 'neighbour', verdict: 'yes' | 'partly' | 'no', count: number) => Array.from({ length: Math.max(0, count) }, () => ({ voice, verdict }));
  const all = [...said('neighbour', 'partly', partly), ...said('neighbour', 'yes', yes - deciding), ...said('supporter', 'yes', deciding), ...said('supporter', 'no', no)];
  return all.map((it, at) => ({ verb: 'voice', who: all.slice(0, at).filter((other) => other.voice === it.voice).length, ...it }));
}
