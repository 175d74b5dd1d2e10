import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CountOptions } from './count.ts';
import { count } from './count.ts';
import { explain, priceOf } from './explain/explain.ts';
import { readPabulib } from './pabulib/read.ts';
import { text } from './rational.ts';

type Expected = {
  rule: CountOptions['rule'];
  utility: CountOptions['utility'];
  ties: Extract<CountOptions['ties'], string>;
  completion?: CountOptions['completion'];
  add1?: { start: string; stop: CountOptions['stop']; raised_by?: number };
  winners: string[];
  cost: string;
  rounds?: { price: string; tied?: number }[];
  mes_runs?: number;
};
type Instance = { file: string; voters: number; projects: number; distinct_ballots: number; results: Expected[]; losers?: { utility: CountOptions['utility']; lacked: Record<string, string> }[] };

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const { instances } = JSON.parse(fixture('expected.json').toString()) as { instances: Instance[] };

// Raising by single forints takes 20 s there; `node bench/equal-shares.ts` counts it and holds it against the same file.
const slow = (instance: Instance, it: Expected): boolean => instance.file.startsWith('Hungary_Budapest_2024') && it.completion === 'add1';

describe.each(instances)('$file', (instance) => {
  const election = readPabulib(fixture(instance.file));

  test('is read whole', () => {
    expect([election.ballots.count, election.projects.length]).toEqual([instance.voters, instance.projects]);
  });

  test.each(instance.results.filter((it) => !slow(instance, it)))('$rule, $utility, $completion, $ties, $add1.stop', (it) => {
    const options: Partial<CountOptions> = {
      rule: it.rule,
      utility: it.utility,
      ties: it.ties,
      completion: it.completion ?? 'none',
      stop: it.add1?.stop ?? 'overspend-only',
      start: it.add1?.start.startsWith('floor') ? 'floor' : 'exact',
    };
    const counted = count(election, options);
    expect(counted.winners.map((c) => election.projects[c]!.id)).toEqual(it.winners);
    if (it.rounds) {
      expect(counted.mes!.rounds.map((_, round) => text(priceOf(counted, round)))).toEqual(it.rounds.map(({ price }) => price));
      expect(counted.mes!.rounds.map(({ tied }) => tied.length)).toEqual(it.rounds.map(({ tied }) => tied ?? 1));
    }
    if (it.add1?.raised_by !== undefined) expect(counted.raises).toBe(it.add1.raised_by);
    if (it.mes_runs !== undefined && it.completion === 'add1') expect(counted.raises + (counted.ended === 'overspend' ? 2 : 1)).toBe(it.mes_runs);
  });

  test.each(instance.losers ?? [])('what losers lacked, $utility', ({ utility, lacked }) => {
    expect(explain(election, count(election, { utility, ties: 'lexico' })).lacked).toEqual(lacked);
  });
});
