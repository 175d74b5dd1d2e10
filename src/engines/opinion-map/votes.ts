// The votes of a conversation, packed: two bytes a vote, one row a participant, so that a pass over a million stays in cache.

/** 1 agrees, 0 passes, −1 disagrees. */
export type Vote = -1 | 0 | 1;

/**
 * Sparse votes by participant. Row i is `cells[rows[i]] … cells[rows[i + 1] − 1]`, ascending; a cell is
 * `3 · statement + vote + 1`, so that one look-up in a table of 3m numbers answers for statement and vote together.
 */
export type Votes = { participants: number; statements: number; rows: Int32Array; cells: Uint16Array };

/** One vote as it arrives. Participant and statement are positions, not ids. */
export type Cast = { participant: number; statement: number; vote: Vote };

/** Cells are 16 bits wide. Polis stops at 10,000 statements. */
export const MOST_STATEMENTS = 21_845;

/** A growing list of cells: JavaScript arrays of a million numbers would cost four times as much. */
export class CellList {
  cells = new Uint16Array(1024);
  length = 0;

  push(cell: number): void {
    if (this.length === this.cells.length) this.grow();
    this.cells[this.length++] = cell;
  }

  /** A copy without the spare room. */
  packed(): Uint16Array {
    return this.cells.slice(0, this.length);
  }

  private grow(): void {
    const wider = new Uint16Array(this.cells.length * 2);
    wider.set(this.cells);
    this.cells = wider;
  }
}

/** Refuses conversations that do not fit into the cells. */
export function checkSize(statements: number): void {
  if (statements > MOST_STATEMENTS) throw new RangeError(`There are ${statements} statements; ${MOST_STATEMENTS} are the most that can be mapped.`);
}

/**
 * Packs votes that come in any order; when a participant votes twice on a statement the later one in the list counts.
 *
 * @param casts votes in the order in which they were cast
 */
export function packVotes(participants: number, statements: number, casts: Iterable<Cast>): Votes {
  checkSize(statements);
  const ballots: Map<number, number>[] = Array.from({ length: participants }, () => new Map());
  for (const cast of casts) ballots[cast.participant]!.set(cast.statement, cast.vote);
  return packBallots(statements, ballots);
}

/** Packs one map from statement to vote for each participant. */
export function packBallots(statements: number, ballots: readonly ReadonlyMap<number, number>[]): Votes {
  const rows = new Int32Array(ballots.length + 1);
  const list = new CellList();
  ballots.forEach((ballot, i) => {
    const cells = Uint16Array.from(ballot, ([statement, vote]) => 3 * statement + vote + 1).sort();
    for (const cell of cells) list.push(cell);
    rows[i + 1] = list.length;
  });
  return { participants: ballots.length, statements, rows, cells: list.packed() };
}

/** The same votes with rows in another order: row i of the result is row `order[i]`. */
export function reorderRows(votes: Votes, order: ArrayLike<number>): Votes {
  const rows = new Int32Array(order.length + 1);
  for (let i = 0; i < order.length; i++) rows[i + 1] = rows[i]! + voteCount(votes, order[i]!);
  const cells = new Uint16Array(rows[order.length]!);
  for (let i = 0; i < order.length; i++) cells.set(rowOf(votes, order[i]!), rows[i]!);
  return { participants: order.length, statements: votes.statements, rows, cells };
}

/** The cells of one participant; a view, not a copy. */
export function rowOf(votes: Votes, i: number): Uint16Array {
  return votes.cells.subarray(votes.rows[i]!, votes.rows[i + 1]!);
}

/** How many statements a participant voted on, passes included. */
export function voteCount(votes: Votes, i: number): number {
  return votes.rows[i + 1]! - votes.rows[i]!;
}

/** Votes by statement and kind: entry `3 · statement + vote + 1`. One pass. `weights` is how much each person counts; 1 when absent. */
export function countVotes({ cells, rows, participants, statements }: Votes, weights?: Float64Array): Float64Array {
  const counts = new Float64Array(3 * statements);
  for (let i = 0; i < participants; i++) {
    const weight = weights ? weights[i]! : 1;
    for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[cells[e]!]! += weight;
  }
  return counts;
}
