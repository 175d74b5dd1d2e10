// Votes one by one: counters at once, the whole map in tens of milliseconds, the same as if all votes had been mapped together.
import { findAxes, type Axes } from './axes/axes.ts';
import { cellHashes, emptySketches, sketchRow, takeSketches, type Sketches } from './bridging/sketches.ts';
import { canonicalOrder, inPolisOrder, placed, placesByName, rearranged } from './canonical.ts';
import { Unmappable, type Conversation, type Id } from './conversation.ts';
import { describe, mapDefaults, type MapOptions, type OpinionMap } from './map.ts';
import { MOST_STATEMENTS, type Vote } from './votes.ts';

/** Votes on one statement. */
export type Counter = { agreed: number; disagreed: number; passed: number };

/** What everybody and each group of the last map say about a statement, now. `groups` in the order of that map's groups. */
export type Counters = Counter & { groups: Counter[] };

type Row = { id: Id; cells: Uint16Array; length: number; joined: number };
type Statement = { id: Id; hidden: boolean; meta: boolean };

/**
 * A conversation that goes on. Feed it statements and votes; `counters` answers in constant time, `map` as `mapOpinions` would on
 * the same votes: groups alike, numbers to 1e-6 (the axes are found from where they were a moment ago).
 *
 * Holds about two bytes a vote and 300 a participant. Not for two writers at once; it keeps no state elsewhere.
 */
export class LiveMap {
  private readonly options: MapOptions;
  private readonly statements: Statement[] = [];
  private readonly columns = new Map<Id, number>();
  private readonly rows: Row[] = [];
  private readonly places = new Map<Id, number>();
  private counts: Float64Array = new Float64Array(3 * 64);
  private sketches: Sketches = emptySketches(64);
  private hashes: Uint32Array = new Uint32Array(0);
  private stale = new Set<number>();
  private groupOf: Int32Array = new Int32Array(0);
  private groupCounts: Float64Array[] = [];
  private last: OpinionMap | null = null;
  private near: ReadonlyMap<Id, readonly [number, number]> | null = null;

  constructor(options: Partial<Omit<MapOptions, 'groups'>> = {}) {
    this.options = { ...mapDefaults, ...options };
  }

  /** Adds a statement, or changes whether it is moderated out (`hidden`) or no opinion (`meta`, which hides it too). */
  state(id: Id, { hidden = false, meta = false }: { hidden?: boolean; meta?: boolean } = {}): void {
    const it: Statement = { id, hidden: hidden || meta, meta };
    const column = this.columns.get(id);
    if (column === undefined) {
      if (this.statements.length === MOST_STATEMENTS) throw new Unmappable(`there are more than ${MOST_STATEMENTS} statements`);
      this.columns.set(id, this.statements.push(it) - 1);
      if (3 * this.statements.length > this.counts.length) this.counts = widened(this.counts);
    } else this.statements[column] = it;
    this.hashes = new Uint32Array(0);
    this.last = null;
    this.rows.forEach((_, row) => this.stale.add(row));
  }

  /**
   * Takes a vote; a later one by the same person on the same statement replaces it.
   *
   * @param at when, in milliseconds since 1970; tells accounts that join in a burst
   * @returns the statement's counters after it
   */
  vote(participant: Id, statement: Id, vote: Vote, at = Number.NaN): Counters {
    if (!this.columns.has(statement)) this.state(statement);
    const column = this.columns.get(statement)!;
    const row = this.places.get(participant) ?? this.join(participant, at);
    const before = placeCell(this.rows[row]!, column, vote);
    this.count(row, 3 * column + vote + 1, 1);
    if (before >= 0) this.count(row, before, -1);
    this.stale.add(row);
    this.last = null;
    return this.counters(statement);
  }

  /** Counters of a statement as they stand. */
  counters(statement: Id): Counters {
    const at = 3 * (this.columns.get(statement) ?? this.statements.length);
    const counter = (counts: Float64Array): Counter => ({ disagreed: counts[at] ?? 0, passed: counts[at + 1] ?? 0, agreed: counts[at + 2] ?? 0 });
    return { ...counter(this.counts), groups: this.groupCounts.map(counter) };
  }

  /** The whole map of the votes so far. */
  map(): OpinionMap {
    if (this.last) return this.last;
    this.sortStatements();
    this.sketchStale();
    const { conversation, order } = this.arranged();
    const counts = this.countsFor(conversation);
    const axes = findAxes(conversation.votes, conversation.hidden, { counts, near: this.nearAxes(conversation), exact: this.options.mode === 'polis' });
    const map = describe(conversation, this.options, counts, axes, order && takeSketches(this.sketches, order));
    this.remember(map, axes);
    return map;
  }

  /** Columns by name, once: otherwise every map would have to move every vote. */
  private sortStatements(): void {
    const places = placesByName(this.statements.map(({ id }) => id));
    if (!places) return;
    for (const row of this.rows) row.cells.set(placed(row.cells.subarray(0, row.length), places));
    const moved = (counts: Float64Array) => {
      const there = counts.slice();
      places.forEach((to, from) => there.set(counts.subarray(3 * from, 3 * from + 3), 3 * to));
      return there;
    };
    this.counts = moved(this.counts);
    this.groupCounts = this.groupCounts.map((counts) => moved(counts));
    const before = [...this.statements];
    places.forEach((to, from) => {
      this.statements[to] = before[from]!;
      this.columns.set(before[from]!.id, to);
    });
    this.hashes = new Uint32Array(0);
  }

  private join(participant: Id, at: number): number {
    const row = this.rows.push({ id: participant, cells: new Uint16Array(8), length: 0, joined: at }) - 1;
    this.places.set(participant, row);
    return row;
  }

  private count(row: number, cell: number, by: number): void {
    this.counts[cell]! += by;
    const group = this.groupOf[row] ?? -1;
    const counts = this.groupCounts[group];
    if (counts && cell < counts.length) counts[cell]! += by;
  }

  private sketchStale(): void {
    if (this.hashes.length === 0) this.hashes = cellHashes(this.statements.map(({ id }) => id), Uint8Array.from(this.statements, ({ hidden }) => (hidden ? 1 : 0)));
    if (this.sketches.shown.length < this.rows.length) {
      const wider = emptySketches(2 * this.rows.length);
      for (const key of ['sums', 'shown', 'keys', 'marks', 'whole'] as const) wider[key].set(this.sketches[key]);
      this.sketches = wider;
    }
    const all = cellHashes(this.statements.map(({ id }) => id), new Uint8Array(this.statements.length));
    for (const row of this.stale) sketchRow(this.sketches, row, this.rows[row]!.cells, 0, this.rows[row]!.length, this.hashes, all);
    this.stale = new Set();
  }

  /** The votes as `mapOpinions` would arrange them, and which row stands where; `order` is null where sketches have to be made anew. */
  private arranged(): { conversation: Conversation; order: Int32Array | null } {
    const flags = (of: (it: Statement) => boolean) => Uint8Array.from(this.statements, (it) => (of(it) ? 1 : 0));
    const offsets = new Int32Array(this.rows.length + 1);
    this.rows.forEach(({ length }, i) => (offsets[i + 1] = offsets[i]! + length));
    const cells = new Uint16Array(offsets[this.rows.length]!);
    this.rows.forEach((row, i) => cells.set(row.cells.subarray(0, row.length), offsets[i]!));
    const timed = this.rows.some(({ joined }) => !Number.isNaN(joined));
    const it: Conversation = {
      votes: { participants: this.rows.length, statements: this.statements.length, rows: offsets, cells },
      participants: this.rows.map(({ id }) => id),
      statements: this.statements.map(({ id }) => id),
      hidden: flags(({ hidden }) => hidden),
      meta: flags(({ meta }) => meta),
      ...(timed ? { joined: Float64Array.from(this.rows, ({ joined }) => joined) } : {}),
    };
    if (this.options.mode === 'polis') return { conversation: inPolisOrder(it), order: null };
    const order = canonicalOrder(it, this.sketches.whole);
    return { conversation: rearranged(it, order), order };
  }

  private countsFor({ statements }: Conversation): Float64Array {
    const counts = new Float64Array(3 * statements.length);
    statements.forEach((id, j) => counts.set(this.counts.subarray(3 * this.columns.get(id)!, 3 * this.columns.get(id)! + 3), 3 * j));
    return counts;
  }

  private nearAxes({ statements }: Conversation): Float64Array[] | undefined {
    const { near } = this;
    return near ? [0, 1].map((side) => Float64Array.from(statements, (id) => near.get(id)?.[side as 0 | 1] ?? 0)) : undefined;
  }

  private remember(map: OpinionMap, axes: Axes): void {
    const { statements, participants } = map.conversation;
    this.last = map;
    this.near = new Map(statements.map((id, j) => [id, [axes.axes[0][j]!, axes.axes[1][j]!]]));
    this.groupOf = new Int32Array(this.rows.length);
    participants.forEach((id, i) => (this.groupOf[this.places.get(id)!] = map.grouping.groupOf[i]!));
    this.groupCounts = map.tallies.map(({ agreed, disagreed, cast }) => {
      const counts = new Float64Array(this.counts.length);
      statements.forEach((id, j) => counts.set([disagreed[j]!, cast[j]! - agreed[j]! - disagreed[j]!, agreed[j]!], 3 * this.columns.get(id)!));
      return counts;
    });
  }
}

function widened(counts: Float64Array): Float64Array {
  const wider = new Float64Array(2 * counts.length);
  wider.set(counts);
  return wider;
}

/** Puts a vote into its place among the row's ascending cells; returns the cell it replaces, −1 where there was none. */
function placeCell(row: Row, column: number, vote: Vote): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row.cells[middle]! < 3 * column) low = middle + 1;
    else high = middle;
  }
  const held = low < row.length && Math.floor(row.cells[low]! / 3) === column ? row.cells[low]! : -1;
  if (held < 0) {
    if (row.length === row.cells.length) {
      const wider = new Uint16Array(2 * row.length);
      wider.set(row.cells);
      row.cells = wider;
    }
    row.cells.copyWithin(low + 1, low, row.length);
    row.length++;
  }
  row.cells[low] = 3 * column + vote + 1;
  return held;
}

