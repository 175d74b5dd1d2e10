// Utilitarian greedy: by utility per money, what fits is taken, what does not fit is passed over.
import type { Game } from '../game.ts';
import type { Cap } from './caps.ts';
import { CapAccount } from './caps.ts';

/** One project in the order of the rule, with the money left when its turn came. */
export type Turn = { readonly project: number; readonly left: bigint; readonly taken: boolean };

export type GreedyOptions = {
  /** Funded already, in order; they are not looked at again. */
  readonly before: readonly number[];
  /** Whether projects that nobody supports are taken at the end when they fit, as pabutools does. */
  readonly takeUnsupported: boolean;
  readonly caps: readonly Cap[];
};

/**
 * All turns of the greedy rule. Density = total utility / cost, so with utility cost (or score) the order is by votes (or
 * points). Equal densities go by the tie order. Projects without support come last.
 */
export function greedy(game: Game, { before, takeUnsupported, caps }: GreedyOptions): Turn[] {
  const account = new CapAccount(caps, game.cost);
  let left = game.budget;
  for (const project of before) {
    left -= game.cost[project]!;
    account.take(project);
  }
  const done = new Set(before);
  return byDensity(game)
    .filter((project) => !done.has(project))
    .map((project) => {
      const turn = { project, left, taken: game.cost[project]! <= left && account.fits(project) && (takeUnsupported || game.support[project]! > 0) };
      if (turn.taken) {
        left -= game.cost[project]!;
        account.take(project);
      }
      return turn;
    });
}

function byDensity(game: Game): number[] {
  return game.cost.map((_, c) => c).sort((a, b) => compareDensity(game, b, a) || game.tiePlace[a]! - game.tiePlace[b]!);
}

/** The sign of density(a) − density(b), exactly; a free project with support is beyond comparison. */
export function compareDensity({ cost, support, timesCost }: Game, a: number, b: number): number {
  if (support[a] === 0 || support[b] === 0 || timesCost) return Math.sign(support[a]! - support[b]!);
  if (cost[a] === 0n || cost[b] === 0n) return (cost[a] === 0n ? 1 : 0) - (cost[b] === 0n ? 1 : 0);
  const x = BigInt(support[a]!) * cost[b]!;
  const y = BigInt(support[b]!) * cost[a]!;
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Sets of at least two supported projects with equal density, in tie order. */
export function densityTies(game: Game, turns: readonly Turn[]): number[][] {
  const ties: number[][] = [];
  let group: number[] = [];
  for (const { project } of turns.filter((turn) => game.support[turn.project]! > 0)) {
    if (group.length > 0 && compareDensity(game, group[0]!, project) !== 0) {
      ties.push(group);
      group = [];
    }
    group.push(project);
  }
  return [...ties, group].filter((tie) => tie.length > 1);
}
