/** Three real consultations against results computed by somebody else: the map, the groups, every measure. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { likeness } from './groups/likeness.ts';
import { mapOpinions, type OpinionMap } from './map.ts';
import { resultOf } from './result.ts';
import { consultation, consultations } from './testing.ts';

const fixture = (path: string) => readFileSync(new URL(`fixtures/${path}`, import.meta.url));

type Listed = { tid: number; n_success: number; n_trials: number; p_success: number; p_test: number };
type Rep = Listed & { repness: number; repness_test: number; repful_for: 'agree' | 'disagree'; best_agree?: boolean };
type Given = {
  group_ids: number[];
  group_sizes: number[];
  group_informed_consensus: number[];
  group_informed_consensus_top20: [number, number][];
  representative: Record<string, Rep[]>;
  priority: number[];
  votes_by_group: { A: number; D: number; S: number }[];
};
type Expected = {
  n_participants: number; n_statements: number; n_votes: number; n_mod_out_in_matrix: number; in_conv_count: number; in_conv_sha256: string;
  pca: { eigenvalues_top5: number[]; center: number[]; comp1: number[]; comp2: number[]; extremity: number[]; abs_x: number[]; abs_y: number[] };
  consensus: { agree: Listed[]; disagree: Listed[] };
  cold_start: Given & { n_base_clusters: number; silhouette: Record<string, number>; k: number; labels: string };
  given_published_groups: Given;
  agreement_with_published: { ari_cold: number };
};
const { datasets } = JSON.parse(fixture('expected.json').toString()) as { datasets: Record<string, Expected> };

const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

/** The farthest of two rows of numbers from each other, as a share of the largest; the file holds twelve digits. */
function apart(got: ArrayLike<number>, wanted: readonly number[]): number {
  expect(got.length).toBe(wanted.length);
  return Math.max(...wanted.map((value, at) => Math.abs(got[at]! - value))) / Math.max(largest(wanted), 1e-300);
}

function sameMeasures(map: OpinionMap, wanted: Given): void {
  const { statements, hidden } = map.conversation;
  expect(Array.from(map.grouping.sizes)).toEqual(wanted.group_sizes);
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  expect(map.tallies.map(({ agreed, disagreed, cast }) => ({ A: total(agreed), D: total(disagreed), S: total(cast) }))).toEqual(wanted.votes_by_group);
  expect(apart(map.groupConsensus, wanted.group_informed_consensus)).toBeLessThan(1e-9);
  const top = [...statements.keys()].filter((j) => !hidden[j]).sort((a, b) => rounded(map.groupConsensus[b]!) - rounded(map.groupConsensus[a]!) || a - b).slice(0, 20);
  expect(top.map((j) => statements[j])).toEqual(wanted.group_informed_consensus_top20.map(([tid]) => tid));
  expect(apart(map.priority, wanted.priority)).toBeLessThan(1e-6);
  map.representative.forEach((list, g) => {
    const expected = wanted.representative[String(wanted.group_ids[g])]!;
    expect(list.map((it) => [statements[it.statement], it.direction, it.successes, it.trials, it.bestAgree ?? false])).toEqual(expected.map((it) => [it.tid, it.repful_for, it.n_success, it.n_trials, it.best_agree ?? false]));
    expected.forEach((it, at) => {
      const got = list[at]!;
      for (const [value, want] of [[got.share, it.p_success], [got.test, it.p_test], [got.lift, it.repness], [got.liftTest, it.repness_test]] as const) expect(Math.abs(value - want)).toBeLessThan(1e-9);
    });
  });
}
const rounded = (value: number) => Math.round(value * 1e12) / 1e12;

describe.each(consultations)('%s', (name) => {
  const wanted = datasets[name]!;
  const it = consultation(name, fixture);
  const polis = mapOpinions(it, { mode: 'polis' });
  const published = mapOpinions(it, { mode: 'polis', groups: 'published' });

  test('counts, and who can stand in a group', () => {
    const result = resultOf(polis);
    expect([result.participants, result.statements, result.votes, result.moderatedOut]).toEqual([wanted.n_participants, wanted.n_statements, wanted.n_votes, wanted.n_mod_out_in_matrix]);
    expect(result.clustered.length).toBe(wanted.in_conv_count);
    expect(createHash('sha256').update(result.clustered.join(',')).digest('hex')).toBe(wanted.in_conv_sha256);
  });

  test('centre, axes, places', () => {
    const { axes, points, extremity } = polis;
    expect(apart(axes.centre, wanted.pca.center)).toBeLessThan(1e-9);
    expect(apart(axes.eigenvalues, wanted.pca.eigenvalues_top5.slice(0, 2))).toBeLessThan(1e-9);
    for (const [axis, want] of [[axes.axes[0], wanted.pca.comp1], [axes.axes[1], wanted.pca.comp2]] as const) {
      const sign = Math.sign(axis.reduce((sum, value, j) => sum + value * want[j]!, 0));
      expect(apart(axis.map((value) => sign * value), want)).toBeLessThan(1e-6);
    }
    expect(apart(extremity, wanted.pca.extremity)).toBeLessThan(1e-6);
    const sides = [0, 1].map((side) => Float64Array.from(polis.conversation.participants, (_, i) => Math.abs(points[2 * i + side]!)));
    expect(apart(sides[0]!, wanted.pca.abs_x)).toBeLessThan(1e-6);
    expect(apart(sides[1]!, wanted.pca.abs_y)).toBeLessThan(1e-6);
  });

  test('the groups of a cold start, and every measure given them', () => {
    const { grouping } = polis;
    expect(grouping.smallClusters).toBe(wanted.cold_start.n_base_clusters);
    expect(grouping.names.length).toBe(wanted.cold_start.k);
    expect(apart(Object.values(grouping.silhouettes), Object.values(wanted.cold_start.silhouette))).toBeLessThan(1e-6);
    const labels = [...wanted.cold_start.labels];
    expect(Array.from(grouping.groupOf, (group) => group < 0)).toEqual(labels.map((label) => label === '-'));
    const clustered = labels.flatMap((label, i) => (label === '-' ? [] : [i]));
    expect(likeness(clustered.map((i) => Number(labels[i])), clustered.map((i) => grouping.groupOf[i]!))).toBe(1);
    sameMeasures(polis, wanted.cold_start);
  });

  test('every measure given the groups that were published', () => sameMeasures(published, wanted.given_published_groups));

  test('what everybody agrees with and rejects', () => {
    for (const side of ['agree', 'disagree'] as const) {
      const got = polis.consensus[side];
      expect(got.map((line) => [polis.conversation.statements[line.statement], line.successes, line.trials])).toEqual(wanted.consensus[side].map((line) => [line.tid, line.n_success, line.n_trials]));
      wanted.consensus[side].forEach((line, at) => {
        expect(Math.abs(got[at]!.share - line.p_success)).toBeLessThan(1e-9);
        expect(Math.abs(got[at]!.test - line.p_test)).toBeLessThan(1e-9);
      });
    }
  });
});
