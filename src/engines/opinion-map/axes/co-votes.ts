// The spread matrix XᵀX kept while votes come in, so that multiplying it costs statements², however many people there are.
import { centreOf } from './spread.ts';
import type { Vote, Votes } from '../votes.ts';

/** Beyond so many statements, or answers given by the same person to two statements, building it costs more than it saves. */
const MOST_STATEMENTS = 2048;
const MOST_PAIRS = 2 ** 31;

/** Whether keeping it is worth while. */
export function worthKeeping({ participants, rows, statements }: Votes): boolean {
  let pairs = 0;
  for (let i = 0; i < participants; i++) pairs += (rows[i + 1]! - rows[i]!) ** 2 / 2;
  return statements <= MOST_STATEMENTS && pairs <= MOST_PAIRS;
}

/**
 * For every two statements j > k, over the people who voted on both: Σ v_j·v_k, how many they are, Σ v_j, Σ v_k. All are whole
 * numbers, so votes may come and go without an error. From them, with the centre c of any moment:
 *
 *     spread(j, k) = Σ v_j·v_k − c_k Σ v_j − c_j Σ v_k + c_j·c_k·people
 *
 * Only the triangle below the diagonal is held: 24 bytes a pair, with a row to spare. A vote costs the length of the voter's ballot; what has changed
 * since the last refresh costs statements for each statement voted on.
 */
export class CoVotes {
  private sums: Int32Array;
  private spread: Float64Array;
  private diagonal: Float64Array;
  private readonly touched = new Set<number>();

  constructor(votes: Votes) {
    const m = votes.statements;
    this.sums = sumsOf(votes);
    this.spread = new Float64Array(firstOf(m + 1));
    this.diagonal = new Float64Array(m);
    for (let j = 0; j < m; j++) this.touched.add(j);
  }

  /** A statement is new, or has been hidden or shown. */
  touch(column: number): void {
    this.touched.add(column);
    if (column >= this.diagonal.length) this.widen(column + 1);
  }

  /**
   * Takes a vote.
   *
   * @param cells the voter's ballot of `length` votes, before this one
   * @param before the vote that it replaces; null where there was none
   */
  vote(cells: Uint16Array, length: number, column: number, before: Vote | null, after: Vote): void {
    const { sums } = this;
    const more = before === null ? 1 : 0;
    const change = after - (before ?? 0);
    this.touched.add(column);
    for (let e = 0; e < length; e++) {
      const other = (cells[e]! / 3) | 0;
      const vote = cells[e]! - 3 * other - 1;
      if (other === column) continue;
      const [higher, lower] = other < column ? [column, other] : [other, column];
      const at = 4 * (firstOf(higher) + lower);
      sums[at]! += change * vote;
      sums[at + 1]! += more;
      sums[at + 2]! += higher === column ? change : more * vote;
      sums[at + 3]! += higher === column ? more * vote : change;
    }
  }

  /** Brings the matrix up to the votes taken, row by row: jumping about in it would cost more. */
  refresh(counts: Float64Array, hidden: Uint8Array): void {
    const centre = centreOf(counts, hidden);
    const touched = Int32Array.from(this.touched).sort();
    const all = Int32Array.from(hidden.keys());
    for (let j = 0; j < hidden.length; j++) {
      const own = this.touched.has(j);
      this.weigh(j, own ? all : touched, centre, hidden);
      if (own) this.diagonal[j] = hidden[j] ? 0 : counts[3 * j]! * (1 + centre[j]!) ** 2 + counts[3 * j + 1]! * centre[j]! ** 2 + counts[3 * j + 2]! * (1 - centre[j]!) ** 2;
    }
    this.touched.clear();
  }

  /** Writes the entries of row j for some columns before it, which are ascending. */
  private weigh(j: number, columns: Int32Array, centre: Float64Array, hidden: Uint8Array): void {
    const { sums, spread } = this;
    const first = firstOf(j);
    const c = centre[j]!;
    for (let at = 0; at < columns.length; at++) {
      const k = columns[at]!;
      if (k >= j) break;
      const d = centre[k]!;
      const four = 4 * (first + k);
      const value = sums[four]! - d * sums[four + 2]! - c * sums[four + 3]! + c * d * sums[four + 1]!;
      spread[first + k] = hidden[j] || hidden[k] ? 0 : value;
    }
  }

  /** The triangle is held row by row, so more statements only lengthen it. */
  private widen(statements: number): void {
    const { sums, spread, diagonal } = this;
    this.sums = new Int32Array(4 * firstOf(statements));
    this.spread = new Float64Array(firstOf(statements + 1));
    this.diagonal = new Float64Array(statements);
    this.sums.set(sums);
    this.spread.set(spread);
    this.diagonal.set(diagonal);
  }

  /** y = XᵀX q. Each entry of the triangle serves twice, and two rows share the way through q and y. */
  multiply(q: Float64Array): Float64Array {
    const { spread, diagonal } = this;
    const y = q.map((value, j) => value * diagonal[j]!);
    for (let j = 0; j < q.length; j += 2) {
      const one = firstOf(j);
      const other = firstOf(j + 1);
      const a = q[j]!;
      const b = q[j + 1] ?? 0;
      let sumOfOne = spread[other + j]! * b;
      let sumOfOther = spread[other + j]! * a;
      for (let k = 0; k < j; k++) {
        const here = spread[one + k]!;
        const there = spread[other + k]!;
        const both = q[k]!;
        sumOfOne += here * both;
        sumOfOther += there * both;
        y[k]! += here * a + there * b;
      }
      y[j]! += sumOfOne;
      y[j + 1]! += sumOfOther;
    }
    return y;
  }
}

/** Where the pairs of a statement with those before it begin. */
const firstOf = (j: number) => (j * (j - 1)) / 2;

/**
 * Statement by statement: what else its voters said, counted by their vote on it and by cell. Those counts stay in the nearest
 * cache, and all four sums follow from them.
 */
function sumsOf(votes: Votes): Int32Array {
  const m = votes.statements;
  const sums = new Int32Array(2 * m * (m - 1));
  const { starts, voters } = votersOf(votes);
  const heads = votes.rows.slice(0, votes.participants);
  const met = [0, 1, 2].map(() => new Int32Array(3 * m)) as [Int32Array, Int32Array, Int32Array];
  const { rows, cells } = votes;
  for (let j = 0; j < m; j++) {
    for (const counts of met) counts.fill(0);
    for (let at = starts[j]!; at < starts[j + 1]!; at++) {
      const i = voters[at]!;
      const end = heads[i]!++;
      const counts = met[cells[end]! - 3 * j]!;
      for (let e = rows[i]!; e < end; e++) counts[cells[e]!]!++;
    }
    for (let k = 0; k < j; k++) writeSums(sums, 4 * (firstOf(j) + k), met, 3 * k);
  }
  return sums;
}

function writeSums(sums: Int32Array, at: number, [against, passed, agreed]: [Int32Array, Int32Array, Int32Array], k: number): void {
  const rejecting = against[k]! + against[k + 1]! + against[k + 2]!;
  const agreeing = agreed[k]! + agreed[k + 1]! + agreed[k + 2]!;
  sums[at] = agreed[k + 2]! - agreed[k]! - against[k + 2]! + against[k]!;
  sums[at + 1] = rejecting + agreeing + passed[k]! + passed[k + 1]! + passed[k + 2]!;
  sums[at + 2] = agreeing - rejecting;
  sums[at + 3] = agreed[k + 2]! + passed[k + 2]! + against[k + 2]! - agreed[k]! - passed[k]! - against[k]!;
}

/** Rows by statement: those of statement j are `voters[starts[j]] …`, ascending. */
function votersOf({ participants, statements, rows, cells }: Votes): { starts: Int32Array; voters: Int32Array } {
  const starts = new Int32Array(statements + 2);
  for (let e = 0; e < cells.length; e++) starts[((cells[e]! / 3) | 0) + 2]!++;
  for (let j = 1; j < starts.length; j++) starts[j]! += starts[j - 1]!;
  const voters = new Int32Array(cells.length);
  for (let i = 0; i < participants; i++) for (let e = rows[i]!; e < rows[i + 1]!; e++) voters[starts[((cells[e]! / 3) | 0) + 1]!++] = i;
  return { starts, voters };
}
