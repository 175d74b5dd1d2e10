// The traps that the reference found in other tools, and the edges of the definitions.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Draft } from './build.ts';
import { electionOf } from './build.ts';
import type { CountOptions } from './count.ts';
import { count, shares } from './count.ts';
import { equalShares } from './core/equal-shares.ts';
import { Run } from './core/run.ts';
import { explain } from './explain/explain.ts';
import { CountRefused, gameOf } from './game.ts';
import { readPabulib } from './pabulib/read.ts';
import { rational } from './rational.ts';
import { resultOf } from './result.ts';
import { byCodePoint } from './ties.ts';

const file = (name: string) => readPabulib(readFileSync(new URL(`fixtures/${name}.pb`, import.meta.url)));
const winners = (draft: Draft, options: Partial<CountOptions> = {}): string[] => {
  const election = electionOf(draft);
  return count(election, options).winners.map((c) => election.projects[c]!.id);
};
const approval = (budget: string, costs: Record<string, string>, ...ballots: string[]): Draft => ({
  kind: 'approval',
  budget,
  projects: Object.entries(costs).map(([id, cost]) => ({ id, cost })),
  ballots: ballots.map((ballot) => ({ projects: ballot === '' ? [] : ballot.split(' ') })),
});

test('supporters who hold exactly the cost can pay it; floating point says they cannot', () => {
  const election = file('Poland_Warszawa_2019_RadiowoWolka_WeglowaPlacowkaHuta');
  expect(count(election).winners).toEqual([0]);
});

test('a sum of thirds and sevenths that is exactly the cost is enough', () => {
  const thirds = approval('7', { a: '1', b: '3' }, 'a b', 'a b', 'a b', '', '', '', '');
  expect(winners(thirds)).toEqual(['a']);
  expect(winners({ ...thirds, projects: [{ id: 'a', cost: '1' }, { id: 'b', cost: '2' }] })).toEqual(['a', 'b']);
});

test('a project named twice in a ballot counts once and is reported; counting it twice would elect another', () => {
  const election = file('Poland_Warszawa_2026_Blonia_Wilanowskie');
  const ids = count(election).winners.map((c) => election.projects[c]!.id);
  expect(ids).toContain('1888');
  expect(ids).not.toContain('1481');
  expect(election.findings).toContainEqual(expect.objectContaining({ code: 'project-twice-in-a-ballot', count: 1 }));
});

test('ids are ordered as text by code point: 10 before 9, and letters beyond U+FFFF last', () => {
  expect(winners(approval('1', { 9: '1', 10: '1' }, '9 10'), { ties: 'lexico' })).toEqual(['10']);
  expect(['\u{10400}', '\uff5e', 'a'].sort(byCodePoint)).toEqual(['a', '\uff5e', '\u{10400}']);
});

test('each tie rule decides as it says, and a lot drawn before decides what it leaves', () => {
  const tied = approval('4', { b: '4', a: '4', c: '2' }, 'a b c', 'a b c');
  expect(winners(tied, { ties: 'lexico' })).toEqual(['a']);
  expect(winners(tied, { ties: 'mincost-votes-lexico' })).toEqual(['c']);
  expect(winners(tied, { ties: 'maxcost-lexico' })).toEqual(['a']);
  expect(winners(tied, { ties: 'votes-mincost-lexico' })).toEqual(['c']);
  expect(winners(tied, { ties: { keys: ['maxcost'], lot: ['b', 'c', 'a'] } })).toEqual(['b']);
});

test('every tie is named in the result', () => {
  const election = electionOf(approval('4', { b: '4', a: '4', c: '2' }, 'a b c', 'a b c'));
  expect(resultOf(election, count(election, { ties: 'lexico' })).tiesMet).toEqual([{ stage: 'equal-shares', round: 1, projects: ['a', 'b', 'c'], chosen: 'a' }]);
});

test('Wieliczka comes out as the city decided only when raising does not stop at an exhaustive outcome', () => {
  const election = file('Poland_Wieliczka_2023_Green_Budget');
  const selected = election.projectColumns.indexOf('selected');
  const official = election.projects.filter(({ cells }) => cells[selected] === '1').map(({ id }) => id).sort();
  const chosen = (options: Partial<CountOptions>) => count(election, { completion: 'add1', ...options }).winners.map((c) => election.projects[c]!.id).sort();
  expect(chosen({})).toEqual(official);
  expect(chosen({ start: 'floor' })).toEqual(official);
  expect(official).toContain('46');
  expect(chosen({ stop: 'exhaustive-all' })).toEqual(expect.arrayContaining(['66', '67']));
  expect(chosen({ stop: 'exhaustive-all' })).not.toContain('46');
});

test.each(['Netherlands_Assen_2024', 'Poland_Swiecie_2023'])('%s comes out as the city decided', (name) => {
  const election = file(name);
  const selected = election.projectColumns.indexOf('selected');
  const official = election.projects.filter(({ cells }) => cells[selected] === '1').map(({ id }) => id);
  expect(count(election, { completion: 'add1' }).winners.map((c) => election.projects[c]!.id).sort()).toEqual(official.sort());
});

test('the cost of the outcome may fall when shares rise, so bisection would be wrong', () => {
  const election = file('France_Toulouse_2024');
  const game = gameOf(election, 'cost', 'lexico');
  const run = new Run(game);
  const shareAt = shares(game, { ...count(electionOf(approval('1', {}, ''))).options });
  const costs = Array.from({ length: 400 }, (_, raise) => equalShares(run, shareAt(raise)).cost);
  expect(costs.some((cost, at) => at > 0 && cost < costs[at - 1]!)).toBe(true);
});

test('a project without support neither wins by Equal Shares nor keeps raising from ending', () => {
  const draft = approval('100', { wanted: '1', idle: '1' }, 'wanted', '');
  const election = electionOf(draft);
  for (const stop of ['overspend-only', 'exhaustive-all', 'exhaustive-supported'] as const) {
    const counted = count(election, { completion: 'add1', stop });
    expect([counted.winners, counted.ended, counted.raises]).toEqual([[0], 'all-funded', 0]);
  }
  expect(winners(draft, { rule: 'greedy' })).toEqual(['wanted', 'idle']);
  expect(winners(draft, { rule: 'greedy', takeUnsupported: false })).toEqual(['wanted']);
});

test('borda gives the last place 0, rank gives it 1', () => {
  const draft: Draft = { kind: 'ordinal', budget: '10', projects: [{ id: 'a', cost: '5' }, { id: 'b', cost: '5' }], ballots: [{ projects: ['a', 'b'] }, { projects: ['a', 'b'] }] };
  expect(winners(draft, { utility: 'borda' })).toEqual(['a']);
  expect(winners(draft, { utility: 'rank' })).toEqual(['a', 'b']);
});

test('0 points are no support; points may have decimals', () => {
  const draft: Draft = { kind: 'scoring', budget: '10', projects: [{ id: 'a', cost: '5' }, { id: 'b', cost: '5' }], ballots: [{ projects: ['a', 'b'], points: ['0', '0.5'] }] };
  expect(winners(draft, { utility: 'points' })).toEqual(['b']);
  const election = electionOf(draft);
  expect(explain(election, count(election, { utility: 'points' })).prices).toEqual({ b: '10' });
});

test('free projects with support come first, in tie order', () => {
  const election = electionOf(approval('4', { z: '0', b: '4', a: '0', idle: '0' }, 'z b a', 'a b'));
  const counted = count(election, { ties: 'lexico' });
  expect(counted.winners.map((c) => election.projects[c]!.id)).toEqual(['a', 'z', 'b']);
  expect(explain(election, counted).prices).toEqual({ a: '0', z: '0', b: '1/2' });
});

test('empty ballots hold their share, and nobody at all elects nothing', () => {
  expect(winners(approval('4', { a: '3' }, 'a', ''))).toEqual([]);
  expect(winners(approval('4', { a: '3' }, 'a', ''), { completion: 'add1' })).toEqual(['a']);
  expect(winners(approval('4', { a: '3' }))).toEqual([]);
  expect(winners(approval('0', { a: '3' }, 'a'), { completion: 'add1u' })).toEqual([]);
  expect(winners(approval('4', {}, ''), { completion: 'add1u' })).toEqual([]);
});

test('a project above the budget never wins, however far shares are raised', () => {
  const election = electionOf(approval('4', { a: '5', b: '1' }, 'a b', 'a'));
  for (const stop of ['overspend-only', 'exhaustive-all', 'exhaustive-supported'] as const) expect(count(election, { completion: 'add1u', stop }).winners).toEqual([1]);
});

test('amounts of eighteen digits with decimals lose nothing', () => {
  const draft = approval('999999999999999999.99', { a: '499999999999999999.99', b: '500000000000000000.01' }, 'a', 'b');
  expect(winners(draft)).toEqual(['a']);
  expect(winners({ ...draft, projects: [{ id: 'a', cost: '499999999999999999.99' }, { id: 'b', cost: '499999999999999999.99' }] })).toEqual(['a', 'b']);
});

test('raising ends at once where nothing more can change, and far where money is small', () => {
  const rich = electionOf(approval('1000000000', { a: '999999999', b: '2' }, 'a', ...Array.from({ length: 9 }, () => '')));
  const counted = count(rich, { completion: 'add1' });
  expect([counted.raises, counted.runs < 200, counted.winners]).toEqual([899999999, true, [0]]);
});

test('utilities that the ballots do not carry are refused', () => {
  const election = electionOf(approval('4', { a: '3' }, 'a'));
  expect(() => count(election, { utility: 'points' })).toThrow(CountRefused);
  expect(() => count(election, { utility: 'borda' })).toThrow(CountRefused);
});

test('a step is kept exactly, whatever fraction it is', () => {
  const election = electionOf(approval('4', { a: '3' }, 'a', ''));
  const counted = count(election, { completion: 'add1', step: rational(1n, 7n) });
  expect(resultOf(election, counted)).toMatchObject({ winners: ['a'], step: '1/7', raisedBy: 1, ended: 'all-funded' });
});

test('counting takes nothing away: the election stays as it was, and another count of it, by whatever rule, is the same as a first one', () => {
  const election = file('Netherlands_Assen_2024');
  const said = (it: typeof election) => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const before = said(election);
  const result = (it: typeof election, options: Partial<CountOptions>) => JSON.stringify(resultOf(it, count(it, options), explain(it, count(it, options))));
  const options: Partial<CountOptions>[] = [{ completion: 'add1' }, { rule: 'greedy' }, { utility: 'cardinality' }, { completion: 'add1u', stop: 'exhaustive-all' }];
  const again = options.map((it) => result(election, it));
  expect(said(election)).toBe(before);
  expect(again).toEqual(options.map((it) => result(file('Netherlands_Assen_2024'), it)));
});

test('what a tie rule leaves open is not left to the order of the file', () => {
  const costs = { d: '2', b: '2', c: '2', a: '2', e: '4' };
  const names = Object.keys(costs) as (keyof typeof costs)[];
  for (const ties of ['lexico', 'mincost-votes-lexico', 'maxcost-lexico', 'votes-mincost-lexico'] as const) {
    for (const rule of ['equal-shares', 'greedy'] as const) {
      const orders = names.map((_, turn) => [...names.slice(turn), ...names.slice(0, turn)]);
      const outcomes = orders.map((order) => winners(approval('4', Object.fromEntries(order.map((id) => [id, costs[id]])), order.join(' '), order.toReversed().join(' ')), { ties, rule }).join(' '));
      expect(new Set(outcomes).size).toBe(1);
    }
  }
});

test('what five payments of unit fractions leave is exact: it pays for its whole, and not for one unit more', () => {
  // The one supporter of z is among the 2, 3, 5, 7 and 11 who share five projects of equal cost, and holds what is left.
  const others = [2, 3, 5, 7, 11];
  const scale = 27_720n;
  const rest = scale - others.reduce((sum, n) => sum + scale / 12n / BigInt(n), 0n);
  const ballots = others.flatMap((n, p) => Array.from({ length: n - 1 }, () => `p${p}`));
  const draft = (cost: bigint): Draft => approval(String(scale * BigInt(ballots.length + 1)), { ...Object.fromEntries(others.map((_, p) => [`p${p}`, String(scale / 12n)])), z: String(cost) }, ...ballots, [...others.map((_, p) => `p${p}`), 'z'].join(' '));
  expect(winners(draft(rest), { utility: 'cardinality' })).toContain('z');
  expect(winners(draft(rest + 1n), { utility: 'cardinality' })).not.toContain('z');
});

test('equal ballots weigh as much together as one by one', () => {
  const ballots = ['a b', 'a b', 'a b', 'c', 'c', 'b c'];
  const costs = { a: '3', b: '4', c: '4' };
  const apart = approval('12', costs, ...ballots.map((ballot, i) => (i % 2 === 0 ? ballot : ballot.split(' ').reverse().join(' '))));
  for (const completion of ['none', 'greedy', 'add1', 'add1u'] as const) {
    const [one, other] = [electionOf(approval('12', costs, ...ballots)), electionOf(apart)];
    expect(resultOf(other, count(other, { completion }))).toEqual(resultOf(one, count(one, { completion })));
  }
});
