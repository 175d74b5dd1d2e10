import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft } from './build.ts';
import { electionOf } from './build.ts';
import type { CountOptions } from './count.ts';
import { count, shares } from './count.ts';
import { balances, certificate } from './explain/balance.ts';
import { explain, priceOf } from './explain/explain.ts';
import { naiveAdd1, naiveEqualShares, naiveGreedy, naiveUtilities } from './naive.ts';
import type { Rational } from './rational.ts';
import { add, compare, parseRational, rational, subtract, text, zero } from './rational.ts';
import { resultOf } from './result.ts';
import { tieOrder, tieRules } from './ties.ts';
import { verify } from './verify.ts';

const kinds = ['approval', 'ordinal', 'cumulative', 'scoring'] as const;
const utilitiesOf = { approval: ['cost', 'cardinality'], ordinal: ['borda', 'rank', 'cost', 'score'], cumulative: ['points', 'cardinality', 'score'], scoring: ['points', 'cost'] } as const;

/** Small money and few projects, so that ties, exact sums and spent-out voters are common. */
const drafts: fc.Arbitrary<Draft> = fc.record({ kind: fc.constantFrom(...kinds), size: fc.integer({ min: 1, max: 6 }), decimals: fc.boolean() }).chain(({ kind, size, decimals }) =>
  fc.record({
    kind: fc.constant(kind),
    budget: fc.integer({ min: 1, max: 60 }).map((it) => (decimals ? `${it}.50` : String(it))),
    projects: fc.array(fc.integer({ min: 1, max: 25 }), { minLength: size, maxLength: size }).map((costs) => costs.map((cost, at) => ({ id: String(at + 7), cost: decimals ? `${cost}.25` : String(cost) }))),
    ballots: fc.array(
      fc.record({
        projects: fc.uniqueArray(fc.integer({ min: 7, max: size + 6 }).map(String), { maxLength: size }),
        given: fc.array(fc.constantFrom('1', '2', '3', '0', '1.5'), { minLength: size, maxLength: size }),
      }),
      { minLength: 1, maxLength: 9 },
    ).map((all) => all.map(({ projects, given }) => ({ projects, points: given.slice(0, projects.length) }))),
  }),
);

const cases = drafts.chain((draft) =>
  fc.record({
    draft: fc.constant(draft),
    utility: fc.constantFrom<CountOptions['utility']>(...utilitiesOf[draft.kind]),
    ties: fc.constantFrom(...tieRules),
    stop: fc.constantFrom('overspend-only' as const, 'exhaustive-all' as const, 'exhaustive-supported' as const),
    start: fc.constantFrom('exact' as const, 'floor' as const),
  }),
);
const often = { numRuns: 600 };
const some = { numRuns: 200 };

test('winners, prices, ties and what is left are those of the slow way, exactly', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties, start }) => {
      const election = electionOf(draft);
      const counted = count(election, { utility, ties, start });
      const worth = naiveUtilities(election, utility);
      const place = tieOrder(election, ties);
      const share = balances(counted)!(0).start;
      const slow = naiveEqualShares(election, worth, share, place);
      expect(counted.winners).toEqual(slow.rounds.map(({ project }) => project));
      expect(counted.mes!.rounds.map((_, round) => text(priceOf(counted, round)))).toEqual(slow.rounds.map(({ price }) => text(price)));
      expect(counted.mes!.rounds.map(({ tied }) => tied.length)).toEqual(slow.rounds.map(({ tied }) => tied));
      expect(slow.money.map((_, voter) => text(balances(counted)!(voter).left))).toEqual(slow.money.map(text));
      for (const { project, lacked } of explain(election, counted).losers) {
        const c = election.projects.findIndex(({ id }) => id === project);
        const held = slow.money.reduce((sum, money, voter) => (worth[voter]![c]!.num > 0n ? add(sum, money) : sum), zero);
        expect(lacked).toBe(text(subtract(election.projects[c]!.cost, held)));
      }
    }),
    often,
  );
});

test('raising by proof ends where trying every raise ends', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties, start, stop }) => {
      const election = electionOf(draft);
      const counted = count(election, { utility, ties, start, stop, completion: 'add1', step: rational(1n, 3n) });
      const inUnits = ({ num, den }: Rational): Rational => ({ num, den: den * counted.game.moneyUnit });
      const shareAt = shares(counted.game, counted.options);
      const slow = naiveAdd1(election, naiveUtilities(election, utility), (raise) => inUnits(shareAt(raise)), stop, tieOrder(election, ties));
      expect(counted.winners).toEqual(slow.outcome.rounds.map(({ project }) => project));
      expect(counted.raises).toBe(slow.raises);
    }),
    some,
  );
});

test('greedy, alone and as completion, is that of the slow way', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties }) => {
      const election = electionOf(draft);
      const worth = naiveUtilities(election, utility);
      const place = tieOrder(election, ties);
      expect(count(election, { rule: 'greedy', utility, ties }).winners).toEqual(naiveGreedy(election, worth, place, []));
      const bought = count(election, { utility, ties }).winners;
      expect(count(election, { utility, ties, completion: 'greedy' }).winners).toEqual([...bought, ...naiveGreedy(election, worth, place, bought)]);
    }),
    some,
  );
});

test('the budget is never exceeded, and every outcome is proven priceable by an independent check', () => {
  fc.assert(
    fc.property(cases, fc.constantFrom('none' as const, 'greedy' as const, 'add1' as const, 'add1u' as const), ({ draft, utility, ties, stop }, completion) => {
      const election = electionOf(draft);
      const counted = count(election, { utility, ties, stop, completion });
      expect(counted.cost <= counted.game.budget).toBe(true);
      const worth = naiveUtilities(election, utility);
      const supports = (mark: number): boolean => {
        const voter = election.ballots.start.findLastIndex((first) => first <= mark);
        return worth[voter]![election.ballots.project[mark]!]!.num > 0n;
      };
      const bought = counted.mes!.rounds.map(({ project }) => project);
      expect(verify(election, bought, certificate(counted)!, supports)).toEqual([]);
    }),
    some,
  );
});

test('a certificate that was tampered with is found out', () => {
  const election = electionOf({ kind: 'approval', budget: '10', projects: [{ id: 'a', cost: '6' }, { id: 'b', cost: '9' }], ballots: [{ projects: ['a'] }, { projects: ['a', 'b'] }] });
  const counted = count(election);
  const honest = certificate(counted)!;
  expect(verify(election, counted.winners, honest)).toEqual([]);
  const [first, ...others] = honest.accounts;
  const forged = { ...honest, accounts: [{ ...first!, paid: [] }, ...others] };
  expect(verify(election, counted.winners, forged)).toContain('a is not paid exactly');
  expect(verify(election, [0, 1], honest)).toContain('b is not paid exactly');
  expect(verify(election, [], { ...honest, accounts: honest.accounts.map((it) => ({ ...it, paid: [], left: it.start })) })).toContain('the supporters of a could still pay it');
});

test('accounts add up: payments of a project to its cost, each ballot to its share; equal ballots are treated equally', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties }) => {
      const election = electionOf(draft);
      const counted = count(election, { utility, ties });
      const balance = balances(counted)!;
      const all = draft.ballots.map((_, voter) => balance(voter));
      for (const c of counted.winners) {
        const paid = all.flatMap((it) => it.paid.filter(({ project }) => project === c)).reduce((sum, { amount }) => add(sum, amount), zero);
        expect(compare(paid, election.projects[c]!.cost)).toBe(0);
      }
      const seen = new Map<string, string>();
      all.forEach((it, voter) => {
        expect(compare(it.paid.reduce((sum, { amount }) => add(sum, amount), it.left), it.start)).toBe(0);
        const ballot = JSON.stringify(draft.ballots[voter]);
        const account = JSON.stringify([it.paid.map(({ project, amount }) => [project, text(amount)]), text(it.left)]);
        expect(seen.get(ballot) ?? account).toBe(account);
        seen.set(ballot, account);
      });
      const prices = counted.mes!.rounds.map((_, round) => priceOf(counted, round));
      prices.slice(1).forEach((price, at) => expect(compare(prices[at]!, price)).toBeLessThanOrEqual(0));
    }),
    some,
  );
});

test('the order of voters and projects changes nothing; every ballot twice changes nothing; money in cents changes nothing', () => {
  fc.assert(
    fc.property(cases, fc.infiniteStream(fc.nat()), ({ draft, utility, ties, stop }, noise) => {
      const options = { utility, ties, stop, completion: 'add1u' as const };
      const told = (it: Draft, chosen: Partial<CountOptions> = options): string => {
        const election = electionOf(it);
        const counted = count(election, chosen);
        return JSON.stringify(resultOf(election, counted, explain(election, counted)));
      };
      const shuffled = <T>(list: readonly T[]): T[] => list.map((it) => [noise.next().value!, it] as const).sort((a, b) => a[0] - b[0]).map(([, it]) => it);
      expect(told({ ...draft, projects: shuffled(draft.projects), ballots: shuffled(draft.ballots) })).toBe(told(draft));
      const winners = (it: Draft, chosen: Partial<CountOptions>): string[] => {
        const election = electionOf(it);
        return count(election, chosen).winners.map((c) => election.projects[c]!.id);
      };
      const plain = { utility, ties, completion: 'greedy' as const };
      expect(winners({ ...draft, ballots: [...draft.ballots, ...draft.ballots] }, plain)).toEqual(winners(draft, plain));
      const hundredfold = (amount: string): string => text({ num: parseRational(amount)!.num * 100n, den: parseRational(amount)!.den });
      const cents = { ...draft, budget: hundredfold(draft.budget), projects: draft.projects.map((it) => ({ ...it, cost: hundredfold(it.cost) })) };
      expect(winners(cents, { ...options, step: rational(100n) })).toEqual(winners(draft, options));
      const idle = { ...draft, projects: [...draft.projects, { id: 'unwanted', cost: '1' }] };
      expect(winners(idle, { ...plain, completion: 'none' })).toEqual(winners(draft, { ...plain, completion: 'none' }));
    }),
    some,
  );
});

test('what would have had to change is true: at that cost, or with so many more voters, the loser is chosen', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties }) => {
      const election = electionOf(draft);
      const counted = count(election, { utility, ties });
      const told = explain(election, counted);
      for (const loser of told.losers) {
        if (loser.winsAtCost !== null) {
          const cheaper = { ...draft, projects: draft.projects.map((it) => (it.id === loser.project ? { ...it, cost: loser.winsAtCost! } : it)) };
          const again = electionOf(cheaper);
          expect(count(again, { utility, ties }).winners.map((c) => again.projects[c]!.id)).toContain(loser.project);
        }
        if (loser.winsWithVoters === null || draft.kind !== 'approval') continue;
        const more = Array.from({ length: loser.winsWithVoters }, () => ({ projects: [loser.project] }));
        const budget = add(election.budget, { num: parseRational(told.share!)!.num * BigInt(more.length), den: parseRational(told.share!)!.den });
        const larger = electionOf({ ...draft, budget: text(budget), ballots: [...draft.ballots, ...more] });
        expect(count(larger, { utility, ties }).winners.map((c) => larger.projects[c]!.id)).toContain(loser.project);
      }
    }),
    some,
  );
});

test('the same for greedy', () => {
  fc.assert(
    fc.property(cases, ({ draft, utility, ties }) => {
      const election = electionOf(draft);
      const options = { rule: 'greedy' as const, utility, ties };
      for (const loser of explain(election, count(election, options)).losers) {
        if (loser.winsAtCost === null) continue;
        const again = electionOf({ ...draft, projects: draft.projects.map((it) => (it.id === loser.project ? { ...it, cost: loser.winsAtCost! } : it)) });
        expect(count(again, options).winners.map((c) => again.projects[c]!.id)).toContain(loser.project);
        if (loser.winsWithVoters === null || draft.kind !== 'approval') continue;
        const more = Array.from({ length: loser.winsWithVoters }, () => ({ projects: [loser.project] }));
        const larger = electionOf({ ...draft, ballots: [...draft.ballots, ...more] });
        expect(count(larger, options).winners.map((c) => larger.projects[c]!.id)).toContain(loser.project);
      }
    }),
    some,
  );
});
