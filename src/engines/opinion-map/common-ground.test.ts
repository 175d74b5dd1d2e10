/** Default mode against those who want to bend it: brigades, floods, growth, and a few votes more or less. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bridgeStatements, countSquares } from './bridging/bridging.ts';
import type { Conversation } from './conversation.ts';
import { explain } from './explain.ts';
import { likeness } from './groups/likeness.ts';
import { mapOpinions, type OpinionMap } from './map.ts';
import { resultOf } from './result.ts';
import { castsOf, chance, consultation, consultations, conversationFrom, planted } from './testing.ts';
import { packVotes, type Cast, type Vote } from './votes.ts';

const real = consultations.map((name) => [name, consultation(name, (path) => readFileSync(new URL(`fixtures/${path}`, import.meta.url)))] as const);
const made = [1, 2, 3].map((seed) => {
  const random = chance(seed);
  const common = Array.from({ length: 60 }, () => 0.3 + 0.65 * random());
  const own = [0, 1, 2].map(() => Array.from({ length: 60 }, random));
  return [`planted 6:3:1, ${seed}`, planted([180, 90, 30], 60, (group, j) => (j % 3 === 0 ? common[j]! : own[group]![j]!), seed).it] as const;
});
const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

const top = ({ conversation, bridging }: OpinionMap, count = 10) => bridging.bridges.slice(0, count).map(({ statement }) => conversation.statements[statement]!);
const kept = (before: OpinionMap, after: OpinionMap) => top(before).filter((id) => top(after).includes(id)).length;

/** The same conversation with more people, whose votes are given by column. */
function joinedBy(it: Conversation, ballots: readonly ReadonlyMap<number, Vote>[], joined?: Float64Array): Conversation {
  const count = it.participants.length;
  const more: Cast[] = ballots.flatMap((ballot, i) => Array.from(ballot, ([statement, vote]) => ({ participant: count + i, statement, vote })));
  const wider = conversationFrom(count + ballots.length, it.statements.length, [...castsOf(it), ...more]);
  return { ...wider, statements: it.statements, hidden: it.hidden, meta: it.meta, ...(joined ? { joined } : {}) };
}

/** Accounts, a tenth as many as people, that reject what stands at the top and agree with what stands at the bottom. */
function brigade(map: OpinionMap, keep: number, noise: number, seed = 5): Map<number, Vote>[] {
  const random = chance(seed);
  const ranked = map.bridging.bridges.map(({ statement }) => statement);
  const plan = ranked.map((j, rank): [number, Vote] => [j, rank < 10 ? -1 : rank >= ranked.length - 10 ? 1 : random() < 0.5 ? 1 : -1]);
  const count = Math.round(map.conversation.participants.length / 10);
  return Array.from({ length: count }, () => new Map(plan.filter(() => random() < keep).map(([j, vote]) => [j, random() < noise ? ([-1, 0, 1] as const)[Math.floor(random() * 3)]! : vote])));
}

/** Four more of everybody in the largest group. */
function growth(map: OpinionMap, keep: number): Map<number, Vote>[] {
  const random = chance(6);
  const ballots = new Map<number, Cast[]>();
  for (const cast of castsOf(map.conversation)) if (map.grouping.groupOf[cast.participant] === 0) ballots.set(cast.participant, [...(ballots.get(cast.participant) ?? []), cast]);
  return [...ballots.values()].flatMap((casts) => [1, 2, 3, 4].map(() => new Map(casts.filter(() => random() < keep).map(({ statement, vote }) => [statement, vote]))));
}

describe('what stands at the top stays there', () => {
  const attacked = (attack: (map: OpinionMap) => Map<number, Vote>[]) => [...real, ...made].map(([, it]) => {
    const before = mapOpinions(it);
    return kept(before, mapOpinions(joinedBy(before.conversation, attack(before))));
  });

  test('when a tenth as many accounts come with one and the same ballot against it', () => expect(median(attacked((map) => brigade(map, 1, 0)))).toBeGreaterThanOrEqual(8));
  test('when their ballots are only nearly the same', () => expect(median(attacked((map) => brigade(map, 0.8, 0.05)))).toBeGreaterThanOrEqual(8));
  test('when the largest group grows fivefold, by copies or by people nearly alike', () => {
    expect(median(attacked((map) => growth(map, 1)))).toBeGreaterThanOrEqual(9);
    expect(median(attacked((map) => growth(map, 0.8)))).toBeGreaterThanOrEqual(9);
  });
});

test.each(real)('%s: a fiftieth of the votes less, nearly the same groups', (_, it) => {
  const full = mapOpinions(it);
  const groupOf = (map: OpinionMap) => new Map(map.conversation.participants.map((id, i) => [id, map.grouping.groupOf[i]!]));
  const before = groupOf(full);
  const alike = [1, 2, 3, 4, 5].map((seed) => {
    const random = chance(seed);
    const casts = castsOf(it).filter(() => random() >= 0.02);
    const after = groupOf(mapOpinions({ ...conversationFrom(it.participants.length, it.statements.length, casts), participants: it.participants, statements: it.statements, hidden: it.hidden, meta: it.meta }));
    const both = it.participants.filter((id) => before.get(id)! >= 0 && after.get(id)! >= 0);
    return likeness(both.map((id) => before.get(id)!), both.map((id) => after.get(id)!));
  });
  expect(median(alike)).toBeGreaterThanOrEqual(0.85);
});

test('planted groups are found again', () => {
  for (const sizes of [[60, 30, 12], [40, 40], [50, 30, 20, 20]]) {
    const { it, groupOf } = planted(sizes, 40, (group, j) => (j % sizes.length === group ? 0.95 : 0.05), sizes.length);
    const map = mapOpinions(it);
    const found = new Map(map.conversation.participants.map((id, i) => [id, map.grouping.groupOf[i]!]));
    expect(likeness(it.participants.map((id) => found.get(id)!), groupOf)).toBeGreaterThan(sizes.length > 3 ? 0.5 : 0.95);
  }
});

test('ballots that come in a burst, word for word, count as one voice and are reported with the time they took', () => {
  const [, it] = made[0]!;
  const before = mapOpinions(it);
  const crew = brigade(before, 1, 0);
  const joined = Float64Array.from({ length: it.participants.length + crew.length }, (_, i) => (i < it.participants.length ? 1000 * i : 9_000_000 + i));
  const map = mapOpinions(joinedBy(before.conversation, crew, joined));
  const { echoes } = resultOf(map);
  expect(echoes).toHaveLength(1);
  expect(echoes[0]).toMatchObject({ identical: crew.length, voices: 1, within: crew.length - 1 });
  expect(echoes[0]!.members).toEqual(crew.map((_, i) => it.participants.length + i));
  expect(explain(map).echoes).toMatchObject({ accounts: crew.length, quieted: crew.length - 1 });
  expect(explain(map).statements[0]!.echoed).toBeGreaterThan(0.05);
});

test('where nearly everybody answers few statements alike, nobody is quieted', () => {
  const { it } = planted([80], 8, () => 0.97, 4, 1);
  expect(mapOpinions(it).bridging.quieted).toBeLessThan(8);
});

test('an agreement from anybody never lowers a statement, and a pass is none', () => {
  const { it, groupOf } = planted([40, 20], 12, (group, j) => ((group + j) % 2 === 0 ? 0.8 : 0.3), 7);
  const squares = Int16Array.from(groupOf, (group, i) => 4 * group + (i % 4));
  const score = (casts: Cast[], statement: number) => bridgeStatements(it, countSquares(packVotes(60, 12, casts), squares, new Float64Array(60).fill(1))).find((bridge) => bridge.statement === statement)!;
  const casts = castsOf(it);
  for (let participant = 0; participant < 60; participant += 7) {
    const statement = participant % 12;
    const after = (vote: Vote) => score([...casts.filter((cast) => cast.participant !== participant || cast.statement !== statement), { participant, statement, vote }], statement).score;
    expect(after(1)).toBeGreaterThan(after(0));
    expect(after(0)).toBe(after(-1));
    const without = score(casts.filter((cast) => cast.participant !== participant || cast.statement !== statement), statement).score;
    expect(after(1)).toBeGreaterThanOrEqual(without);
  }
});

test('the reasons: what joins, what a group rejects, where too few were asked', () => {
  const { it } = planted([60, 30, 8], 30, (group, j) => (j < 5 ? 0.95 : j < 10 ? (group === 1 ? 0.05 : 0.95) : (group + j) % 3 === 0 ? 0.9 : 0.1), 9);
  const map = mapOpinions(it);
  const why = explain(map);
  const reason = (id: number) => why.statements.find(({ statement }) => statement === id)!;
  const small = map.grouping.sizes.some((size) => size < 15);
  for (const id of [0, 1, 2, 3, 4]) expect(reason(id).verdict).toBe(small ? 'too-few-to-tell' : 'common-ground');
  for (const id of [5, 6, 7, 8, 9]) {
    expect(reason(id)).toMatchObject({ verdict: 'rejected-by-a-group' });
    expect(reason(id).lowest!.share!).toBeLessThan(0.3);
    expect(reason(id).rejectedBy).toContain(reason(id).lowest!.group);
  }
  for (const { groups, notAsked } of why.statements) {
    expect(groups.reduce((sum, voice) => sum + voice.notAsked, 0)).toBeLessThanOrEqual(notAsked);
    for (const { people, agreed, disagreed, passed, share, low, notAsked: left } of groups) {
      expect(agreed + disagreed + passed + left).toBe(people);
      expect(share === null || low! <= share).toBe(true);
    }
  }
  for (const { apart } of why.groups) {
    expect(apart.length).toBeGreaterThan(0);
    for (const { here, elsewhere } of apart) expect(here).toBeGreaterThan(elsewhere ?? 0);
  }
});
