/** From one state of an answer to the next, or a refusal. Pure. */
import type { PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { isWorkingDay, type Calendar, type PlainDate } from '#kernel/working-days.ts';
import type { Entry } from '../intake/model.ts';
import { MOST_PROMISES, type Answer, type AnswerText } from './model.ts';

/** Refuses what could not be published on `today`: each problem beside its field. */
export function checkText(text: AnswerText, own: Answer['body'], calendar: Calendar, today: PlainDate): void {
  const fields: Record<string, string> = {};
  const promising = text.outcome === 'accepted' || text.outcome === 'partly' || text.outcome === 'planned';
  if (text.outcome === 'referred' && text.referredTo === null) fields.referredTo = 'required';
  if (text.outcome === 'referred' && text.referredTo === own) fields.referredTo = 'own-body';
  if (!promising && text.promises.length > 0) fields.outcome = 'no-promises';
  if ((text.outcome === 'accepted' || text.outcome === 'partly') && text.promises.length === 0) fields['what-1'] = 'promise-required';
  if (text.promises.length > MOST_PROMISES) fields['what-1'] = 'too-many';
  for (const [at, promise] of text.promises.entries()) {
    if (promise.due <= today) fields[`due-${at + 1}`] = 'not-future';
    else if (!isWorkingDay(calendar, promise.due)) fields[`due-${at + 1}`] = 'not-working-day';
  }
  if (Object.keys(fields).length > 0) refuse({ because: 'invalid', fields });
}

/** A correction changes words, not what was decided: promises have a life of their own by then. */
export function checkCorrection(text: AnswerText, old: Answer): void {
  if (old.state !== 'published') refuse({ because: 'wrong-state', is: old.state, wanted: 'published' });
  if (text.outcome !== old.text.outcome || text.referredTo !== old.text.referredTo || text.promises.length > 0) refuse({ because: 'invalid', fields: { outcome: 'fixed' } });
}

/** Only while the entry waits for this body is there something to answer. */
export function needAnswerable(entry: Entry, it: Pick<Answer, 'body' | 'corrects'>): void {
  if (it.corrects === null && !isAnswerable(entry, it)) refuse({ because: 'wrong-state', is: entry.state, wanted: 'study' });
}

export function isAnswerable(entry: Entry, it: Pick<Answer, 'body'>): boolean {
  return (entry.state === 'assigned' || entry.state === 'study') && entry.body === it.body;
}

/** Saving over somebody else's save is refused: both texts are then shown. */
export function needVersion(it: Pick<Answer, 'version'>, version: number): void {
  if (it.version !== version) refuse({ because: 'conflict', what: 'answer' });
}

export function write(it: Answer, text: AnswerText, by: PersonId, now: Date): Answer {
  const draft = need(it, 'draft');
  return { ...draft, text, draftedBy: by, draftedAt: now, drafters: draft.drafters.includes(by) ? draft.drafters : [...draft.drafters, by], version: draft.version + 1 };
}

export function send(it: Answer): Answer {
  return { ...need(it, 'draft'), note: '', state: 'sent' };
}

export function withdrawSent(it: Answer): Answer {
  return { ...need(it, 'sent'), state: 'draft' };
}

export function approve(it: Answer, by: PersonId, delayMinutes: number, now: Date): Answer {
  return { ...need(it, 'sent'), state: 'approved', approvedBy: by, approvedAt: now, publishAt: new Date(now.getTime() + delayMinutes * 60_000) };
}

export function sendBack(it: Answer, note: string): Answer {
  return { ...need(it, 'sent'), state: 'draft', note };
}

/** Within the minutes before publication. Whoever approved it leaves it waiting for approval, whoever wrote it writes on. */
export function takeBack(it: Answer, by: PersonId, now: Date): Answer {
  const approved = need(it, 'approved');
  if (now >= approved.publishAt) refuse({ because: 'wrong-state', is: 'published', wanted: 'approved' });
  return { ...unapproved(approved), state: approved.approvedBy === by ? 'sent' : 'draft' };
}

/** The entry went elsewhere in the meantime: what was approved is not said, and can be looked at anew. */
export function hold(it: Answer): Answer {
  return { ...unapproved(need(it, 'approved')), state: 'draft' };
}

export function publish(it: Answer, now: Date): Answer & { state: 'published' } {
  const approved = need(it, 'approved');
  if (now < approved.publishAt) refuse({ because: 'wrong-state', is: 'approved', wanted: 'due' });
  return { ...approved, state: 'published', publishedAt: now };
}

function need<S extends Answer['state']>(it: Answer, state: S): Extract<Answer, { state: S }> {
  return it.state === state ? (it as Extract<Answer, { state: S }>) : refuse({ because: 'wrong-state', is: it.state, wanted: state });
}

function unapproved(it: Answer) {
  const { id, entryId, body, text, draftedBy, drafters, draftedAt, note, corrects, version } = it;
  return { id, entryId, body, text, draftedBy, drafters, draftedAt, note, corrects, version };
}
