/** From one state of a commitment to the next, or a refusal. Pure. */
import { refuse } from '#kernel/refusal.ts';
import { addDays, isWorkingDay, type Calendar, type PlainDate } from '#kernel/working-days.ts';
import type { Commitment, Said, Thresholds } from './model.ts';

/** Live: still to be done, or to be done anew after residents disputed it. */
export type Live = Extract<Commitment, { state: 'open' | 'disputed' }>;
/** Said to be done: residents have a say. */
export type Asked = Extract<Commitment, { state: 'done' | 'confirmed' | 'unconfirmed' }>;

const DAY = 86_400_000;
/** A date that nobody in office will see is no promise. */
const FARTHEST_DAYS = 3_653;

export function isLive(it: Commitment): it is Live {
  return it.state === 'open' || it.state === 'disputed';
}

export function needLive(it: Commitment): Live {
  return isLive(it) ? it : refuse({ because: 'wrong-state', is: it.state, wanted: 'open' });
}

/** Whoever acts on a page that somebody else has made untrue meanwhile is told so. */
export function needUnmoved(it: Commitment, seen: number | undefined): void {
  if (seen !== undefined && seen !== it.version) refuse({ because: 'conflict', what: 'commitment' });
}

/** Late is computed and never stored: live, and its date has passed. A disputed one was not done by its date. */
export function isLate(it: Pick<Commitment, 'state' | 'due'>, today: PlainDate): boolean {
  return (it.state === 'open' || it.state === 'disputed') && it.due < today;
}

/** A later date; the reason and the old date are kept by whoever stores the slip. The ladder starts from the new date. */
export function renegotiate(it: Commitment, due: PlainDate, calendar: Calendar, today: PlainDate): Commitment {
  const live = needLive(it);
  if (due <= live.due) refuse({ because: 'invalid', fields: { due: 'not-later' } });
  if (due <= today) refuse({ because: 'invalid', fields: { due: 'in-the-past' } });
  if (due > addDays(today, FARTHEST_DAYS)) refuse({ because: 'invalid', fields: { due: 'too-far' } });
  if (!isWorkingDay(calendar, due)) refuse({ because: 'invalid', fields: { due: 'not-working-day' } });
  return { ...live, due, escalated: 0 };
}

/** The body says that it is done. After a dispute this asks residents anew. */
export function finish(it: Commitment, now: Date): Commitment {
  const live = needLive(it);
  return { ...base(live), round: live.state === 'disputed' ? live.round + 1 : live.round, state: 'done', doneAt: now };
}

/** Said openly, with a reason: it will not be done. */
export function breakOff(it: Commitment, reason: string, now: Date): Commitment {
  return { ...base(needLive(it)), state: 'broken', reason, settledAt: now };
}

/**
 * Residents may speak while it waits for them, and for as long again after it was settled: a lamp may go out in a week,
 * and who was away may come back. A disputed one waits for the body; they are asked again when it is done anew.
 */
export function mayBeAsked(state: Commitment['state'], settledAt: Date | null, days: number, now: Date): boolean {
  if (state === 'done') return true;
  return (state === 'confirmed' || state === 'unconfirmed') && settledAt !== null && now.getTime() < settledAt.getTime() + days * DAY;
}

export function needAsked(it: Commitment, days: number, now: Date): Asked {
  if (it.state === 'done') return it;
  if ((it.state === 'confirmed' || it.state === 'unconfirmed') && mayBeAsked(it.state, it.settledAt, days, now)) return it;
  return refuse({ because: 'wrong-state', is: it.state, wanted: 'done' });
}

/**
 * What the voices of a round say together, in whichever order they came. The submitter's own «no», or so many «no» of
 * anybody: disputed. The submitter's yes, or so many supporters' with no supporter's «no»: confirmed. Else nothing yet.
 */
export function verdictOf(voices: readonly Said[], limits: Thresholds): 'confirmed' | 'disputed' | null {
  const count = (verdict: Said['verdict'], voice?: Said['voice']) => voices.filter((said) => said.verdict === verdict && (!voice || said.voice === voice)).length;
  if (count('no', 'submitter') > 0 || count('no') >= limits.disputes) return 'disputed';
  if (count('yes', 'submitter') > 0) return 'confirmed';
  return count('yes', 'supporter') >= limits.supportersYes && count('no', 'supporter') === 0 ? 'confirmed' : null;
}

/** What was confirmed stays so until it is disputed: a «yes» taken back without a «no» reopens nothing. */
export function decide(it: Asked, voices: readonly Said[], limits: Thresholds, now: Date): Commitment {
  const verdict = verdictOf(voices, limits);
  if (verdict === null || verdict === it.state) return it;
  if (verdict === 'disputed') return { ...base(it), escalated: 0, state: 'disputed', doneAt: it.doneAt, disputedAt: now };
  return { ...base(it), state: 'confirmed', doneAt: it.doneAt, settledAt: now };
}

/** Asked for long enough without an answer either way: shown and counted as not confirmed. */
export function settleSilent(it: Commitment, days: number, now: Date): Commitment {
  if (it.state !== 'done' || now.getTime() - it.doneAt.getTime() < days * DAY) return it;
  return { ...base(it), state: 'unconfirmed', doneAt: it.doneAt, settledAt: now };
}

function base(it: Commitment) {
  const { id, number, source, subjectId, body, public: shown, what, who, firstDue, due, openedAt, escalated, round, version } = it;
  return { id, number, source, subjectId, body, public: shown, what, who, firstDue, due, openedAt, escalated, round, version };
}
