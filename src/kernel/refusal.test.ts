import { expect, test } from 'vitest';
import { allow, refuse, Refused, type Refusal } from './refusal.ts';

function caught(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

test.each<Refusal>([
  { because: 'invalid', fields: { title: 'required' } },
  { because: 'not-found', what: 'entry' },
  { because: 'not-allowed', to: 'publish this entry' },
  { because: 'wrong-state', is: 'closed', wanted: 'open' },
  { because: 'too-many', retryAfterSeconds: 60 },
  { because: 'conflict', what: 'support' },
  { because: 'gone', what: 'draft' },
])('a refusal travels as an error and arrives whole: $because', (refusal) => {
  const error = caught(() => refuse(refusal));
  expect(error).toBeInstanceOf(Refused);
  expect((error as Refused).refusal).toEqual(refusal);
  expect((error as Refused).message).toBe(refusal.because);
});

test('what is allowed goes on, what is not is refused by name', () => {
  expect(caught(() => allow(true, 'answer'))).toBeNull();
  expect((caught(() => allow(false, 'answer')) as Refused).refusal).toEqual({ because: 'not-allowed', to: 'answer' });
});
