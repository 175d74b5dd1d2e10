import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { makeReference } from '#kernel/reference-number.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Block, Numbered, Seat } from './model.ts';
import { BLOCK, claim, daysOf, needConsent, newBlock, receivedOn, takenAt, typeIn } from './rules.ts';

const now = new Date('2026-11-24T09:00:00Z');
const block: Block = { id: 'b' as never, purpose: 'counter', body: 'one' as never, ...newBlock('counter', now) };
const seat: Seat = { clerk: 'c' as never, body: 'one' as never, code: 'one', paper: 'a5' };
const free: Numbered = { number: makeReference('TST', 1001), block, state: 'free' };
const refusal = (work: () => unknown): unknown => {
  try { return { done: work() }; } catch (failure) { return failure instanceof Refused && failure.refusal.because === 'invalid' ? failure.refusal.fields : failure; }
};

describe('a number of a block', () => {
  const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
  test.each([
    ['is used at its desk', free, seat, 'b', now, null],
    ['is not of another block', free, seat, 'other', now, 'other-block'],
    ['is not used at another desk', free, { ...seat, body: 'two' as never }, 'b', now, 'other-desk'],
    ['is not used twice', { ...free, state: 'used', entry: 'e' } as unknown as Numbered, seat, 'b', now, 'used'],
    ['is not used after it went back', { ...free, state: 'returned' } as Numbered, seat, 'b', now, 'returned'],
    ['is given out until the last moment', free, seat, 'b', block.expiresAt, null],
    ['is not given out after its last day', free, seat, 'b', later(BLOCK.days + 1), 'expired'],
    ['of a sheet is no number of a device', { ...free, block: { ...block, purpose: 'sheets' } } as Numbered, seat, 'b', now, 'other-block'],
  ])('%s', (_, it, at, id, when, code) => {
    expect(refusal(() => claim(it, at, { block: id, at: when }))).toEqual(code === null ? { done: when } : { number: code });
  });
});

test('a sheet is typed in once, and is a sheet', () => {
  const sheet = { ...free, block: { ...block, purpose: 'sheets' } } as Numbered;
  expect(refusal(() => typeIn(sheet))).toEqual({ done: sheet });
  expect(refusal(() => typeIn({ ...sheet, state: 'used', entry: 'e' } as unknown as Numbered))).toEqual({ sheet: 'typed' });
  expect(refusal(() => typeIn(free))).toEqual({ sheet: 'not-a-sheet' });
});

test.each([
  ['2026-11-24', null, null], ['2026-11-25', null, 'in-future'], ['2026-09-25', null, null], ['2026-09-24', null, 'too-old'], ['2026-11-19', '2026-11-20', 'before-printing'], ['2026-11-20', '2026-11-20', null],
])('received on %s, printed on %s: %s', (day, printed, code) => {
  expect(refusal(() => receivedOn(day as PlainDate, '2026-11-24' as PlainDate, printed as PlainDate | null))).toEqual(code === null ? { done: day } : { received: code });
});

test('whatever a device says about its time, an entry was taken between the reservation and now', () => {
  fc.assert(fc.property(fc.date({ noInvalidDate: false }), fc.integer({ min: 0, max: 30 * 86_400_000 }), (said, passed) => {
    const then = new Date(now.getTime() + passed);
    const at = takenAt(said, block, then);
    expect(at >= block.reservedAt && at <= then).toBe(true);
    if (said >= block.reservedAt && said <= then) expect(at).toEqual(said);
  }));
});

test('every day of a block has its date: eight, one after the other', () => {
  const days = daysOf(block, 'Asia/Damascus');
  expect(days).toHaveLength(BLOCK.days + 1);
  expect([days[0], days.at(-1)]).toEqual(['2026-11-24', '2026-12-01']);
});

test('name and contact are kept only of whoever agreed', () => {
  expect(refusal(() => needConsent({ name: '', contact: '+963944555666', consent: false }))).toEqual({ consent: 'required' });
  expect(refusal(() => needConsent({ name: 'سعاد', contact: '', consent: false }))).toEqual({ consent: 'required' });
  expect(refusal(() => needConsent({ name: '', contact: '', consent: false }))).toEqual({ done: undefined });
  expect(refusal(() => needConsent({ name: 'سعاد', contact: '', consent: true }))).toEqual({ done: undefined });
});
