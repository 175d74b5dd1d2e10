import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Calendar, type PlainDate } from '#kernel/working-days.ts';
import { COMMITMENT_STATES, VERDICTS, VOICES, type Commitment, type Said } from './model.ts';
import { breakOff, decide, finish, isLate, isLive, mayBeAsked, needAsked, needUnmoved, renegotiate, settleSilent, verdictOf, type Asked } from './rules.ts';

const day = (text: string) => text as PlainDate;
const at = (text: string) => new Date(`${text}T09:00:00Z`);
const limits = { supportersYes: 3, disputes: 3 };
const TODAY = day('2026-11-24');
const CALENDAR: Calendar = { weekend: [5, 6], holidays: new Set(['2026-12-25', '2026-12-31']), zone: 'Asia/Damascus' };
const DAYS = 30;

const whole = { id: 'c', number: 'TST-1001-01', source: { kind: 'answer', id: 's' }, subjectId: 'e', body: 'b', public: true, what: 'تركيب المصابيح', who: '', firstDue: day('2026-12-01'), due: day('2026-12-01'), openedAt: at('2026-11-01'), escalated: 2, round: 1, version: 4 };
function commitment(state: Commitment['state'], more: Partial<Commitment> = {}): Commitment {
  const extra = { open: {}, done: { doneAt: at('2026-11-20') }, confirmed: { doneAt: at('2026-11-20'), settledAt: at('2026-11-21') }, unconfirmed: { doneAt: at('2026-10-20'), settledAt: at('2026-11-20') }, disputed: { doneAt: at('2026-11-20'), disputedAt: at('2026-11-22') }, broken: { reason: 'لم يبقَ مال.', settledAt: at('2026-11-22') } }[state];
  return { ...whole, state, ...extra, ...more } as Commitment;
}
const said = (voice: Said['voice'], verdict: Said['verdict'], times = 1): Said[] => Array.from({ length: times }, () => ({ voice, verdict }));
const refused = (because: string, fields?: object) => expect.objectContaining({ refusal: expect.objectContaining({ because, ...(fields ? { fields } : {}) }) });
const thrown = (work: () => unknown): unknown => { try { work(); return null; } catch (error) { return error; } };

test('only what is open or disputed can be carried out', () => {
  for (const state of COMMITMENT_STATES) {
    const it = commitment(state);
    const live = state === 'open' || state === 'disputed';
    expect(isLive(it)).toBe(live);
    for (const move of [() => renegotiate(it, day('2027-01-03'), CALENDAR, TODAY), () => finish(it, at('2026-11-24')), () => breakOff(it, 'لم يبقَ مال.', at('2026-11-24'))]) {
      if (live) expect(move).not.toThrow();
      else expect(thrown(move)).toEqual(refused('wrong-state'));
    }
  }
});

test.each([
  ['2026-12-01', 'not-later'], ['2026-11-30', 'not-later'], ['2036-11-26', 'too-far'], ['2026-12-04', 'not-working-day'], ['2026-12-31', 'not-working-day'],
])('a new date of %s is refused as %s', (due, code) => {
  expect(thrown(() => renegotiate(commitment('open'), day(due), CALENDAR, TODAY))).toEqual(refused('invalid', { due: code }));
});

test('a date in the past is no promise, a later one starts the ladder anew and keeps the first', () => {
  const late = commitment('open', { due: day('2026-10-01'), firstDue: day('2026-09-01') });
  for (const past of ['2026-11-01', TODAY]) expect(thrown(() => renegotiate(late, day(past), CALENDAR, TODAY))).toEqual(refused('invalid', { due: 'in-the-past' }));
  expect(renegotiate(late, day('2026-11-25'), CALENDAR, TODAY)).toMatchObject({ due: '2026-11-25', firstDue: '2026-09-01', escalated: 0, state: 'open' });
  expect(renegotiate(commitment('disputed'), day('2027-01-03'), CALENDAR, TODAY)).toMatchObject({ state: 'disputed', disputedAt: at('2026-11-22') });
});

test('late is what is live behind its date, and nothing else', () => {
  fc.assert(fc.property(fc.constantFrom(...COMMITMENT_STATES), fc.integer({ min: -400, max: 400 }), (state, days) => {
    const due = addDays(TODAY, days);
    expect(isLate({ state, due }, TODAY)).toBe((state === 'open' || state === 'disputed') && days < 0);
  }));
});

test('whoever read another version is told; who says nothing about it is not asked', () => {
  expect(thrown(() => needUnmoved(commitment('open'), 3))).toEqual(refused('conflict'));
  expect(() => needUnmoved(commitment('open'), 4)).not.toThrow();
  expect(() => needUnmoved(commitment('open'), undefined)).not.toThrow();
});

test('done anew after a dispute is a new round; done at first is the first', () => {
  expect(finish(commitment('open'), at('2026-11-24'))).toMatchObject({ state: 'done', round: 1 });
  const again = finish(commitment('disputed'), at('2026-11-24'));
  expect(again).toMatchObject({ state: 'done', round: 2, doneAt: at('2026-11-24') });
  expect(again).not.toHaveProperty('disputedAt');
});

test.each<[string, Said[], 'confirmed' | 'disputed' | null]>([
  ['nobody', [], null],
  ['the submitter: yes', said('submitter', 'yes'), 'confirmed'],
  ['the submitter: no', said('submitter', 'no'), 'disputed'],
  ['the submitter: partly', said('submitter', 'partly'), null],
  ['two supporters: yes', said('supporter', 'yes', 2), null],
  ['three supporters: yes', said('supporter', 'yes', 3), 'confirmed'],
  ['three supporters: yes, one: no', [...said('supporter', 'yes', 3), ...said('supporter', 'no')], null],
  ['three supporters: yes, a neighbour: no', [...said('supporter', 'yes', 3), ...said('neighbour', 'no')], 'confirmed'],
  ['ten neighbours: yes', said('neighbour', 'yes', 10), null],
  ['two of anybody: no', said('neighbour', 'no', 2), null],
  ['three of anybody: no', [...said('neighbour', 'no', 2), ...said('supporter', 'no')], 'disputed'],
  ['the submitter: yes, three others: no', [...said('submitter', 'yes'), ...said('neighbour', 'no', 3)], 'disputed'],
  ['the submitter: partly, three supporters: yes', [...said('submitter', 'partly'), ...said('supporter', 'yes', 3)], 'confirmed'],
  ['many: partly', said('supporter', 'partly', 9), null],
])('%s', (_, voices, verdict) => {
  expect(verdictOf(voices, limits)).toBe(verdict);
});

const anyVoices = fc.array(fc.record({ voice: fc.constantFrom(...VOICES), verdict: fc.constantFrom(...VERDICTS) }), { maxLength: 12 });

test('it does not matter in which order voices come, and one more «no» never turns a dispute into anything else', () => {
  fc.assert(fc.property(anyVoices, fc.constantFrom(...VOICES), (voices, voice) => {
    expect(verdictOf(voices.toReversed(), limits)).toBe(verdictOf(voices, limits));
    const before = verdictOf(voices, limits);
    const after = verdictOf([...voices, { voice, verdict: 'no' }], limits);
    if (before === 'disputed') expect(after).toBe('disputed');
    if (before === null) expect(after).not.toBe('confirmed');
  }));
});

test('what residents settled is changed by a dispute, or by a first word after silence, and by nothing else', () => {
  fc.assert(fc.property(fc.constantFrom('done', 'confirmed', 'unconfirmed'), anyVoices, (state, voices) => {
    const it = commitment(state as Asked['state']) as Asked;
    const next = decide(it, voices, limits, at('2026-11-24'));
    const verdict = verdictOf(voices, limits);
    expect(next.state).toBe(verdict ?? state);
    if (next.state === it.state) expect(next).toBe(it);
    if (next.state === 'disputed') expect(next).toMatchObject({ disputedAt: at('2026-11-24'), escalated: 0, round: 1 });
  }));
});

test.each([
  ['open', '2026-11-24', false], ['broken', '2026-11-24', false], ['disputed', '2026-11-24', false], ['done', '2028-01-01', true],
  ['confirmed', '2026-12-20', true], ['confirmed', '2026-12-21', false], ['unconfirmed', '2026-12-19', true], ['unconfirmed', '2026-12-20', false],
] as const)('%s on %s: residents may speak is %s', (state, on, asked) => {
  const it = commitment(state);
  expect(mayBeAsked(it.state, 'settledAt' in it ? it.settledAt : null, DAYS, at(on))).toBe(asked);
  if (asked) expect(needAsked(it, DAYS, at(on))).toBe(it);
  else expect(thrown(() => needAsked(it, DAYS, at(on)))).toEqual(refused('wrong-state'));
});

test('silence settles after the days of the profile, not a moment before, and nothing that is not waiting', () => {
  const it = commitment('done');
  expect(settleSilent(it, DAYS, new Date(at('2026-12-20').getTime() - 1))).toBe(it);
  expect(settleSilent(it, DAYS, at('2026-12-20'))).toMatchObject({ state: 'unconfirmed', settledAt: at('2026-12-20'), doneAt: at('2026-11-20') });
  for (const state of COMMITMENT_STATES.filter((other) => other !== 'done')) expect(settleSilent(commitment(state), DAYS, at('2030-01-01')).state).toBe(state);
});
