import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownCount } from './small-numbers.ts';

test('a count is shown from the limit on, exactly; below it nobody can tell it from an unknown one', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 50 }), (count, below) => {
    expect(shownCount(count, below)).toBe(count < below ? null : count);
  }));
  expect(shownCount(null, 0)).toBeNull();
});
