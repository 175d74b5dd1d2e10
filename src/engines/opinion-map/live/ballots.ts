// Ballots that are still being filled in: who has voted for what so far, in the order in which people and statements came.
import { placed, placesByName } from '../canonical.ts';
import { Unmappable, type Conversation, type Id } from '../conversation.ts';
import { MOST_STATEMENTS, type Vote } from '../votes.ts';

export type Row = { cells: Uint16Array; length: number };
export type Statement = { id: Id; hidden: boolean; meta: boolean };

/** A vote that was taken: whose row, which column, and the cell it replaces; −1 where there was none. */
export type Taken = { row: number; column: number; before: number };

/** The votes of a row. */
export const cellsOf = (row: Row): Uint16Array => row.cells.subarray(0, row.length);

/** Holds about two bytes a vote and 200 a participant. */
export class Ballots {
  readonly statements: Statement[] = [];
  readonly rows: Row[] = [];
  readonly ids: Id[] = [];
  readonly columns = new Map<Id, number>();
  private readonly joined: number[] = [];
  private timed = false;
  private readonly places = new Map<Id, number>();

  /** Adds a statement or replaces what is known of it; returns its column. */
  state(it: Statement): number {
    const column = this.columns.get(it.id);
    if (column !== undefined) {
      this.statements[column] = it;
      return column;
    }
    if (this.statements.length === MOST_STATEMENTS) throw new Unmappable(`there are more than ${MOST_STATEMENTS} statements`);
    this.columns.set(it.id, this.statements.push(it) - 1);
    return this.statements.length - 1;
  }

  /** The row of a participant, who joins at `at` where there is none yet. */
  rowOf(participant: Id, at: number): number {
    const known = this.places.get(participant);
    if (known !== undefined) return known;
    const row = this.rows.push({ cells: new Uint16Array(8), length: 0 }) - 1;
    this.ids.push(participant);
    this.joined.push(at);
    this.timed ||= !Number.isNaN(at);
    this.places.set(participant, row);
    return row;
  }

  /** Columns by name, once: otherwise every map would have to move every vote. Returns where each went; null where all stand right. */
  sortStatements(): Int32Array | null {
    const places = placesByName(this.statements.map(({ id }) => id));
    if (!places) return null;
    for (const row of this.rows) row.cells.set(placed(cellsOf(row), places));
    const before = [...this.statements];
    places.forEach((to, from) => {
      this.statements[to] = before[from]!;
      this.columns.set(before[from]!.id, to);
    });
    return places;
  }

  /** Everything but the votes of a conversation with rows in the order `order`. */
  namesOf(order: Int32Array): Omit<Conversation, 'votes'> {
    const { statements, ids, joined } = this;
    const flags = (of: (it: Statement) => boolean) => Uint8Array.from(statements, (it) => (of(it) ? 1 : 0));
    const participants: Id[] = [];
    for (let i = 0; i < order.length; i++) participants.push(ids[order[i]!]!);
    const names = { participants, statements: statements.map(({ id }) => id), hidden: flags(({ hidden }) => hidden), meta: flags(({ meta }) => meta) };
    return this.timed ? { ...names, joined: Float64Array.from(order, (row) => joined[row]!) } : names;
  }

  /** All of it as a conversation, rows in the order in which people came. */
  conversation(): Conversation {
    const offsets = new Int32Array(this.rows.length + 1);
    this.rows.forEach(({ length }, i) => (offsets[i + 1] = offsets[i]! + length));
    const cells = new Uint16Array(offsets[this.rows.length]!);
    this.rows.forEach((row, i) => cells.set(cellsOf(row), offsets[i]!));
    const votes = { participants: this.rows.length, statements: this.statements.length, rows: offsets, cells };
    return { votes, ...this.namesOf(Int32Array.from(this.rows.keys())) };
  }
}

/** The cell that a row holds for a statement; −1 where it holds none. */
export function heldCell(row: Row, column: number): number {
  const at = placeOf(row, column);
  return at < row.length && row.cells[at]! < 3 * column + 3 ? row.cells[at]! : -1;
}

/** Puts a vote into its place among the row's ascending cells. */
export function placeCell(row: Row, column: number, vote: Vote): void {
  const at = placeOf(row, column);
  if (at >= row.length || row.cells[at]! >= 3 * column + 3) {
    if (row.length === row.cells.length) row.cells = widened(row.cells);
    row.cells.copyWithin(at + 1, at, row.length);
    row.length++;
  }
  row.cells[at] = 3 * column + vote + 1;
}

function placeOf(row: Row, column: number): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.cells[middle]! < 3 * column) low = middle + 1;
    else high = middle;
  }
  return low;
}

function widened(cells: Uint16Array): Uint16Array<ArrayBuffer> {
  const wider = new Uint16Array(2 * cells.length);
  wider.set(cells);
  return wider;
}
