// Which statements people agree on from wherever they stand: a rank that one faction can neither veto nor flood.
import type { Axes } from '../axes/axes.ts';
import type { Points } from '../axes/positions.ts';
import type { Conversation } from '../conversation.ts';
import { LEAST_GROUP } from '../groups/grouping.ts';
import type { Tally } from '../measures/tallies.ts';
import { findEchoes, type Crew, type Echoes } from './echoes.ts';
import { orderOfBallots, type Sketches } from './sketches.ts';
import { findViewpoints, type Viewpoints } from './viewpoints.ts';

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

/** What is known before statements are ranked. */
export type Known = { active: Int32Array; axes: Axes; points: Points; counts: Float64Array; voted: Uint8Array; tallies: readonly Tally[]; sketches: Sketches };

/** Fewer people than this are outvoted inside their own group by a handful of accounts. */
const SMALL_GROUP = 15;
/** Fewer answers than this say nothing about a group. */
const FEW_ANSWERS = 5;

/** Ranks the statements that are shown. */
export function bridgesOf(it: Conversation, known: Known): Bridging {
  const { sketches } = known;
  const echoes = findEchoes(it, sketches, orderOfBallots(sketches), known.counts);
  const viewpoints = findViewpoints(it, echoes, known);
  const bridges = bridgeStatements(it, echoes, viewpoints).map((bridge) => ({ ...bridge, ...inGroups(bridge.statement, known.tallies) }));
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
 * @returns shown statements, the best low bound first
 */
export function bridgeStatements(it: Conversation, echoes: Echoes, viewpoints: Viewpoints): Ranked[] {
  const width = 3 * it.votes.statements;
  const bySquare = countBySquare(it, echoes, viewpoints);
  const bridges: Ranked[] = [];
  for (let j = 0; j < it.votes.statements; j++) {
    if (it.hidden[j]) continue;
    let [agreed, evidence] = [0, 0];
    for (let at = 3 * j; at < bySquare.length; at += width) {
      const cast = bySquare[at]! + bySquare[at + 1]! + bySquare[at + 2]!;
      agreed += bySquare[at + 2]! / (cast + HALF);
      evidence += cast / (cast + HALF);
    }
    bridges.push({ statement: j, evidence, ...bounded((agreed + PRIOR / 2) / (evidence + PRIOR), evidence + PRIOR) });
  }
  return bridges.sort((a, b) => b.low - a.low || b.score - a.score || a.statement - b.statement);
}

// Square by square, so that the counts in work stay in the nearest cache.
function countBySquare({ votes }: Conversation, { weights }: Echoes, { squareOf, squares }: Viewpoints): Float64Array {
  const width = 3 * votes.statements;
  const counts = new Float64Array(squares * width);
  const { rows, cells } = votes;
  for (const i of bySquare(squareOf, squares)) {
    const base = squareOf[i]! * width;
    const weight = weights[i]!;
    for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[base + cells[e]!]! += weight;
  }
  return counts;
}

function bySquare(squareOf: Int32Array, squares: number): Int32Array {
  const starts = new Int32Array(squares + 1);
  for (const square of squareOf) if (square >= 0) starts[square + 1]!++;
  for (let s = 0; s < squares; s++) starts[s + 1]! += starts[s]!;
  const order = new Int32Array(starts[squares]!);
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
