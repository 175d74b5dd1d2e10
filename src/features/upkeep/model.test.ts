import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, PROMISE_NAMES, PROMISES } from './model.ts';

test.for([['record', 10, true], ['record', 10.1, false], ['answers', 1, true], ['answers', 0.99, false], ['watchers', 0, false], ['watchers', 1, true], ['jobs', 0, true], ['jobs', 1, false], ['backup', null, null], ['sealed', 10, true], ['sent', 61, false], ['late', 1, false], ['disk', 1_000_000_000, true], ['disk', 999_999_999, false], ['disk', null, null]] as const)('%s at %s', ([name, figure, kept]) => {
  expect(judge(name, figure).kept).toBe(kept);
});

test('at the promise itself it is kept; unmeasured is never kept', () => {
  fc.assert(fc.property(fc.constantFrom(...PROMISE_NAMES), (name) => {
    const { promised } = judge(name, null);
    expect(judge(name, promised)).toMatchObject({ kept: true, unit: PROMISES[name].unit });
    expect(judge(name, null).kept).toBeNull();
  }));
});
