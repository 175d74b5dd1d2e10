// An election made ready for counting: whole numbers, equal ballots grouped, marks stored both ways as flat arrays.
import type { Ballots, Election } from './election.ts';
import type { Rational } from './rational.ts';
import { gcd } from './rational.ts';
import type { Ties } from './ties.ts';
import { tieOrder } from './ties.ts';
import { RowTable } from './rows.ts';

/**
 * What a mark is worth to a voter. cost: the project's cost; cardinality: 1; points: the points given; borda: ballot
 * length − position − 1 (as pabutools, the last place gets 0); rank: ballot length − position (Pabulib's score: 3, 2, 1);
 * score: points, ranks or 1, times the cost. On ordered and point ballots cost and cardinality take each listed project
 * as approved.
 */
export type Utility = 'cost' | 'cardinality' | 'points' | 'borda' | 'rank' | 'score';
export const utilities: readonly Utility[] = ['cost', 'cardinality', 'points', 'borda', 'rank', 'score'];

/** Thrown when a count cannot be made as asked; `reason` is stable, the sentence is for logs. */
export class CountRefused extends Error {
  readonly reason: 'utility-needs-points' | 'utility-needs-order' | 'too-large' | 'too-many-raises' | 'limits';
  constructor(reason: CountRefused['reason'], sentence: string) {
    super(sentence);
    this.name = 'CountRefused';
    this.reason = reason;
  }
}

/**
 * Utility of a mark = weight × (cost if `timesCost`) / pointUnit. Money is in whole parts: 1 unit of currency = moneyUnit
 * parts. A group is a set of equal ballots, `size` voters; row g holds its marks `rowStart[g]` up to `rowStart[g + 1]`,
 * column c the groups that support project c. Marks of weight 0 are left out.
 */
export type Game = {
  readonly voters: number;
  readonly projects: number;
  readonly budget: bigint;
  readonly cost: readonly bigint[];
  readonly moneyUnit: bigint;
  readonly pointUnit: bigint;
  readonly timesCost: boolean;
  readonly groups: number;
  readonly size: Float64Array;
  readonly groupOf: Uint32Array;
  readonly rowStart: Uint32Array;
  readonly rowProject: Uint32Array;
  /** Null when every weight is 1. */
  readonly rowWeight: Float64Array | null;
  readonly columnStart: Uint32Array;
  readonly columnGroup: Uint32Array;
  readonly columnWeight: Float64Array | null;
  /** Sum of the weights given to each project, voters counted singly. */
  readonly support: Float64Array;
  readonly tiePlace: Int32Array;
};

/** Prepares a count. Throws CountRefused when the ballots do not carry what the utility needs, or numbers are too large. */
export function gameOf(election: Election, utility: Utility, ties: Ties): Game {
  const { ballots, projects } = election;
  const weigh = weigher(election, utility);
  const moneyUnit = projects.reduce((unit, { cost }) => leastMultiple(unit, cost.den), election.budget.den);
  const parts = ({ num, den }: Rational): bigint => (num * moneyUnit) / den;
  const rows = groupBallots(ballots, weigh.weightOf);
  const columns = columnsOf(rows, projects.length);
  return {
    voters: ballots.count,
    projects: projects.length,
    budget: parts(election.budget),
    cost: projects.map(({ cost }) => parts(cost)),
    moneyUnit,
    pointUnit: weigh.unit,
    timesCost: utility === 'cost' || utility === 'score',
    ...rows,
    ...columns,
    tiePlace: tieOrder(election, ties),
  };
}

/** Null stands for 1 everywhere. */
type WeightOf = ((mark: number, position: number, length: number) => number) | null;

function weigher({ ballots, kind }: Election, utility: Utility): { weightOf: WeightOf; unit: bigint } {
  const ordered = kind === 'ordinal';
  if (utility === 'points' && ballots.points === null) throw new CountRefused('utility-needs-points', `ballots of kind ${kind} carry no points`);
  if ((utility === 'borda' || utility === 'rank') && !ordered) throw new CountRefused('utility-needs-order', `ballots of kind ${kind} have no order`);
  if (utility === 'borda') return { weightOf: (_, position, length) => length - position - 1, unit: 1n };
  if (utility === 'rank' || (utility === 'score' && ordered)) return { weightOf: (_, position, length) => length - position, unit: 1n };
  const { points, pointValues } = ballots;
  if (points === null || utility === 'cost' || utility === 'cardinality') return { weightOf: null, unit: 1n };
  const unit = pointValues.reduce((so, { den }) => leastMultiple(so, den), 1n);
  const weights = Float64Array.from(pointValues, ({ num, den }) => Number((num * unit) / den));
  return { weightOf: (mark) => weights[points[mark]!]!, unit };
}

function leastMultiple(a: bigint, b: bigint): bigint {
  return b === 1n ? a : (a * b) / gcd(a, b);
}

type Rows = Pick<Game, 'groups' | 'size' | 'groupOf' | 'rowStart' | 'rowProject' | 'rowWeight'>;

/** Equal ballots together. Two ballots are equal when they give the same weights to the same projects. */
function groupBallots(ballots: Ballots, weightOf: WeightOf): Rows {
  const table = new RowTable(ballots, weightOf !== null);
  const size = new Float64Array(ballots.count);
  const groupOf = new Uint32Array(ballots.count);
  for (let voter = 0; voter < ballots.count; voter++) {
    const group = table.take(ballots, voter, weightOf);
    size[group]!++;
    groupOf[voter] = group;
  }
  return { groups: table.groups, size: size.slice(0, table.groups), groupOf, ...table.rows() };
}

/** The rows turned on their side, and the sums. */
function columnsOf({ groups, size, rowStart, rowProject, rowWeight }: Rows, projects: number): Pick<Game, 'columnStart' | 'columnGroup' | 'columnWeight' | 'support'> {
  const columnStart = new Uint32Array(projects + 1);
  for (let at = 0; at < rowProject.length; at++) columnStart[rowProject[at]! + 1]!++;
  for (let c = 0; c < projects; c++) columnStart[c + 1]! += columnStart[c]!;
  const next = columnStart.slice();
  const columnGroup = new Uint32Array(rowProject.length);
  const columnWeight = rowWeight === null ? null : new Float64Array(rowProject.length);
  const support = new Float64Array(projects);
  for (let group = 0; group < groups; group++) {
    const voters = size[group]!;
    for (let at = rowStart[group]!, end = rowStart[group + 1]!; at < end; at++) {
      const project = rowProject[at]!;
      const place = next[project]!++;
      columnGroup[place] = group;
      if (columnWeight === null) support[project]! += voters;
      else {
        columnWeight[place] = rowWeight![at]!;
        support[project]! += voters * rowWeight![at]!;
      }
    }
  }
  if (support.some((sum) => sum > Number.MAX_SAFE_INTEGER)) throw new CountRefused('too-large', 'the points of a project add up to more than 2^53 units');
  return { columnStart, columnGroup, columnWeight, support };
}
