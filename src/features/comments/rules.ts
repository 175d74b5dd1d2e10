/** What becomes of a comment. Pure. */
import { KEPT_DAYS } from '#kernel/kept-days.ts';
import { refuse } from '#kernel/refusal.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Comment, Hold, Outcome, Rule } from './model.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
export const EDIT_MINUTES = 15;
export const OBJECT_DAYS = KEPT_DAYS.removed;

/** A household or an office behind one address is many people; a program is one. */
export const COMMENT_LIMITS = {
  ofPerson: { bucket: 'comments of person', max: 12, perSeconds: 600 },
  ofPersonADay: { bucket: 'comments of person a day', max: 60, perSeconds: 86_400 },
  ofNetwork: { bucket: 'comments from network', max: 30, perSeconds: 600 },
  reports: { bucket: 'reports from network', max: 30, perSeconds: 3600 },
} as const;

/** More than so many comments in ten minutes, from everywhere: then a form proves that it was some work, or waited. */
export const ATTACK = { comments: 60, minutes: 10, proofBits: 15, waitSeconds: 60 } as const;

export type Arrival = { account: boolean; official: boolean; number: boolean; trap: boolean; attack: boolean; proven: boolean; waited: boolean };

/** Why a moderator reads it first; nothing: it is published at once. */
export function holdsOf(it: Arrival): Hold[] {
  if (it.official) return [];
  return [
    ...(it.account ? [] : ['visitor' as const]),
    ...(it.number ? ['number' as const] : []),
    ...(it.attack && !it.proven && !it.waited ? ['attack' as const] : []),
    ...(it.trap ? ['trap' as const] : []),
  ];
}

export const mayStillChange = (it: Comment, now: Date): boolean => (it.state === 'held' || it.state === 'published') && now.getTime() - it.sentAt.getTime() <= EDIT_MINUTES * MINUTE;

export function change(it: Comment, text: string, number: boolean, now: Date): Comment {
  if (!mayStillChange(it, now)) refuse({ because: 'wrong-state', is: it.state, wanted: 'changeable' });
  const changed = { ...it, text };
  if (!number || it.official) return changed;
  const heldFor: readonly Hold[] = it.state === 'held' ? [...new Set<Hold>([...it.heldFor, 'number'])] : ['number'];
  return { ...common(changed), state: 'held', heldFor, waitsSince: it.waitsSince ?? now };
}

/** Its author takes it back, whatever became of it. */
export function withdraw(it: Comment): Comment {
  if (it.state === 'withdrawn') refuse({ because: 'wrong-state', is: 'withdrawn', wanted: 'there' });
  return { ...common(it), text: '', state: 'withdrawn', waitsSince: null };
}

/** Shown again by a restore, though it had been removed: a moderator reads it once more. */
export function holdAgain(it: Comment, now: Date): Comment {
  return { ...common(it), state: 'held', heldFor: ['import'], waitsSince: now };
}

export function report(it: Comment, now: Date): Comment {
  if (it.state !== 'published') refuse({ because: 'not-found', what: 'comment' });
  return { ...it, waitsSince: it.waitsSince ?? now };
}

/** A moderator lets it stand: what was held is published. */
export function keep(it: Comment, by: PersonId | null, now: Date): Comment {
  const waiting = needWaiting(it, by);
  if (waiting.state !== 'held' && waiting.state !== 'published') refuse({ because: 'wrong-state', is: waiting.state, wanted: 'held' });
  return { ...common(waiting), state: 'published', publishedAt: waiting.state === 'published' ? waiting.publishedAt : now, waitsSince: null };
}

export function remove(it: Comment, decision: { rule: Rule; reason: string; by: PersonId }, now: Date): Comment {
  const waiting = needWaiting(it, decision.by);
  if (waiting.state !== 'held' && waiting.state !== 'published') refuse({ because: 'wrong-state', is: waiting.state, wanted: 'held' });
  // One objection a comment: what was decided twice is decided.
  return {
    ...common(waiting), state: 'removed', publishedAt: waiting.state === 'published' ? waiting.publishedAt : null,
    rule: decision.rule, reason: decision.reason, decidedBy: decision.by, decidedAt: now, waitsSince: null,
  };
}

function needWaiting(it: Comment, by: PersonId | null): Comment {
  if (by !== null && it.author === by) refuse({ because: 'not-allowed', to: 'decide on the own comment' });
  // Of two moderators who decide at once the second finds nothing that waits.
  if (it.waitsSince === null) refuse({ because: 'conflict', what: 'comment' });
  return it;
}

export const mayStillObject = (it: Comment, now: Date): boolean =>
  it.state === 'removed' && it.objection === null && now.getTime() - it.decidedAt.getTime() <= OBJECT_DAYS * DAY;

export function object(it: Comment, now: Date): Comment {
  if (!mayStillObject(it, now)) refuse({ because: 'wrong-state', is: it.state, wanted: 'removed' });
  return { ...it, waitsSince: now, objection: { at: now, outcome: null, against: it.state === 'removed' ? it.decidedBy : null } };
}

/** Somebody else than the one who removed it: the removal stands, or the comment comes back. */
export function decideObjection(it: Comment, decision: { outcome: Outcome; by: PersonId }, now: Date): Comment {
  if (it.state !== 'removed' || !it.objection || it.objection.outcome !== null) refuse({ because: 'conflict', what: 'comment' });
  if (it.decidedBy === decision.by || it.author === decision.by) refuse({ because: 'not-allowed', to: 'decide on this objection' });
  const objection = { ...it.objection, outcome: decision.outcome };
  if (decision.outcome === 'upheld') return { ...it, waitsSince: null, objection };
  return { ...common(it), state: 'published', publishedAt: it.publishedAt ?? now, waitsSince: null, objection };
}

/** The fields that all states share. */
function common(it: Comment) {
  const { id, subject, parent, author, official, text, sentAt, waitsSince, objection, imported } = it;
  return { id, subject, parent, author, official, text, sentAt, waitsSince, objection, imported };
}
