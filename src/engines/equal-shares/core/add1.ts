// Completion by raising: everybody's share grows by one step until the outcome would cost more than the budget. The
// result is that of trying every raise in turn; most raises are skipped by proof (certify.ts), none by bisection, which
// is wrong because the cost of the outcome may fall when the share rises.
import type { Game } from '../game.ts';
import { CountRefused } from '../game.ts';
import type { Rational } from '../rational.ts';
import type { Cap } from './caps.ts';
import { CapAccount } from './caps.ts';
import { certify } from './certify.ts';
import type { MesOutcome } from './equal-shares.ts';
import { equalShares } from './equal-shares.ts';
import type { Run } from './run.ts';

/**
 * When raising ends, besides the first outcome above the budget (the one before it counts) and the first outcome with
 * every supported project in it (or kept out by an upper limit). exhaustive-all: at the first outcome to which no project can be added within the budget;
 * exhaustive-supported: the same among projects with support.
 */
export type Stop = 'overspend-only' | 'exhaustive-all' | 'exhaustive-supported';
export const stops: readonly Stop[] = ['overspend-only', 'exhaustive-all', 'exhaustive-supported'];

export type Raising = {
  readonly outcome: MesOutcome;
  /** How many steps everybody's share was raised. */
  readonly raises: number;
  readonly ended: 'overspend' | 'exhaustive' | 'all-funded';
  /** Runs made; without the shortcut there would be raises + 1 or raises + 2. */
  readonly runs: number;
};

export type RaisingOptions = {
  readonly shareAt: (raise: number) => Rational;
  readonly stop: Stop;
  readonly caps: readonly Cap[];
  readonly onProgress?: ((raise: number, runs: number) => void) | undefined;
};

const mostRuns = 250_000;
const mostRaises = 1e12;
const mostPatience = 4;

/** Raises step by step. Throws CountRefused when the step is so small that it would not end in reasonable time. */
export function raise(run: Run, options: RaisingOptions): Raising {
  const { game } = run;
  const { shareAt, caps } = options;
  let known = equalShares(run, shareAt(0), game.budget, caps);
  let at = 0;
  let runs = 1;
  let step = 1;
  let calm = 0;
  let patience = 1;
  for (let end = ending(game, known, options); ; ) {
    if (end !== null) return { outcome: known, raises: at, ended: end, runs };
    if (++runs > mostRuns || at > mostRaises) throw new CountRefused('too-many-raises', `after ${runs} runs shares are raised by ${at} steps and the end is not reached: choose a larger step`);
    options.onProgress?.(at, runs);
    const next = step === 1 ? equalShares(run, shareAt(at + 1), game.budget, caps) : certify(run, shareAt(at + step), known, caps);
    if (next?.overspent) return { outcome: settled(run, known, caps), raises: at, ended: 'overspend', runs };
    if (next === null) {
      patience = calm === 0 ? Math.min(mostPatience, patience * 2) : 1;
      calm = 0;
      step = Math.floor(step / 2);
      continue;
    }
    if (step === 1) end = ending(game, next, options);
    known = next;
    at += step;
    if (++calm >= patience) {
      step = Math.min(step * 2, mostRaises);
      calm = 0;
    }
  }
}

function ending(game: Game, outcome: MesOutcome, { stop, caps }: RaisingOptions): 'exhaustive' | 'all-funded' | null {
  const funded = new Set(outcome.rounds.map(({ project }) => project));
  const account = new CapAccount(caps, game.cost);
  for (const c of funded) account.take(c);
  const left = game.budget - outcome.cost;
  const others = game.cost.flatMap((_, c) => (funded.has(c) || !account.fits(c) ? [] : [c]));
  if (others.every((c) => game.support[c] === 0)) return 'all-funded';
  if (stop === 'overspend-only') return null;
  const addable = others.some((c) => game.cost[c]! <= left && (stop === 'exhaustive-all' || game.support[c]! > 0));
  return addable ? null : 'exhaustive';
}

/** A certified outcome does not know its ties; the run is made once more to name them. */
function settled(run: Run, known: MesOutcome, caps: readonly Cap[]): MesOutcome {
  return equalShares(run, known.share, null, caps);
}
