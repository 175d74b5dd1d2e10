/** A conversation that goes on: counters at once, and the map of it as if all votes had been mapped together. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LiveMap } from './live-map.ts';
import { mapOpinions, type OpinionMap } from '../map.ts';
import { resultOf } from '../result.ts';
import { castsOf, chance, consultation, planted } from '../testing.ts';
import { packVotes, type Cast } from '../votes.ts';

const biodiversity = consultation('scoop-hivemind.biodiversity', (path) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url)));

/** All votes in random order, some cast differently first, as they reach a live conversation. */
function shuffled(seed: number) {
  const random = chance(seed);
  const casts = castsOf(biodiversity).map((cast) => ({ ...cast, at: random() })).sort((a, b) => a.at - b.at);
  const changed = casts.filter(() => random() < 0.05).map((cast) => ({ ...cast, vote: (((cast.vote + 2) % 3) - 1) as -1 | 0 | 1 }));
  return [...changed, ...casts];
}

function liveFrom(mode: 'polis' | 'default', batches: number, seed: number): LiveMap {
  const live = new LiveMap({ mode });
  biodiversity.statements.forEach((id, j) => live.state(id, { hidden: biodiversity.hidden[j] === 1 }));
  const votes = shuffled(seed);
  votes.forEach(({ participant, statement, vote }, at) => {
    live.vote(biodiversity.participants[participant]!, biodiversity.statements[statement]!, vote);
    if (at % Math.ceil(votes.length / batches) === 0) live.map();
  });
  return live;
}

function same(a: unknown, b: unknown, where = ''): void {
  if (typeof a === 'number' && typeof b === 'number') expect(Math.abs(a - b), where).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(a)));
  else if (a !== null && typeof a === 'object') for (const key of new Set([...Object.keys(a), ...Object.keys(b as object)])) same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${where}.${key}`);
  else expect(b, where).toEqual(a);
}

test.each([['default', 1], ['default', 20], ['default', 60], ['polis', 20]] as const)('%s mode, in %i batches: as one cold computation, the same people in the same groups', (mode, batches) => {
  const live = liveFrom(mode, batches, batches);
  const cold = mapOpinions(biodiversity, { mode });
  const [warm, once] = [resultOf(live.map()), resultOf(cold)];
  expect(warm.groups.map(({ members }) => members)).toEqual(once.groups.map(({ members }) => members));
  same(once, warm);
});

/** People who repeat each other, more of them with every step: none, a few, a crowd in which nobody is compared with everybody. */
test.each([[0], [12], [60]])('with %i accounts that repeat each other, statements that come late, are hidden and shown again', (crowd) => {
  const random = chance(crowd + 1);
  const { it } = planted([150, 80, 30], 80, (group, j) => ((group + j) % 3 === 0 ? 0.9 : 0.2), 11, 0.25);
  const copied = castsOf(it).filter(({ participant }) => participant === 3);
  const echoes = Array.from({ length: crowd }, (_, i) => copied.filter(() => random() < 0.9).map((cast) => ({ ...cast, participant: 260 + i }))).flat();
  const casts = [...castsOf(it), ...echoes].map((cast) => ({ cast, at: random() + (cast.statement > 70 ? 0.5 : 0) })).sort((a, b) => a.at - b.at).map(({ cast }) => cast);
  const live = new LiveMap();
  const hidden = new Uint8Array(80);
  const take = ({ participant, statement, vote }: Cast) => live.vote(`p${participant}`, 100 + statement, vote);
  const hide = (statement: number, flag: boolean) => {
    hidden[statement] = flag ? 1 : 0;
    live.state(100 + statement, { hidden: flag });
  };
  const begin = casts.length - 600;
  casts.slice(0, begin).forEach(take);
  for (let from = begin, step = 0; from < casts.length; from += 25, step++) {
    casts.slice(from, from + 25).forEach(take);
    if (step % 6 === 1) hide(step, true);
    if (step === 8) hide(1, false);
    const seen = casts.slice(0, from + 25);
    const statements = Math.max(...seen.map(({ statement }) => statement)) + 1;
    const people = [...new Set(seen.map(({ participant }) => participant))];
    const rows = new Map(people.map((participant, row) => [participant, row]));
    const votes = packVotes(people.length, statements, seen.map((cast) => ({ ...cast, participant: rows.get(cast.participant)! })));
    const names = Array.from({ length: statements }, (_, j) => 100 + j);
    const cold = resultOf(mapOpinions({ votes, participants: people.map((p) => `p${p}`), statements: names, hidden: hidden.slice(0, statements), meta: new Uint8Array(statements) }));
    const warm = resultOf(live.map());
    expect(warm.groups.map(({ members }) => members)).toEqual(cold.groups.map(({ members }) => members));
    expect(warm.echoes).toEqual(cold.echoes);
    same(cold, warm);
  }
  expect(resultOf(live.map()).echoes.length > 0).toBe(crowd > 0);
});

test('counters tell every vote at once, a changed one too', () => {
  const live = liveFrom('default', 2, 3);
  const map = live.map();
  const someone = map.conversation.participants[map.grouping.groupOf.indexOf(0)]!;
  live.vote(someone, 8, -1);
  const before = live.counters(8);
  const after = live.vote(someone, 8, 1);
  expect(after).toMatchObject({ agreed: before.agreed + 1, disagreed: before.disagreed - 1, passed: before.passed });
  expect(after.groups[0]).toMatchObject({ agreed: before.groups[0]!.agreed + 1, disagreed: before.groups[0]!.disagreed - 1 });
  expect(after.groups[1]).toEqual(before.groups[1]);
  const total = (counts: { agreed: number; disagreed: number; passed: number }) => counts.agreed + counts.disagreed + counts.passed;
  expect(total(live.vote('somebody new', 8, 0))).toBe(total(after) + 1);
  expect(live.counters('no such statement')).toEqual({ agreed: 0, disagreed: 0, passed: 0, groups: [{ agreed: 0, disagreed: 0, passed: 0 }, { agreed: 0, disagreed: 0, passed: 0 }] });
});

test('a statement that is moderated out while the conversation goes on leaves the map and its lists', () => {
  const live = liveFrom('default', 2, 4);
  const chosen = (map: OpinionMap) => map.conversation.statements[map.bridging.bridges[0]!.statement]!;
  const best = chosen(live.map());
  live.state(best, { hidden: true });
  const map = live.map();
  expect(chosen(map)).not.toBe(best);
  const hidden = biodiversity.hidden.slice();
  hidden[biodiversity.statements.indexOf(best)] = 1;
  same(resultOf(mapOpinions({ ...biodiversity, hidden })), resultOf(map));
});

test('nothing yet, one vote, two people: no groups, and no fault', () => {
  const live = new LiveMap();
  expect(resultOf(live.map())).toMatchObject({ participants: 0, statements: 0, groups: [], bridging: [] });
  live.vote('a', 1, 1);
  expect(resultOf(live.map())).toMatchObject({ participants: 1, groups: [], withheld: 1, bridging: [{ statement: 1 }] });
  live.vote('b', 2, -1);
  expect(resultOf(live.map())).toMatchObject({ participants: 2, statements: 2, positions: { a: [expect.any(Number), expect.any(Number)] } });
});
