import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId, type BodyId, type EntryId } from '#kernel/ids.ts';
import { Refused } from '#kernel/refusal.ts';
import { dueDate, type Calendar, type PlainDate } from '#kernel/working-days.ts';
import { ENTRY_STATES, type Entry, type EntryKind, type EntryState, type EntryStateName } from './model.ts';
import { answered, askBack, assign, classify, close, extend, followPromises, join, keepConfidential, publish, resume, separate, startStudy, withdraw, type PromiseState } from './rules.ts';

const now = new Date('2026-11-24T09:00:00Z');
const today = '2026-11-24' as PlainDate;
const body = newId<'body'>() as BodyId;
const calendar: Calendar = { weekend: [5, 6], holidays: new Set(), zone: 'Asia/Damascus' };

const STATES: Record<EntryStateName, EntryState> = {
  received: { state: 'received', body: null }, open: { state: 'open', body: null }, assigned: { state: 'assigned', body }, study: { state: 'study', body },
  returned: { state: 'returned', resume: 'assigned', body }, answered: { state: 'answered', body, outcome: 'declined', answeredAt: now }, closed: { state: 'closed', body, outcome: 'declined', answeredAt: now },
  delivery: { state: 'delivery', body, outcome: 'accepted', answeredAt: now }, delivered: { state: 'delivered', body, outcome: 'accepted', answeredAt: now }, confirmed: { state: 'confirmed', body, outcome: 'accepted', answeredAt: now },
  unconfirmed: { state: 'unconfirmed', body, outcome: 'accepted', answeredAt: now }, disputed: { state: 'disputed', body, outcome: 'accepted', answeredAt: now },
  joined: { state: 'joined', into: newId<'entry'>() as EntryId, body }, withdrawn: { state: 'withdrawn', body }, elsewhere: { state: 'elsewhere', body },
};
const entry = (state: EntryStateName, kind: EntryKind = 'need'): Entry => ({
  id: newId<'entry'>() as EntryId, number: 'TST-1001-05', kind, confidential: kind === 'complaint', publishedAt: null, submittedAt: now, acknowledgedAt: null,
  clock: { started: today, days: 15, extension: 0, pauses: state === 'returned' ? [{ from: today, to: null }] : [] }, extensionReason: null, place: null, sectors: [], ...STATES[state],
});

const declined = { outcome: 'declined' as const, promises: 0, referredTo: null };
const LIVE: EntryStateName[] = ['received', 'returned', 'open', 'assigned', 'study'];

test.each<[string, (it: Entry) => Entry, EntryStateName[]]>([
  ['publish', (it) => publish(it, now), ['received']],
  ['keepConfidential', (it) => keepConfidential(it, now), ['received']],
  ['classify', (it) => classify(it, { place: null, sectors: [] }), LIVE],
  ['assign', (it) => assign(it, body, now), ['open', 'assigned', 'study']],
  ['startStudy', startStudy, ['assigned']],
  ['askBack', (it) => askBack(it, today, now), ['received', 'open', 'assigned', 'study']],
  ['resume', (it) => resume(it, today), ['returned']],
  ['extend', (it) => extend(it, 10, 'reason'), LIVE],
  ['join', (it) => join(it, entry('open')), LIVE],
  ['separate', separate, ['joined']],
  ['withdraw', (it) => withdraw(it, today), LIVE],
  ['answered', (it) => answered(it, declined, today, now), ['assigned', 'study']],
  ['close', close, ['answered']],
])('%s is possible from exactly the states of the story', (_, move, from) => {
  const possible = ENTRY_STATES.filter((state) => {
    try {
      move(entry(state));
      return true;
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      return false;
    }
  });
  expect(possible.toSorted()).toEqual(from.toSorted());
});

test('a complaint is published by no move, whatever comes before', () => {
  const moves: ((it: Entry) => Entry)[] = [
    (it) => publish(it, now), (it) => keepConfidential(it, now), (it) => assign(it, body, now), startStudy, (it) => askBack(it, today, now), (it) => resume(it, today), (it) => extend(it, 10, 'r'),
    (it) => join(it, entry('open')), (it) => join(it, entry('open', 'complaint')), separate, (it) => withdraw(it, today), (it) => answered(it, declined, today, now), close,
  ];
  fc.assert(fc.property(fc.array(fc.nat(moves.length - 1), { maxLength: 20 }), (steps) => {
    let it = entry('received', 'complaint');
    for (const step of steps) {
      try {
        it = moves[step]!(it);
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
      }
      expect([it.confidential, it.publishedAt]).toEqual([true, null]);
    }
  }));
});

test.each<[PromiseState[], EntryStateName]>([
  [['open'], 'delivery'], [['done', 'open'], 'delivery'], [['done', 'confirmed'], 'delivered'], [['confirmed', 'confirmed'], 'confirmed'], [['confirmed', 'unconfirmed'], 'unconfirmed'],
  [['confirmed', 'broken'], 'unconfirmed'], [['open', 'disputed'], 'disputed'], [[], 'delivery'],
])('promises %j make it %s', (states, expected) => {
  expect(followPromises(entry('delivery'), states).state).toBe(expected);
});

test('an entry that nobody promised anything for follows no promise', () => {
  for (const state of ENTRY_STATES.filter((it) => !['delivery', 'delivered', 'confirmed', 'unconfirmed', 'disputed'].includes(it))) {
    expect(followPromises(entry(state), ['done']).state).toBe(state);
  }
});

test('questions and replies only ever move the date back, and an open question holds it', () => {
  const day = fc.integer({ min: 0, max: 40 });
  fc.assert(fc.property(fc.array(fc.tuple(day, day), { maxLength: 6 }), (waits) => {
    let it = entry('study');
    let at = new Date('2026-11-24T00:00:00Z').getTime();
    const on = (days: number) => { at += days * 86_400_000; return new Date(at).toISOString().slice(0, 10) as PlainDate; };
    let due = dueDate(calendar, it.clock)!;
    for (const [before, waiting] of waits) {
      const asked = on(before);
      it = askBack(it, asked, now);
      if (asked <= due) expect(dueDate(calendar, it.clock)).toBeNull();
      it = resume(it, on(waiting));
      const next = dueDate(calendar, it.clock)!;
      expect(next >= due).toBe(true);
      due = next;
    }
  }));
});
