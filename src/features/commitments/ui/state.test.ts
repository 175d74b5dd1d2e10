import { expect, test } from 'vitest';
import { owedAs } from './state.ts';

test.each([
  [{ state: 'open', late: false }, 'soon'], [{ state: 'open', late: true }, 'late'], [{ state: 'disputed', late: true }, 'late'], [{ state: 'disputed', late: false }, 'disputed'],
] as const)('a body owes %o as %s', (it, as) => {
  expect(owedAs(it)).toBe(as);
});
