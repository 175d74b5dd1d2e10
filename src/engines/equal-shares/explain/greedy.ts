// Why projects lose under the greedy rule: their turn came when too little was left.
import { compareDensity } from '../core/greedy.ts';
import type { Count } from '../count.ts';
import type { Election } from '../election.ts';
import { ceiling, rational, text } from '../rational.ts';
import type { Loser } from './explanation.ts';

/** Losers in the order of their turns. With no more than what was left at its turn, a project would have won. */
export function greedyLosers(election: Election, count: Count, votes: Float64Array): Loser[] {
  const { game, turns } = count;
  return turns.flatMap((turn, at) => {
    const c = turn.project;
    if (turn.taken || game.support[c] === 0) return [];
    const left = smaller(turn.left, game.cost[c]!);
    const enough = smaller(left, leftWhenCheaper(count, at));
    const amount = (parts: bigint): string => text(rational(parts, game.moneyUnit));
    return [
      {
        project: election.projects[c]!.id,
        cost: amount(game.cost[c]!),
        votes: votes[c]!,
        atStart: null,
        left: amount(turn.left),
        lacked: amount(game.cost[c]! - left),
        bestOffer: amount(left),
        missing: amount(game.cost[c]! - left),
        bestRound: at + 1,
        winsAtCost: enough > 0n ? amount(enough) : null,
        winsWithVoters: votersNeeded(count, c, at),
        holds: count.caps.length === 0 ? 'certain' : 'at-these-shares',
        spentOn: [],
      } satisfies Loser,
    ];
  });
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** What is left for a project when its cost sinks: with ties by highest cost it may fall behind all of equal density. */
function leftWhenCheaper({ game, turns, options: { ties } }: Count, at: number): bigint {
  const dearestFirst = typeof ties === 'string' ? ties.startsWith('maxcost') : ties.keys.includes('maxcost');
  let last = at;
  while (dearestFirst && game.timesCost && last + 1 < turns.length && compareDensity(game, turns[last + 1]!.project, turns[at]!.project) === 0) last++;
  const { left, taken, project } = turns[last]!;
  return taken ? left - game.cost[project]! : left;
}

/** How many more supporters, each of weight 1, lift c above the last turn at which enough was left for it. */
function votersNeeded({ game, turns }: Count, c: number, at: number): number | null {
  for (let turn = at - 1; turn >= 0; turn--) {
    if (turns[turn]!.left < game.cost[c]!) continue;
    const other = turns[turn]!.project;
    if (compareDensity(game, c, other) === 0) return 1;
    if (game.cost[other] === 0n) return null;
    const [mine, theirs] = game.timesCost ? [1n, 1n] : [game.cost[c]!, game.cost[other]!];
    const needed = rational(BigInt(game.support[other]!) * mine, theirs);
    const more = ceiling({ num: needed.num + needed.den - BigInt(game.support[c]!) * needed.den, den: needed.den * game.pointUnit });
    return Number(more);
  }
  return null;
}
