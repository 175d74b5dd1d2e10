// Polis's formulas on counted votes. Source: compdemocracy/polis, math/src/polismath/math/{conversation,repness,stats}.clj.
import type { Tally } from './tallies.ts';

/** One-sided 90 %: what Polis takes for significant. */
export const SIGNIFICANT = 1.2816;

/**
 * Group-informed consensus: the product over groups of (agreed + 1) / (cast + 2). Passes lower it.
 * @returns one number from 0 to 1 for each statement; 1 where there is no group
 */
export function groupConsensus(tallies: readonly Tally[], statements: number): Float64Array {
  const consensus = new Float64Array(statements).fill(1);
  for (const { agreed, cast } of tallies) for (let j = 0; j < statements; j++) consensus[j]! *= consensusFactor(agreed[j]!, cast[j]!);
  return consensus;
}

/** What one group contributes to group-informed consensus. */
export function consensusFactor(agreed: number, cast: number): number {
  return (agreed + 1) / (cast + 2);
}

/**
 * How much is gained by asking for a statement next: high where few passed, many agreed, votes divide people and few were asked.
 * The next one is drawn with probability proportional to it.
 *
 * @param tally votes of those who stand in groups
 */
export function priorities(tally: Tally, extremity: Float64Array, meta: Uint8Array): Float64Array {
  return extremity.map((spread, j) => {
    if (meta[j]) return 49;
    const [agreed, cast] = [tally.agreed[j]!, tally.cast[j]!];
    const passed = cast - agreed - tally.disagreed[j]!;
    const importance = (1 - (passed + 1) / (cast + 2)) * (spread + 1) * ((agreed + 1) / (cast + 2));
    return (importance * (1 + 8 * 2 ** (cast / -5))) ** 2;
  });
}

/** z of a share against one half, one success and one trial added. */
export function shareTest(successes: number, trials: number): number {
  return 2 * Math.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5);
}

/** z of two shares against each other, one added to all four counts; 0 where everybody succeeded. */
export function twoShareTest(inside: number, outside: number, trialsInside: number, trialsOutside: number): number {
  const [a, b, n, o] = [inside + 1, outside + 1, trialsInside + 1, trialsOutside + 1];
  const pooled = (a + b) / (n + o);
  return pooled === 1 ? 0 : (a / n - b / o) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / o));
}

/** One statement on a consensus list. `share` and `test` are Polis's p-success and p-test. */
export type Consensus = { statement: number; successes: number; trials: number; share: number; test: number };

/** The five statements that everybody together agrees with most clearly, and the five most clearly rejected. */
export function consensusLists(all: Tally, hidden: Uint8Array): { agree: Consensus[]; disagree: Consensus[] } {
  const list = (successes: Float64Array) =>
    Array.from(successes.keys())
      .filter((j) => !hidden[j])
      .map((j) => ({ statement: j, successes: successes[j]!, trials: all.cast[j]!, share: (successes[j]! + 1) / (all.cast[j]! + 2), test: shareTest(successes[j]!, all.cast[j]!) }))
      .filter(({ share, test }) => share > 0.5 && test > SIGNIFICANT)
      .sort((a, b) => b.share * b.test - a.share * a.test)
      .slice(0, 5);
  return { agree: list(all.agreed), disagree: list(all.disagreed) };
}
