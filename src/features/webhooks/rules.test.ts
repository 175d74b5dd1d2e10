import { expect, test } from 'vitest';
import { MOST_ATTEMPTS, problemOf, retryAt } from './rules.ts';

test('the pauses grow, and end', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  const pauses = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, at) => retryAt(at + 1, now)!.getTime() - now.getTime());
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(new Set(pauses).size).toBe(pauses.length);
  expect(retryAt(MOST_ATTEMPTS, now)).toBeNull();
});

test.each([[200, null], [204, null], [299, null], [301, 'redirected'], [302, 'redirected'], [400, 'refused'], [410, 'gone'], [429, 'refused'], [500, 'refused'], [0, 'refused'], [199, 'refused']] as const)('%i', (status, problem) => {
  expect(problemOf(status)?.problem ?? null).toBe(problem);
  expect(problemOf(status)?.lasting ?? false).toBe(problem === 'gone');
});
