import { expect, test } from 'vitest';
import { electionOf } from './build.ts';
import { measure, preferences, sharesByGroup } from './compare.ts';
import { count } from './count.ts';
import { countWithin } from './limits.ts';
import { rational, text } from './rational.ts';

// Three in four want the north; its two large projects would take everything by votes.
const town = electionOf({
  kind: 'approval',
  budget: '12',
  projects: [
    { id: 'n1', cost: '6', columns: { place: 'north' } },
    { id: 'n2', cost: '6', columns: { place: 'north' } },
    { id: 's1', cost: '4', columns: { place: 'south, east' } },
  ],
  ballots: [...Array.from({ length: 4 }, () => ({ projects: ['n1', 'n2'] })), ...Array.from({ length: 2 }, () => ({ projects: ['s1'] })), { projects: [] }],
});

test('rules are compared by who gets nothing, what voters get, and where the money goes', () => {
  const greedy = count(town, { rule: 'greedy' });
  const shares = count(town, { completion: 'add1u' });
  const [a, b] = [measure(town, greedy.winners), measure(town, shares.winners)];
  expect([a.votersWithNothing, text(a.exclusionRatio), text(a.averageWinners), text(a.averageCost), text(a.budgetUsed)]).toEqual([2, '1/3', '4/3', '8', '1']);
  expect([b.votersWithNothing, text(b.exclusionRatio), text(b.averageWinners), text(b.averageCost), text(b.budgetUsed)]).toEqual([0, '0', '1', '16/3', '5/6']);
  expect(preferences(town, greedy, shares)).toEqual({ preferA: 4, preferB: 2, equal: 1 });
  const shown = sharesByGroup(town, shares.winners, 'place').map(({ group, winners, ofMarks, ofSpending }) => [group, winners, text(ofMarks), text(ofSpending)]);
  expect(shown).toEqual([['east', 1, '1/10', '1/5'], ['north', 1, '4/5', '3/5'], ['south', 1, '1/10', '1/5']]);
});

test('a maximum is kept and says what it costs', () => {
  const limited = countWithin(town, [{ column: 'place', value: 'north', most: rational(6n) }], { rule: 'greedy' });
  expect(limited.winners).toEqual([0, 2]);
  expect(limited.price).toMatchObject({ displaced: [1], brought: [2], without: { votersWithNothing: 2 }, within: { votersWithNothing: 0 } });
});

test('a minimum is spent first, the rest in common', () => {
  const limited = countWithin(town, [{ column: 'place', value: 'south', least: rational(4n) }], { rule: 'greedy' });
  expect(limited.reserved.map(({ winners, spent }) => [winners, text(spent)])).toEqual([[[2], '4']]);
  expect(limited.winners).toEqual([2, 0]);
  expect(limited.reached.map(({ leastReached }) => leastReached)).toEqual([true]);
  expect(countWithin(town, [{ column: 'place', value: 'south', least: rational(5n) }]).reached[0]!.leastReached).toBe(false);
});

test('minimum and maximum together, with Equal Shares and raising', () => {
  const limits = [{ column: 'place', value: 'south', least: rational(4n) }, { column: 'place', value: 'north', most: rational(7n) }];
  const limited = countWithin(town, limits, { completion: 'add1u' });
  expect(limited.winners).toEqual([2, 0]);
});

test('limits that contradict each other or the budget are refused', () => {
  expect(() => countWithin(town, [{ column: 'place', value: 'south', least: rational(13n) }])).toThrow('exceed the budget');
  expect(() => countWithin(town, [{ column: 'place', value: 'south', least: rational(3n), most: rational(2n) }])).toThrow('exceeds its maximum');
});
