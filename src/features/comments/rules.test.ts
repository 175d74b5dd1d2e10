import { describe, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import type { Comment, CommentState } from './model.ts';
import { change, decideObjection, EDIT_MINUTES, holdsOf, keep, object, OBJECT_DAYS, remove, report, withdraw, type Arrival } from './rules.ts';

const NOW = new Date('2026-11-25T09:00:00Z');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const calm: Arrival = { account: true, official: false, number: false, trap: false, attack: false, proven: false, waited: false };
const base = { id: 'c' as never, subject: { kind: 'entry' as const, id: 'e' }, parent: null, author: 'author' as never, official: null, text: 'نصّ', sentAt: NOW, waitsSince: null, objection: null, imported: false };
const comment = (state: CommentState, more: Partial<Comment> = {}): Comment => ({ ...base, ...state, ...more }) as Comment;
const published = (more: Partial<Comment> = {}) => comment({ state: 'published', publishedAt: NOW }, more);
const removed = (more: Partial<Comment> = {}) => comment({ state: 'removed', publishedAt: NOW, rule: 'insult', reason: 'سبب', decidedBy: 'mod' as never, decidedAt: NOW }, more);
const refusal = (work: () => unknown) => { try { work(); return null; } catch (error) { return (error as Refused).refusal.because; } };

describe('who is read first', () => {
  test.each<[Partial<Arrival>, string[]]>([
    [{}, []], [{ account: false }, ['visitor']], [{ number: true }, ['number']], [{ trap: true }, ['trap']], [{ attack: true }, ['attack']], [{ attack: true, proven: true }, []], [{ attack: true, waited: true }, []],
    [{ attack: true, account: false, waited: true }, ['visitor']], [{ official: true, attack: true, number: true, trap: true }, []],
  ])('%o → %o', (more, holds) => { expect(holdsOf({ ...calm, ...more })).toEqual(holds); });
});

test('a comment is changed for a quarter of an hour, to the minute', () => {
  expect(change(published(), 'غيره', false, later(EDIT_MINUTES)).text).toBe('غيره');
  expect(refusal(() => change(published(), 'غيره', false, later(EDIT_MINUTES + 1)))).toBe('wrong-state');
  expect(change(published(), 'برقم', true, later(1))).toMatchObject({ state: 'held', heldFor: ['number'], waitsSince: later(1) });
});

test('a decision needs something that waits, and is never the author’s own', () => {
  const waiting = published({ waitsSince: NOW });
  expect(refusal(() => keep(published(), 'mod' as never, NOW))).toBe('conflict');
  expect(refusal(() => keep(waiting, 'author' as never, NOW))).toBe('not-allowed');
  expect(keep(comment({ state: 'held', heldFor: ['visitor'] }, { waitsSince: NOW }), 'mod' as never, later(5))).toMatchObject({ state: 'published', publishedAt: later(5), waitsSince: null });
  expect(remove(waiting, { rule: 'spam', reason: 'دعاية', by: 'mod' as never }, NOW)).toMatchObject({ state: 'removed', rule: 'spam', publishedAt: NOW });
  expect(refusal(() => report(removed(), NOW))).toBe('not-found');
});

test('an author objects once within thirty days, and somebody else decides', () => {
  const objected = object(removed(), later(60));
  expect(objected).toMatchObject({ waitsSince: later(60), objection: { outcome: null, against: 'mod' } });
  expect(refusal(() => object(objected, later(61)))).toBe('wrong-state');
  expect(refusal(() => object(removed(), later(OBJECT_DAYS * 1440 + 1)))).toBe('wrong-state');
  expect(refusal(() => decideObjection(objected, { outcome: 'reversed', by: 'mod' as never }, NOW))).toBe('not-allowed');
  expect(refusal(() => decideObjection(objected, { outcome: 'reversed', by: 'author' as never }, NOW))).toBe('not-allowed');
  expect(decideObjection(objected, { outcome: 'reversed', by: 'other' as never }, NOW)).toMatchObject({ state: 'published', waitsSince: null, objection: { outcome: 'reversed' } });
  const upheld = decideObjection(objected, { outcome: 'upheld', by: 'other' as never }, NOW);
  expect(upheld).toMatchObject({ state: 'removed', waitsSince: null });
  expect(refusal(() => decideObjection(upheld, { outcome: 'reversed', by: 'third' as never }, NOW))).toBe('conflict');
});

test('what is withdrawn has no words left, from whatever state', () => {
  for (const it of [published(), removed(), comment({ state: 'held', heldFor: ['visitor'] }, { waitsSince: NOW })]) expect(withdraw(it)).toMatchObject({ state: 'withdrawn', text: '', waitsSince: null });
});
