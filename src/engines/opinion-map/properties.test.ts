/** What holds for every conversation: Polis's mathematics as the slow way has it, and no order that decides anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf, type Conversation } from './conversation.ts';
import { likeness } from './groups/likeness.ts';
import { kMeans } from './groups/k-means.ts';
import { nearestCentres } from './groups/nearest.ts';
import { mapOpinions } from './map.ts';
import { naiveActive, naiveGroups, naiveMap, naiveMeasures, naiveRepresentative, type Matrix } from './naive.ts';
import { resultOf, type Result } from './result.ts';
import { castsOf, chance, conversationFrom } from './testing.ts';
import type { Cast, Vote } from './votes.ts';

/** A conversation of two or three leanings with gaps, statements moderated out among them. */
const drafts = fc.record({ people: fc.integer({ min: 9, max: 60 }), statements: fc.integer({ min: 3, max: 20 }), seed: fc.nat(), share: fc.constantFrom(0.2, 0.5, 0.9), leanings: fc.integer({ min: 1, max: 3 }), hidden: fc.constantFrom(0, 0.3) });
type Draft = { people: number; statements: number; seed: number; share: number; leanings: number; hidden: number };

function made({ people, statements, seed, share, leanings, hidden }: Draft): Conversation {
  const random = chance(seed);
  const opinions = Array.from({ length: leanings }, () => Array.from({ length: statements }, random));
  const casts: Cast[] = [];
  for (let participant = 0; participant < people; participant++) {
    const own = opinions[Math.floor(random() * leanings)]!;
    for (let statement = 0; statement < statements; statement++) {
      if (random() < share) casts.push({ participant, statement, vote: random() < 0.15 ? 0 : random() < own[statement]! ? 1 : -1 });
    }
    if (!casts.some((cast) => cast.participant === participant)) casts.push({ participant, statement: 0, vote: 1 });
  }
  const it = conversationFrom(people, statements, casts);
  const meta = Uint8Array.from(it.meta, () => (random() < hidden / 4 ? 1 : 0));
  return { ...it, meta, hidden: Uint8Array.from(it.hidden, (_, j) => (meta[j] || random() < hidden ? 1 : 0)) };
}

/** The full matrix in Polis's order, of statements that somebody voted on. */
function matrixOf({ conversation: it }: { conversation: Conversation }): { matrix: Matrix; columns: number[] } {
  const full = Array.from(it.participants, () => it.statements.map((): Vote | null => null));
  for (const { participant, statement, vote } of castsOf(it)) full[participant]![statement] = vote;
  const columns = [...it.statements.keys()].filter((j) => full.some((row) => row[j] !== null));
  return { matrix: full.map((row) => columns.map((j) => row[j]!)), columns };
}

const often = { numRuns: 60, seed: 20_261_125 };
const close = (got: ArrayLike<number>, wanted: readonly number[], within = 1e-6) => {
  expect(got.length).toBe(wanted.length);
  wanted.forEach((value, at) => expect(Math.abs(got[at]! - value)).toBeLessThanOrEqual(within * Math.max(1, ...wanted.map(Math.abs))));
};

test('polis mode is the slow way: map, groups, measures, lists', () => {
  let compared = 0;
  fc.assert(
    fc.property(drafts, (draft) => {
      const map = mapOpinions(made(draft), { mode: 'polis' });
      const { matrix, columns } = matrixOf(map);
      const pick = (values: ArrayLike<number>) => columns.map((j) => values[j]!);
      const flags = (values: Uint8Array) => columns.map((j) => values[j] === 1);
      const slow = naiveMap(matrix, flags(map.conversation.hidden));
      close(pick(map.axes.centre), slow.centre, 1e-12);
      close([map.axes.eigenvalues[0]], [slow.eigenvalues[0]!], 1e-9);
      expect(Array.from(map.active)).toEqual(naiveActive(matrix));
      const groups = map.grouping.names.map((_, g) => [...map.grouping.groupOf.keys()].filter((i) => map.grouping.groupOf[i] === g));
      const measures = naiveMeasures(matrix, groups, pick(map.extremity), flags(map.conversation.meta));
      close(pick(map.groupConsensus), measures.groupConsensus, 1e-12);
      close(pick(map.priority), measures.priority, 1e-9);
      const lists = naiveRepresentative(matrix, groups, flags(map.conversation.hidden));
      expect(map.representative.map((list) => list.map((it) => [it.statement, it.direction]))).toEqual(lists.map((list) => list.map(([at, direction]) => [columns[at], direction])));
      // Where the second and a third direction are as long as each other, the slow way does not settle.
      const lengths = map.axes.eigenvalues;
      if (lengths[1] < 1e-9 || lengths[0] < 1.05 * lengths[1] || Math.abs(slow.eigenvalues[1]! - lengths[1]) > 1e-9 * lengths[1] || offAxis(map.axes.axes[1], slow.axes[1]!, columns) > 1e-9) return;
      compared++;
      [0, 1].forEach((side) => {
        const sign = Math.sign(pick(map.axes.axes[side]!).reduce((total, value, at) => total + value * slow.axes[side]![at]!, 0));
        close(map.conversation.participants.map((_, i) => sign * map.points[2 * i + side]!), slow.points.map((point) => point[side]!), 1e-6);
      });
      const places = Array.from(map.active, (i): [number, number] => [map.points[2 * i]!, map.points[2 * i + 1]!]);
      const cold = naiveGroups(places);
      expect([map.grouping.smallClusters, Object.keys(map.grouping.silhouettes)]).toEqual([cold.small, Object.keys(cold.separations)]);
      close(Object.values(map.grouping.silhouettes), Object.values(cold.separations), 1e-9);
      expect(groups.map((rows) => rows.map((i) => map.active.indexOf(i)))).toEqual(cold.groups.map((members) => members.toSorted((a, b) => a - b)));
    }),
    often,
  );
  expect(compared).toBeGreaterThan(25);
});

/** How far two unit vectors are from being the same up to sign. */
const offAxis = (axis: Float64Array, other: readonly number[], columns: readonly number[]) => 1 - Math.abs(columns.reduce((total, j, at) => total + axis[j]! * other[at]!, 0));

/** The same votes with rows, columns and casts in another order. */
function reordered(it: Conversation, seed: number): Conversation {
  const random = chance(seed);
  const mixed = <T>(list: readonly T[]) => list.map((value) => ({ value, at: random() })).sort((a, b) => a.at - b.at).map(({ value }) => value);
  const [people, statements] = [mixed([...it.participants.keys()]), mixed([...it.statements.keys()])];
  const casts = mixed(castsOf(it)).map(({ participant, statement, vote }) => ({ participant: people.indexOf(participant), statement: statements.indexOf(statement), vote }));
  const other = conversationFrom(people.length, statements.length, casts);
  return {
    ...other,
    participants: people.map((i) => it.participants[i]!),
    statements: statements.map((j) => it.statements[j]!),
    hidden: Uint8Array.from(statements, (j) => it.hidden[j]!),
    meta: Uint8Array.from(statements, (j) => it.meta[j]!),
  };
}

test.each(['default', 'polis'] as const)('%s mode: no order of people, statements or votes changes a byte', (mode) => {
  fc.assert(
    fc.property(drafts, fc.nat(), (draft, seed) => {
      const it = made(draft);
      const bytes = (conversation: Conversation) => JSON.stringify(resultOf(mapOpinions(conversation, { mode })));
      expect(bytes(reordered(it, seed))).toBe(bytes(it));
    }),
    { ...often, numRuns: 60 },
  );
});

test('default mode: how people are numbered changes nothing but their names', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const it = made(draft);
      const renamed = { ...it, participants: it.participants.map((_, i) => it.participants.length - 1 - i) };
      const nameless = ({ clustered, positions, groups, echoes, ...rest }: Result) => JSON.stringify({ ...rest, clustered: clustered.length, positions: Object.values(positions).map(String).sort(), sizes: groups.map(({ size }) => size), echoes: echoes.map(({ members, voices }) => [members.length, voices]) });
      expect(nameless(resultOf(mapOpinions(renamed)))).toBe(nameless(resultOf(mapOpinions(it))));
    }),
    { ...often, numRuns: 60 },
  );
});

describe('default mode', () => {
  test('no group of fewer than five; everybody who voted enough is placed, withheld or in a group', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { grouping, active } = mapOpinions(made(draft));
        for (const size of grouping.sizes) expect(size).toBeGreaterThanOrEqual(5);
        expect(grouping.sizes.reduce((total, size) => total + size, 0) + grouping.withheld).toBe(active.length);
      }),
      often,
    );
  });

  test('what more than half of a group reject is said to be rejected, and bounds lie around the score', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const map = mapOpinions(made(draft));
        const told = new Set(map.bridging.bridges.map(({ statement }) => statement));
        map.conversation.statements.forEach((_, j) => expect(told.has(j)).toBe(map.conversation.hidden[j] === 0));
        for (const { statement, score, low, high, rejectedBy, groupMinimum } of map.bridging.bridges) {
          expect(low <= score && score <= high).toBe(true);
          const against = map.tallies.map(({ agreed, disagreed }) => disagreed[statement]! > agreed[statement]!);
          expect(rejectedBy).toEqual([...against.keys()].filter((g) => against[g]));
          if (rejectedBy.length > 0) expect(groupMinimum!).toBeLessThan(0.5);
        }
      }),
      often,
    );
  });
});

test('the nearest of many centres is found as by comparing each with each', () => {
  const random = chance(4);
  const points = Float64Array.from({ length: 8000 }, () => random() ** 3 * 10);
  const centres = Float64Array.from({ length: 200 }, () => random() ** 3 * 10);
  const labels = nearestCentres(points, centres);
  for (let i = 0; i < labels.length; i++) {
    const away = (c: number) => (points[2 * i]! - centres[2 * c]!) ** 2 + (points[2 * i + 1]! - centres[2 * c + 1]!) ** 2;
    expect(away(labels[i]!)).toBe(Math.min(...Array.from({ length: 100 }, (_, c) => away(c))));
  }
});

test('traps: equal points count once, of equally near centres the later one, empty clusters go', () => {
  expect(Array.from(nearestCentres(Float64Array.of(0, 0), Float64Array.of(-1, 0, 1, 0)))).toEqual([1]);
  const clusters = kMeans(Float64Array.of(0, 0, 0, 0, 4, 0, 5, 0), 3, 100);
  expect(Array.from(clusters.sizes)).toEqual([2, 1, 1]);
  expect(likeness([0, 0, 1, 1], [1, 1, 0, 0])).toBe(1);
  expect(idOf('12.0')).toBe(12);
});
