import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor, Role } from '#kernel/actor.ts';
import { newId, type AnswerId, type BodyId, type EntryId, type PersonId } from '#kernel/ids.ts';
import { Refused } from '#kernel/refusal.ts';
import type { Calendar, PlainDate } from '#kernel/working-days.ts';
import { mayApprove } from './access.ts';
import type { Answer, AnswerText } from './model.ts';
import { approve, checkText, publish, send, sendBack, takeBack, withdrawSent, write } from './rules.ts';

const calendar: Calendar = { weekend: [5, 6], holidays: new Set(['2026-12-25']), zone: 'Asia/Damascus' };
const today = '2026-11-24' as PlainDate;
const now = new Date('2026-11-24T09:00:00Z');
const own = newId<'body'>();
const [writer, head] = [newId<'person'>(), newId<'person'>()];
const text = (more: Partial<AnswerText> = {}): AnswerText => ({ outcome: 'declined', summary: 'لا يمكن هذا العام', reason: 'لا مال لها في موازنة هذا العام.', referredTo: null, promises: [], ...more });
const promise = (due: string) => ({ what: 'تركيب المصابيح', who: '', due: due as PlainDate });
const draft = (): Answer => ({
  id: newId<'answer'>() as AnswerId, entryId: newId<'entry'>() as EntryId, body: own, text: text(), draftedBy: writer, drafters: [writer], draftedAt: now, note: '', corrects: null, version: 1, state: 'draft',
});

function problems(more: Partial<AnswerText>): Record<string, string> {
  try {
    checkText(text(more), own, calendar, today);
    return {};
  } catch (refused) {
    const { refusal } = refused as Refused;
    return refusal.because === 'invalid' ? refusal.fields : { refused: refusal.because };
  }
}

test.each<[string, Partial<AnswerText>, Record<string, string>]>([
  ['declined', {}, {}],
  ['accepted without a promise', { outcome: 'accepted' }, { 'what-1': 'promise-required' }],
  ['partly without a promise', { outcome: 'partly' }, { 'what-1': 'promise-required' }],
  ['planned without a promise', { outcome: 'planned' }, {}],
  ['accepted with one', { outcome: 'accepted', promises: [promise('2026-12-30')] }, {}],
  ['declined with one', { promises: [promise('2026-12-30')] }, { outcome: 'no-promises' }],
  ['a promise for today', { outcome: 'accepted', promises: [promise('2026-11-24')] }, { 'due-1': 'not-future' }],
  ['a promise for tomorrow', { outcome: 'accepted', promises: [promise('2026-11-25')] }, {}],
  ['a promise for a Friday and a holiday', { outcome: 'accepted', promises: [promise('2026-11-27'), promise('2026-12-25')] }, { 'due-1': 'not-working-day', 'due-2': 'not-working-day' }],
  ['six promises', { outcome: 'accepted', promises: Array.from({ length: 6 }, () => promise('2026-12-30')) }, { 'what-1': 'too-many' }],
  ['referred to nobody', { outcome: 'referred' }, { referredTo: 'required' }],
  ['referred to itself', { outcome: 'referred', referredTo: own }, { referredTo: 'own-body' }],
  ['referred to another', { outcome: 'referred', referredTo: newId<'body'>() }, {}],
])('%s', (_, more, expected) => {
  expect(problems(more)).toEqual(expected);
});

const grant = (id: PersonId, ...roles: [Role, BodyId | null][]): Actor => ({ kind: 'person', id, verified: 'contact', assurance: 'two', roles: roles.map(([role, body]) => ({ role, body })) });
const other = newId<'body'>();

test.each<[string, Actor, PersonId[], PersonId[], boolean]>([
  ['the head of the body', grant(head, ['head', own]), [writer], [head], true],
  ['a head who wrote in it', grant(head, ['head', own]), [writer, head], [head], false],
  ['the deputy of a head who wrote in it', grant(newId<'person'>(), ['head', own]), [head], [head], true],
  ['the governor\'s office when a head wrote in it', grant(newId<'person'>(), ['coordinator', null]), [writer, head], [head], true],
  ['the governor\'s office when the body has no head', grant(newId<'person'>(), ['coordinator', null]), [writer], [], true],
  ['the governor\'s office beside a head', grant(newId<'person'>(), ['coordinator', null]), [writer], [head], false],
  ['a coordinator who wrote in it', grant(writer, ['coordinator', null]), [writer], [], false],
  ['the head of another body', grant(newId<'person'>(), ['head', other]), [writer], [], false],
  ['another officer', grant(newId<'person'>(), ['officer', own]), [writer], [], false],
  ['a head with one factor', { ...grant(head, ['head', own]), assurance: 'one' } as Actor, [writer], [head], false],
  ['a visitor', { kind: 'visitor' }, [writer], [], false],
  ['the system', { kind: 'system', job: 'answers' }, [writer], [], false],
])('may approve: %s', (_, actor, drafters, heads, expected) => {
  expect(mayApprove(actor, { body: own, drafters }, heads)).toBe(expected);
});

test('it can be taken back until its minutes are over: by the approver to the pile, by the writer to the draft', () => {
  const approved = approve(send(draft()), head, 10, now);
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(takeBack(approved, head, at(9)).state).toBe('sent');
  expect(takeBack(approved, writer, at(9)).state).toBe('draft');
  expect(() => takeBack(approved, head, at(10))).toThrow(Refused);
  expect(() => publish(approved, at(9))).toThrow(Refused);
  expect(publish(approved, at(10)).state).toBe('published');
});

type Step = 'write' | 'send' | 'withdraw' | 'approve' | 'return' | 'back' | 'publish';
const MOVES: Record<Step, (it: Answer, by: PersonId, at: Date) => Answer> = {
  write: (it, by, at) => write(it, text({ summary: 'نصّ آخر تماماً' }), by, at), send, withdraw: withdrawSent, approve: (it, by, at) => approve(it, by, 10, at), return: (it) => sendBack(it, 'أوضح السبب'),
  back: (it, by, at) => takeBack(it, by, at), publish: (it, _, at) => publish(it, at),
};

test('whatever is done in whatever order: nothing is published without an approval of the last words, and all writers are remembered', () => {
  const people = [writer, head, newId<'person'>()];
  const step = fc.record({ move: fc.constantFrom(...(Object.keys(MOVES) as Step[])), by: fc.constantFrom(...people), minutes: fc.integer({ min: 0, max: 15 }) });
  fc.assert(fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
    let it = draft();
    let at = now;
    const wrote = new Set([writer]);
    let approvedVersion = 0;
    for (const { move, by, minutes } of steps) {
      at = new Date(at.getTime() + minutes * 60_000);
      try {
        it = MOVES[move](it, by, at);
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        continue;
      }
      if (move === 'write') wrote.add(by);
      if (move === 'approve') approvedVersion = it.version;
      expect(new Set(it.drafters)).toEqual(wrote);
      if (it.state === 'published') expect([it.version, it.publishedAt >= it.publishAt]).toEqual([approvedVersion, true]);
    }
  }));
});
