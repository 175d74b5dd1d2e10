// Why each project won or lost, as data; sentences are made elsewhere.
import { heaviest } from '../core/sizes.ts';
import type { Run } from '../core/run.ts';
import type { Count } from '../count.ts';
import type { Election } from '../election.ts';
import { votesOf } from '../election.ts';
import type { Rational } from '../rational.ts';
import { ceiling, divide, floor, ratio, subtract, text } from '../rational.ts';
import type { Explanation, Loser, Payers, Winner } from './explanation.ts';
import { greedyLosers } from './greedy.ts';
import { Offers, type Chance } from './offers.ts';
import { amountOf, moneyBehind, replay } from './replay.ts';
import { spentElsewhere } from './rivals.ts';

/** Explains a count of this election. Costs one more run, and for losers about rounds × marks steps. */
export function explain(election: Election, count: Count): Explanation {
  const votes = votesOf(election);
  const told = count.mes === null ? { winners: [], losers: [] } : tellRun(election, count, votes);
  const taken = count.turns.flatMap((turn, at) => (turn.taken ? [addedWinner(election, count, turn.project, at + 1, votes)] : []));
  const losers = count.options.rule === 'greedy' ? greedyLosers(election, count, votes) : told.losers;
  const all: Winner[] = [...told.winners, ...taken];
  return {
    prices: Object.fromEntries(all.flatMap(({ project, price }) => (price === null ? [] : [[project, price]]))),
    payers: Object.fromEntries(all.flatMap(({ project, payers }) => (payers === null ? [] : [[project, payers.voters]]))),
    lacked: Object.fromEntries(losers.map(({ project, lacked }) => [project, lacked])),
    share: count.mes === null ? null : text(amountOf(count, count.mes.share)),
    winners: all,
    losers,
  };
}

function addedWinner(election: Election, count: Count, c: number, round: number, votes: Float64Array): Winner {
  const { id } = election.projects[c]!;
  const tie = count.tiesMet.find(({ stage, projects }) => stage === 'greedy' && projects.includes(c));
  const tiedWith = (tie?.projects ?? []).filter((it) => it !== c).map((it) => election.projects[it]!.id);
  return { project: id, how: 'greedy', round, cost: money(count, count.game.cost[c]!), votes: votes[c]!, price: null, payment: null, payers: null, tiedWith };
}

function tellRun(election: Election, count: Count, votes: Float64Array): { winners: Winner[]; losers: Loser[] } {
  const { game } = count;
  const mes = count.mes!;
  const won = new Set(count.winners);
  const losing = game.cost.flatMap((_, c) => (won.has(c) || game.support[c] === 0 ? [] : [c])).sort((a, b) => game.tiePlace[a]! - game.tiePlace[b]!);
  const offers = new Offers(losing, ratio(mes.share.num, mes.share.den), heaviest(game));
  const counted = mes.rounds.map((_, round): { before: Float64Array; payers: Payers } => ({ before: new Float64Array(0), payers: noPayers(count, round, votes) }));
  const end = replay(count, {
    before: (run, round) => {
      const { project, num, denominator } = mes.rounds[round]!;
      offers.look(run, round, ratio(num, denominator) / run.perUtility[project]!);
      counted[round]!.before = held(run, project);
    },
    after: (run, round) => {
      const it = counted[round]!;
      it.payers = payersOf(count, run, round, it.before, votes);
      it.before = new Float64Array(0);
    },
  })!;
  const winners = mes.rounds.map((_, round) => winner(election, count, round, counted[round]!.payers, votes));
  return { winners, losers: losing.map((c, at) => loser(election, count, end, c, offers.chances[at]!, votes)) };
}

function held({ game: { columnStart, columnGroup }, money: purses }: Run, project: number): Float64Array {
  return Float64Array.from(columnGroup.subarray(columnStart[project], columnStart[project + 1]), (group) => purses[group]!);
}

function noPayers(count: Count, round: number, votes: Float64Array): Payers {
  const nothing = votes[count.mes!.rounds[round]!.project]!;
  return { voters: 0, full: 0, fullAmount: '0', rest: 0, restAmount: '0', nothing, histogram: Array.from({ length: 10 }, () => 0) };
}

function payersOf(count: Count, run: Run, round: number, before: Float64Array, votes: Float64Array): Payers {
  const { columnStart, columnGroup, columnWeight, size, cost } = run.game;
  const { project, num, denominator } = run.rounds[round]!;
  const price = ratio(num, denominator);
  const paid: { amount: number; voters: number }[] = [];
  let [full, weight, rest] = [0, 0, 0];
  before.forEach((had, i) => {
    const group = columnGroup[columnStart[project]! + i]!;
    const each = columnWeight?.[columnStart[project]! + i] ?? 1;
    if (had === 0) return;
    const gaveAll = run.spentIn[group] === round;
    if (gaveAll) rest += size[group]!;
    else {
      full += size[group]!;
      weight += size[group]! * each;
    }
    paid.push({ amount: gaveAll ? had : price * each, voters: size[group]! });
  });
  const fullAmount = { num: num * BigInt(weight), den: denominator };
  const restAmount = subtract({ num: cost[project]!, den: 1n }, fullAmount);
  return {
    voters: full + rest,
    full,
    fullAmount: text(amountOf(count, fullAmount)),
    rest,
    restAmount: text(amountOf(count, restAmount)),
    nothing: votes[project]! - full - rest,
    histogram: histogram(paid),
  };
}

function histogram(paid: readonly { amount: number; voters: number }[]): number[] {
  const most = paid.reduce((so, { amount }) => Math.max(so, amount), 0);
  const steps = Array.from({ length: 10 }, () => 0);
  for (const { amount, voters } of paid) steps[Math.min(9, Math.max(0, Math.ceil((10 * amount) / most - 1e-9) - 1))]! += voters;
  return steps;
}

function winner(election: Election, count: Count, round: number, payers: Payers, votes: Float64Array): Winner {
  const { project, num, denominator, tied } = count.mes!.rounds[round]!;
  return {
    project: election.projects[project]!.id,
    how: 'equal-shares',
    round: round + 1,
    cost: money(count, count.game.cost[project]!),
    votes: votes[project]!,
    price: text(priceOf(count, round)),
    payment: text(amountOf(count, { num: num * count.game.pointUnit, den: denominator })),
    payers,
    tiedWith: tied.filter((c) => c !== project).map((c) => election.projects[c]!.id),
  };
}

/** The price of a round per unit of utility, money in units of currency. */
export function priceOf({ game, mes }: Count, round: number): Rational {
  const { project, num, denominator } = mes!.rounds[round]!;
  const units = game.timesCost && game.cost[project]! > 0n ? game.cost[project]! : game.moneyUnit;
  return { num: num * game.pointUnit, den: denominator * units };
}

function loser(election: Election, count: Count, end: Run, c: number, chance: Chance, votes: Float64Array): Loser {
  const { game } = count;
  const { share } = end.ledger;
  const left = moneyBehind(end, c);
  const lacked = subtract({ num: game.cost[c]!, den: 1n }, left);
  const supporters = game.columnGroup.subarray(game.columnStart[c], game.columnStart[c + 1]).reduce((sum, group) => sum + game.size[group]!, 0);
  const atEnd = floor(left) >= BigInt(chance.cost);
  const offer = atEnd ? floor(left) : BigInt(chance.cost);
  const voters = Math.min(chance.voters, share.num > 0n ? Number(ceiling(divide(lacked, share))) : Infinity);
  return {
    project: election.projects[c]!.id,
    cost: money(count, game.cost[c]!),
    votes: votes[c]!,
    atStart: text(amountOf(count, { num: share.num * BigInt(supporters), den: share.den })),
    left: text(amountOf(count, left)),
    lacked: text(amountOf(count, lacked)),
    bestOffer: money(count, offer),
    missing: money(count, game.cost[c]! - offer),
    bestRound: atEnd ? null : chance.round + 1,
    winsAtCost: offer > 0n ? money(count, offer) : null,
    winsWithVoters: Number.isFinite(voters) ? voters : null,
    holds: count.options.completion === 'none' && count.caps.length === 0 ? 'certain' : 'at-these-shares',
    spentOn: spentElsewhere(end, c).map(({ round, amount }) => ({ project: election.projects[end.rounds[round]!.project]!.id, amount: text(amountOf(count, amount)) })),
  };
}

/** Parts of money as text in units of currency. */
export function money(count: Count, parts: bigint): string {
  return text(amountOf(count, { num: parts, den: 1n }));
}
