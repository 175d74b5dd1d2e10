import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { CommitmentListSchema, dateFrom, MoveSchema, ReasonSchema, UpdateSchema } from './input.ts';

test.each([
  ['15', '3', '2027', '2027-03-15'], ['١٥', '3', '٢٠٢٧', '2027-03-15'], ['۱۵', '۳', '۲۰۲۷', '2027-03-15'], [' 5 ', '12', '2026', '2026-12-05'],
  ['31', '2', '2027', null], ['0', '1', '2027', null], ['15', '13', '2027', null], ['15', '', '2027', null], ['', '', '', null], ['15', '3', '27', null], ['٣ آذار', '3', '2027', null],
])('%s / %s / %s is %s', (day, month, year, date) => {
  expect(dateFrom({ 'due-day': day, 'due-month': month, 'due-year': year })).toBe(date);
});

test('a move is refused beside both of its fields at once', () => {
  const { issues } = v.safeParse(MoveSchema, { due: null, reason: 'قصير' });
  expect(issues?.map((issue) => [v.getDotPath(issue), issue.message])).toEqual([['reason', 'too-short'], ['due', 'not-a-date']]);
});

test('whatever is typed is taken within its limits or refused with a code, and never thrown', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('ا'.repeat(2_001)), fc.constant('\u202e\0'), fc.constant(undefined));
  fc.assert(fc.property(anything, anything, (text, other) => {
    for (const schema of [UpdateSchema, ReasonSchema, MoveSchema]) {
      const result = v.safeParse(schema as never, { text, reason: text, due: dateFrom({ 'due-day': String(other), 'due-month': String(text), 'due-year': '2027' }) });
      for (const issue of result.issues ?? []) expect((issue as { message: string }).message).toMatch(/^[a-z-]+$/);
    }
    const filter = v.parse(CommitmentListSchema, { q: text, state: text, body: other, after: other });
    expect(filter.q.length).toBeLessThanOrEqual(200);
  }));
});
