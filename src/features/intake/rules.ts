/** From one state of an entry to the next, or a refusal. Pure. */
import type { BodyId, EntryId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { LIVE_STATES, type Entry, type LiveState, type Outcome, type ResumeState } from './model.ts';

/** A key is twenty digits: even the tries from everywhere guess none. */
export const KEY_TRIES = {
  fromNetwork: { bucket: 'follow-up key', max: 5, perSeconds: 3600 },
  fromEverywhere: { bucket: 'follow-up key of a number', max: 200, perSeconds: 3600 },
} as const;

/** A neighbourhood behind one address is many people; a program that fills the desk is one. */
export const DOOR_LIMITS = {
  drafts: { bucket: 'drafts from network', max: 300, perSeconds: 600 },
  submissions: { bucket: 'submissions from network', max: 200, perSeconds: 600 },
} as const;

type Live = Extract<Entry, { state: LiveState }>;

export function isLive(entry: Entry): entry is Live {
  return (LIVE_STATES as readonly string[]).includes(entry.state);
}

function needLive(entry: Entry): Live {
  return isLive(entry) ? entry : refuse({ because: 'wrong-state', is: entry.state, wanted: 'live' });
}

/** The fields that all states share, without what belongs to the present one. */
function base(entry: Entry) {
  const { id, number, kind, confidential, publishedAt, submittedAt, acknowledgedAt, clock, extensionReason, place, sectors } = entry;
  return { id, number, kind, confidential, publishedAt, submittedAt, acknowledgedAt, clock, extensionReason, place, sectors };
}

const acknowledged = (entry: Entry, now: Date): Date => entry.acknowledgedAt ?? now;

/** Triage opens it to everybody. A complaint never is. */
export function publish(entry: Entry, now: Date): Entry {
  const it = needLive(entry);
  if (it.kind === 'complaint') refuse({ because: 'invalid', fields: { visibility: 'complaint-confidential' } });
  if (it.state !== 'received') refuse({ because: 'wrong-state', is: it.state, wanted: 'received' });
  return { ...base(it), confidential: false, publishedAt: now, acknowledgedAt: acknowledged(it, now), state: 'open', body: null };
}

/** Triage keeps it between the sender and the body. What was public once is not hidden by this. */
export function keepConfidential(entry: Entry, now: Date): Entry {
  const it = needLive(entry);
  if (it.state !== 'received') refuse({ because: 'wrong-state', is: it.state, wanted: 'received' });
  return { ...base(it), confidential: true, publishedAt: null, acknowledgedAt: acknowledged(it, now), state: 'open', body: null };
}

/** What it is about and where, as triage sees it. */
export function classify(entry: Entry, seen: Pick<Entry, 'place' | 'sectors'>): Entry {
  return { ...needLive(entry), place: seen.place, sectors: seen.sectors };
}

/** Hands it to a body, or from one body to another while nobody has answered. */
export function assign(entry: Entry, body: BodyId, now: Date): Entry {
  const it = needLive(entry);
  if (it.state === 'received' || it.state === 'returned') refuse({ because: 'wrong-state', is: it.state, wanted: 'open' });
  return { ...base(it), acknowledgedAt: acknowledged(it, now), state: 'assigned', body };
}

export function startStudy(entry: Entry): Entry {
  if (entry.state !== 'assigned') refuse({ because: 'wrong-state', is: entry.state, wanted: 'assigned' });
  return { ...entry, state: 'study' };
}

/** A question to the sender stops the clock from today on. */
export function askBack(entry: Entry, today: PlainDate, now: Date): Entry {
  const it = needLive(entry);
  if (it.state === 'returned') refuse({ because: 'wrong-state', is: 'returned', wanted: 'live' });
  const resume: ResumeState = it.state;
  const clock = { ...it.clock, pauses: [...it.clock.pauses, { from: today, to: null }] };
  return { ...base(it), acknowledgedAt: acknowledged(it, now), clock, state: 'returned', resume, body: it.body };
}

/** The sender's reply lets the clock run again. */
export function resume(entry: Entry, today: PlainDate): Entry {
  if (entry.state !== 'returned') refuse({ because: 'wrong-state', is: entry.state, wanted: 'returned' });
  const pauses = entry.clock.pauses.map((pause) => (pause.to === null ? { ...pause, to: today } : pause));
  const back = { ...base(entry), clock: { ...entry.clock, pauses } };
  if (entry.resume === 'received' || entry.resume === 'open') return { ...back, state: entry.resume, body: null };
  return { ...back, state: entry.resume, body: entry.body ?? refuse({ because: 'wrong-state', is: 'returned', wanted: 'a body' }) };
}

/** One public extension, with a reason. */
export function extend(entry: Entry, days: number, reason: string): Entry {
  const it = needLive(entry);
  if (it.clock.extension > 0) refuse({ because: 'wrong-state', is: 'extended', wanted: 'not-extended' });
  return { ...it, clock: { ...it.clock, extension: days }, extensionReason: reason };
}

/** Two entries become one; the old number leads to the new. */
export function join(entry: Entry, into: Entry): Entry {
  const it = needLive(entry);
  if (into.id === it.id) refuse({ because: 'invalid', fields: { into: 'itself' } });
  if (!isLive(into)) refuse({ because: 'invalid', fields: { into: 'not-live' } });
  if (into.confidential !== it.confidential) refuse({ because: 'invalid', fields: { into: 'other-visibility' } });
  return { ...base(it), clock: closed(it, null), state: 'joined', into: into.id as EntryId, body: it.body };
}

/** Undoes a join: it goes on where triage would have it. */
export function separate(entry: Entry): Entry {
  if (entry.state !== 'joined') refuse({ because: 'wrong-state', is: entry.state, wanted: 'joined' });
  if (entry.body) return { ...base(entry), state: 'assigned', body: entry.body };
  return { ...base(entry), state: entry.acknowledgedAt ? 'open' : 'received', body: null };
}

/** The sender takes it back; only the state stays public. */
export function withdraw(entry: Entry, today: PlainDate): Entry {
  const it = needLive(entry);
  return { ...base(it), clock: closed(it, today), state: 'withdrawn', body: it.body };
}

function closed(entry: Entry, today: PlainDate | null): Entry['clock'] {
  const to = today ?? entry.clock.started;
  return { ...entry.clock, pauses: entry.clock.pauses.map((pause) => (pause.to === null ? { ...pause, to: pause.from > to ? pause.from : to } : pause)) };
}

/** An answer is public. With promises it goes into delivery; a referral starts the clock of the next body. */
export function answered(entry: Entry, answer: { outcome: Outcome; promises: number; referredTo: BodyId | null }, today: PlainDate, now: Date): Entry {
  if (entry.state !== 'assigned' && entry.state !== 'study') refuse({ because: 'wrong-state', is: entry.state, wanted: 'study' });
  if (answer.outcome === 'referred') {
    const body = answer.referredTo ?? refuse({ because: 'invalid', fields: { referredTo: 'required' } });
    return { ...base(entry), clock: { ...entry.clock, started: today, pauses: [], extension: 0 }, extensionReason: null, state: 'assigned', body };
  }
  if (answer.promises > 0 && answer.outcome !== 'declined') {
    return { ...base(entry), state: 'delivery', body: entry.body, outcome: answer.outcome, answeredAt: now };
  }
  if (answer.outcome === 'accepted' || answer.outcome === 'partly') refuse({ because: 'invalid', fields: { promises: 'required' } });
  return { ...base(entry), state: 'answered', body: entry.body, outcome: answer.outcome, answeredAt: now };
}

export type PromiseState = 'open' | 'done' | 'confirmed' | 'unconfirmed' | 'disputed' | 'broken';

/** What the states of its commitments make of an entry in delivery; the entry itself when nothing changes. */
export function followPromises(entry: Entry, states: readonly PromiseState[]): Entry {
  if (entry.state !== 'delivery' && entry.state !== 'delivered' && entry.state !== 'confirmed' && entry.state !== 'unconfirmed' && entry.state !== 'disputed') return entry;
  const next = whereTo(states);
  return next === null || next === entry.state ? entry : { ...entry, state: next };
}

function whereTo(states: readonly PromiseState[]): 'delivery' | 'delivered' | 'confirmed' | 'unconfirmed' | 'disputed' | null {
  if (states.length === 0) return null;
  if (states.includes('disputed')) return 'disputed';
  if (states.includes('open')) return 'delivery';
  if (states.includes('done')) return 'delivered';
  // A broken promise was never confirmed; its own state says the rest.
  return states.includes('unconfirmed') || states.includes('broken') ? 'unconfirmed' : 'confirmed';
}

/** An answer without promises has been there long enough to be read and disputed. */
export function close(entry: Entry): Entry {
  if (entry.state !== 'answered') refuse({ because: 'wrong-state', is: entry.state, wanted: 'answered' });
  return { ...entry, state: 'closed' };
}
