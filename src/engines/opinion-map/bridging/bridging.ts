// Which statements people agree on from wherever they stand: a rank that one faction can neither veto nor flood.
import type { Axes } from '../axes/axes.ts';
import type { Points } from '../axes/positions.ts';
import type { Conversation } from '../conversation.ts';
import { LEAST_GROUP } from '../groups/grouping.ts';
import type { Tally } from '../measures/tallies.ts';
import type { Votes } from '../votes.ts';
import { findEchoes, type Crew } from './echoes.ts';
import type { AlikeRows } from './alike.ts';
import type { Sketches } from './sketches.ts';
import { findViewpoints, SQUARES } from './viewpoints.ts';

/**
 * The intercept of a statement: the share that agrees, viewpoints counted alike, whatever a viewpoint adds to or takes from it
 * left aside. `low` and `high` bound it (one-sided 90 % each). `evidence` is the number of viewpoints it rests on.
 *
 * @property groupMinimum lowest share of agreement among those of a group who agreed or disagreed; null where no group did
 * @property rejectedBy positions of groups of five and more in which more than half of these disagree: no common ground for them
 * @property tooFewToTell positions of groups of which too few were asked, or that are too small to be protected from being outvoted
 */
export type Bridge = {
  statement: number;
  score: number;
  low: number;
  high: number;
  evidence: number;
  groupMinimum: number | null;
  rejectedBy: number[];
  tooFewToTell: number[];
};

/** Statements that are shown, the best low bound first; accounts that echo each other, and for how many voices less they count. */
export type Bridging = { bridges: Bridge[]; crews: Crew[]; quieted: number };

/** What is known before statements are ranked; `alike` and `countSquares` where they are at hand. */
export type Known = { active: Int32Array; axes: Axes; points: Points; counts: Float64Array; voted: Uint8Array; tallies: readonly Tally[]; sketches: Sketches; alike: AlikeRows | null; countSquares?: SquareCounting | undefined };

/** Votes by square, and in each by cell; null where nobody stands. */
export type SquareCounting = (squareOf: Int16Array, weights: Float64Array) => (Float64Array | null)[];

/** Fewer people than this are outvoted inside their own group by a handful of accounts. */
const SMALL_GROUP = 15;
/** Fewer answers than this say nothing about a group. */
const FEW_ANSWERS = 5;

/** Ranks the statements that are shown. */
export function bridgesOf(it: Conversation, known: Known): Bridging {
  const echoes = findEchoes(it, known.sketches, known.counts, known.alike);
  const { squareOf } = findViewpoints(it, echoes, known);
  const counts = known.countSquares?.(squareOf, echoes.weights) ?? countSquares(it.votes, squareOf, echoes.weights);
  const bridges = bridgeStatements(it, counts).map((bridge) => ({ ...bridge, ...inGroups(bridge.statement, known.tallies) }));
  return { bridges, crews: echoes.crews, quieted: echoes.quieted };
}

function inGroups(j: number, tallies: readonly Tally[]): Pick<Bridge, 'groupMinimum' | 'rejectedBy' | 'tooFewToTell'> {
  const shares = tallies.map(({ agreed, disagreed }) => (agreed[j]! + disagreed[j]! > 0 ? agreed[j]! / (agreed[j]! + disagreed[j]!) : null));
  const known = shares.filter((share) => share !== null);
  const positions = [...tallies.keys()];
  return {
    groupMinimum: known.length > 0 ? Math.min(...known) : null,
    rejectedBy: positions.filter((g) => tallies[g]!.people >= LEAST_GROUP && (shares[g] ?? 1) < 0.5),
    tooFewToTell: positions.filter((g) => tallies[g]!.people < SMALL_GROUP || tallies[g]!.cast[j]! < FEW_ANSWERS),
  };
}

/** Votes at which a square counts half: the ratio of scatter within a viewpoint to scatter between them. */
const HALF = 8;
/** One imagined viewpoint that is undecided: a statement nobody answered stands at one half. */
const PRIOR = 1;
const Z = 1.2816;

type Ranked = Omit<Bridge, 'groupMinimum' | 'rejectedBy' | 'tooFewToTell'>;

/**
 * A random-intercept model, one effect for each square of the map: agreement = intercept + effect of the viewpoint + chance.
 * Its estimate is the mean over squares of the share that agreed there, weighted by votes / (votes + 8): many votes in one place
 * count hardly more than a few, and ballots that echo others count as one. Passes count as not agreeing. One more agreement
 * never lowers a statement.
 *
 * Source: random-effects mean (DerSimonian and Laird 1986, with a fixed ratio of variances); bounds after Wilson 1927.
 *
 * @param counts votes by square, see `countSquares`
 * @returns shown statements, the best low bound first
 */
export function bridgeStatements(it: Conversation, counts: readonly (Float64Array | null)[]): Ranked[] {
  const { agreed, evidence } = weighSquares(counts, it.votes.statements);
  const bridges: Ranked[] = [];
  for (let j = 0; j < it.votes.statements; j++) {
    if (!it.hidden[j]) bridges.push({ statement: j, evidence: evidence[j]!, ...bounded((agreed[j]! + PRIOR / 2) / (evidence[j]! + PRIOR), evidence[j]! + PRIOR) });
  }
  return bridges.sort((a, b) => b.low - a.low || b.score - a.score || a.statement - b.statement);
}

/** By statement, over squares: their weights, and what of them agrees. Square by square, since that is how the counts lie. */
function weighSquares(squares: readonly (Float64Array | null)[], statements: number): { agreed: Float64Array; evidence: Float64Array } {
  const [agreed, evidence] = [new Float64Array(statements), new Float64Array(statements)];
  for (const counts of squares) {
    if (counts === null) continue;
    for (let j = 0; j < statements; j++) {
      const cast = counts[3 * j]! + counts[3 * j + 1]! + counts[3 * j + 2]!;
      if (cast === 0) continue;
      const weight = 1 / (cast + HALF);
      agreed[j]! += counts[3 * j + 2]! * weight;
      evidence[j]! += cast * weight;
    }
  }
  return { agreed, evidence };
}

/**
 * Votes by square and cell. Square by square, so that the counts in work stay in the nearest cache; those who count for less than
 * one come last, so that only they are rounded.
 */
export function countSquares({ rows, cells, statements }: Votes, squareOf: Int16Array, weights: Float64Array): (Float64Array | null)[] {
  const counted = Array.from({ length: SQUARES }, (): Float64Array | null => null);
  const order = bySquare(squareOf);
  const add = (some: Int32Array) => {
    for (const i of some) {
      const counts = (counted[squareOf[i]!] ??= new Float64Array(3 * statements));
      const weight = weights[i]!;
      for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[cells[e]!]! += weight;
    }
  };
  add(order.filter((i) => weights[i] === 1));
  add(Int32Array.from(squareOf.keys()).filter((i) => squareOf[i]! >= 0 && weights[i] !== 1));
  return counted;
}

function bySquare(squareOf: Int16Array): Int32Array {
  const starts = new Int32Array(SQUARES + 1);
  for (const square of squareOf) if (square >= 0) starts[square + 1]!++;
  for (let s = 0; s < SQUARES; s++) starts[s + 1]! += starts[s]!;
  const order = new Int32Array(starts[SQUARES]!);
  for (let i = 0; i < squareOf.length; i++) if (squareOf[i]! >= 0) order[starts[squareOf[i]!]!++] = i;
  return order;
}

/** Wilson's interval for a share that rests on `n` observations. */
export function bounded(share: number, n: number): { score: number; low: number; high: number } {
  if (n <= 0) return { score: share, low: 0, high: 1 };
  const middle = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return { score: share, low: Math.min(share, Math.max(0, middle - half)), high: Math.max(share, Math.min(1, middle + half)) };
}
