// The door: an election and options in, a count out.
import type { Cap } from './core/caps.ts';
import type { Stop } from './core/add1.ts';
import { raise } from './core/add1.ts';
import type { MesOutcome } from './core/equal-shares.ts';
import { equalShares } from './core/equal-shares.ts';
import type { Turn } from './core/greedy.ts';
import { densityTies, greedy } from './core/greedy.ts';
import { Run } from './core/run.ts';
import type { Election } from './election.ts';
import type { Game, Utility } from './game.ts';
import { gameOf } from './game.ts';
import type { Rational } from './rational.ts';
import { floor, rational, reduced } from './rational.ts';
import type { Ties } from './ties.ts';

export type Rule = 'equal-shares' | 'greedy';
/** none; greedy: the same utility by greedy for what is left; add1: raise shares step by step; add1u: add1, then greedy. */
export type Completion = 'none' | 'greedy' | 'add1' | 'add1u';
export const completions: readonly Completion[] = ['none', 'greedy', 'add1', 'add1u'];

export type CountOptions = {
  readonly rule: Rule;
  readonly utility: Utility;
  readonly completion: Completion;
  readonly ties: Ties;
  readonly stop: Stop;
  /** What a voter begins with: budget / ballots exactly, or its whole units of currency. */
  readonly start: 'exact' | 'floor';
  /** By how much add1 raises each time, in units of currency. */
  readonly step: Rational;
  /** Whether greedy ends with projects that nobody supports when they fit, as pabutools does. */
  readonly takeUnsupported: boolean;
  /** Called between the runs of add1. */
  readonly onProgress?: (raise: number, runs: number) => void;
};

/** What contracts.md states; overspend-only is what reproduces the official results of Assen, Świecie and Wieliczka. */
export const defaults: CountOptions = {
  rule: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  ties: 'mincost-votes-lexico',
  stop: 'overspend-only',
  start: 'exact',
  step: { num: 1n, den: 1n },
  takeUnsupported: true,
};

/** A tie that the tie rule decided: `round` counts from 1, `projects` are in tie order, the first went first. */
export type TieMet = { readonly stage: 'equal-shares' | 'greedy'; readonly round: number; readonly projects: readonly number[] };

/** A finished count. Projects are indices into `Election.projects`; money is in parts, `game.moneyUnit` to a unit. */
export type Count = {
  readonly options: CountOptions;
  readonly game: Game;
  /** In order of selection. */
  readonly winners: readonly number[];
  readonly cost: bigint;
  /** The Equal Shares run that counts, null for greedy or when there are no ballots. */
  readonly mes: MesOutcome | null;
  /** The turns of greedy, whether rule or completion; empty when it had none. */
  readonly turns: readonly Turn[];
  /** Steps by which shares were raised, and how raising ended. */
  readonly raises: number;
  readonly ended: 'overspend' | 'exhaustive' | 'all-funded' | null;
  readonly runs: number;
  readonly tiesMet: readonly TieMet[];
  readonly caps: readonly Cap[];
};

/**
 * Counts an election. Exact: no comparison depends on rounding. Throws CountRefused when the ballots do not carry what
 * the utility needs, numbers are too large, or add1 would not end in reasonable time.
 */
export function count(election: Election, chosen: Partial<CountOptions> = {}): Count {
  const options = { ...defaults, ...chosen };
  return countGame(gameOf(election, options.utility, options.ties), options, []);
}

/** The same on a prepared game, under upper limits. */
export function countGame(game: Game, options: CountOptions, caps: readonly Cap[]): Count {
  const bought = options.rule === 'greedy' || game.voters === 0 ? null : buy(game, options, caps);
  const before = bought?.outcome.rounds.map(({ project }) => project) ?? [];
  const completes = options.rule === 'greedy' || options.completion === 'greedy' || options.completion === 'add1u';
  const turns = completes ? greedy(game, { before, takeUnsupported: options.takeUnsupported, caps }) : [];
  const winners = [...before, ...turns.filter(({ taken }) => taken).map(({ project }) => project)];
  return {
    options,
    game,
    winners,
    cost: winners.reduce((sum, c) => sum + game.cost[c]!, 0n),
    mes: bought?.outcome ?? null,
    turns,
    raises: bought?.raises ?? 0,
    ended: bought?.ended ?? null,
    runs: bought?.runs ?? 0,
    tiesMet: [...(bought ? mesTies(bought.outcome) : []), ...greedyTies(game, turns)],
    caps,
  };
}

function mesTies({ rounds }: MesOutcome): TieMet[] {
  return rounds.flatMap(({ tied }, at): TieMet[] => (tied.length < 2 ? [] : [{ stage: 'equal-shares', round: at + 1, projects: tied }]));
}

function greedyTies(game: Game, turns: readonly Turn[]): TieMet[] {
  return densityTies(game, turns).map((projects) => ({ stage: 'greedy', round: 1 + turns.findIndex(({ project }) => project === projects[0]), projects }));
}

type Bought = { outcome: MesOutcome; raises: number; ended: Count['ended']; runs: number };

function buy(game: Game, options: CountOptions, caps: readonly Cap[]): Bought {
  const run = new Run(game);
  const shareAt = shares(game, options);
  if (options.completion === 'none' || options.completion === 'greedy') return { outcome: equalShares(run, shareAt(0), null, caps), raises: 0, ended: null, runs: 1 };
  return raise(run, { shareAt, stop: options.stop, caps, onProgress: options.onProgress });
}

/** Everybody's share after so many steps, in parts of money. */
export function shares(game: Game, { start, step }: CountOptions): (raise: number) => Rational {
  const exact = rational(game.budget, BigInt(game.voters));
  const first = start === 'exact' ? exact : rational(floor({ num: exact.num, den: exact.den * game.moneyUnit }) * game.moneyUnit);
  const byStep = reduced({ num: step.num * game.moneyUnit, den: step.den });
  return (raise) => ({ num: first.num * byStep.den + BigInt(raise) * byStep.num * first.den, den: first.den * byStep.den });
}
