// Votes one by one: counters at once, the whole map in tens of milliseconds, the same as if all votes had been mapped together.
import { findAxes, type Axes } from '../axes/axes.ts';
import { CoVotes, worthKeeping } from '../axes/co-votes.ts';
import { polisOrder, rearranged } from '../canonical.ts';
import type { Conversation, Id } from '../conversation.ts';
import { describe, mapDefaults, type Aids, type MapOptions, type OpinionMap } from '../map.ts';
import type { Vote } from '../votes.ts';
import { Arrangement, type Arranged } from './arrangement.ts';
import { Ballots, heldCell, placeCell } from './ballots.ts';
import { GroupCounts, widened } from './group-counts.ts';
import { SquareCounts } from './square-counts.ts';

/** Votes on one statement. */
export type Counter = { agreed: number; disagreed: number; passed: number };

/** What everybody and each group of the last map say about a statement, now. `groups` in the order of that map's groups. */
export type Counters = Counter & { groups: Counter[] };

/** A conversation, and the row in the ballots at each place. */
type Placed = { conversation: Conversation; rows: Int32Array };

/**
 * A conversation that goes on. Feed it statements and votes; `counters` answers in constant time, `map` as `mapOpinions` would on
 * the same votes: groups alike, numbers to 1e-6 (the axes are found from where they were a moment ago).
 *
 * Holds about four bytes a vote, 800 a participant and, from the second map on, 24 for every two statements. Not for two writers
 * at once; it keeps no state elsewhere.
 */
export class LiveMap {
  private readonly options: MapOptions;
  private readonly ballots = new Ballots();
  private readonly arrangement = new Arrangement(this.ballots);
  private readonly groups = new GroupCounts();
  private readonly squares = new SquareCounts();
  private counts: Float64Array = new Float64Array(3 * 64);
  private coVotes: CoVotes | null = null;
  private last: OpinionMap | null = null;
  private near: Axes['axes'] | null = null;

  constructor(options: Partial<Omit<MapOptions, 'groups'>> = {}) {
    this.options = { ...mapDefaults, ...options };
  }

  /** Adds a statement, or changes whether it is moderated out (`hidden`) or no opinion (`meta`, which hides it too). */
  state(id: Id, { hidden = false, meta = false }: { hidden?: boolean; meta?: boolean } = {}): void {
    const column = this.ballots.state({ id, hidden: hidden || meta, meta });
    if (3 * column + 3 > this.counts.length) {
      this.counts = widened(this.counts, 2 * this.counts.length);
      this.groups.change((counts) => widened(counts, this.counts.length));
    }
    this.coVotes?.touch(column);
    this.arrangement.forget();
    this.last = null;
  }

  /**
   * Takes a vote; a later one by the same person on the same statement replaces it.
   *
   * @param at when, in milliseconds since 1970; tells accounts that join in a burst
   * @returns the statement's counters after it
   */
  vote(participant: Id, statement: Id, vote: Vote, at = Number.NaN): Counters {
    if (!this.ballots.columns.has(statement)) this.state(statement);
    const column = this.ballots.columns.get(statement)!;
    const row = this.ballots.rowOf(participant, at);
    const ballot = this.ballots.rows[row]!;
    const before = heldCell(ballot, column);
    this.coVotes?.vote(ballot.cells, ballot.length, column, before < 0 ? null : (((before % 3) - 1) as Vote), vote);
    placeCell(ballot, column, vote);
    this.count(row, 3 * column + vote + 1, 1);
    if (before >= 0) this.count(row, before, -1);
    this.arrangement.touch(row);
    this.last = null;
    return this.counters(statement);
  }

  /** Counters of a statement as they stand. */
  counters(statement: Id): Counters {
    const at = 3 * (this.ballots.columns.get(statement) ?? this.counts.length);
    const counter = (counts: Float64Array): Counter => ({ disagreed: counts[at] ?? 0, passed: counts[at + 1] ?? 0, agreed: counts[at + 2] ?? 0 });
    return { ...counter(this.counts), groups: this.groups.counts.map(counter) };
  }

  /** The whole map of the votes so far. */
  map(): OpinionMap {
    if (this.last) return this.last;
    this.sortStatements();
    const polis = this.options.mode === 'polis';
    const { conversation, rows, moves = null, ...arranged }: Partial<Arranged> & Placed = polis ? this.inPolisOrder() : this.arrangement.arranged();
    const counts = this.counts.slice(0, 3 * conversation.statements.length);
    const axes = this.axesOf(conversation, counts);
    const aids: Aids = {
      ...arranged,
      tally: (grouping) => this.groups.regroup(conversation, grouping, rows, this.counts.length),
      countSquares: (squareOf, weights) => this.squares.count(conversation.votes, squareOf, weights, moves),
    };
    this.last = describe(conversation, this.options, counts, axes, aids);
    this.near = axes.axes;
    return this.last;
  }

  /** From the second map on the spread matrix is kept, where multiplying that is less work than going through the votes. */
  private axesOf({ votes, hidden }: Conversation, counts: Float64Array): Axes {
    const exact = this.options.mode === 'polis';
    const { near } = this;
    if (!near) return findAxes(votes, hidden, { counts, exact });
    if (!this.coVotes && votes.statements ** 2 < 4 * votes.cells.length && worthKeeping(votes)) this.coVotes = new CoVotes(votes);
    this.coVotes?.refresh(counts, hidden);
    return findAxes(votes, hidden, { counts, exact, near, ...(this.coVotes ? { kept: this.coVotes } : {}) });
  }

  private sortStatements(): void {
    const places = this.ballots.sortStatements();
    if (!places) return;
    const moved = (counts: Float64Array) => {
      const there = counts.slice();
      places.forEach((to, from) => there.set(counts.subarray(3 * from, 3 * from + 3), 3 * to));
      return there;
    };
    this.counts = moved(this.counts);
    this.groups.change(moved);
    this.near = this.near && [movedAxis(this.near[0], places), movedAxis(this.near[1], places)];
    this.coVotes = null;
    this.arrangement.forget();
  }

  private inPolisOrder(): Placed {
    const it = this.ballots.conversation();
    const rows = polisOrder(it);
    return { conversation: rearranged(it, rows), rows };
  }

  private count(row: number, cell: number, by: number): void {
    this.counts[cell]! += by;
    this.groups.count(row, cell, by);
  }
}

function movedAxis(axis: Float64Array, places: Int32Array): Float64Array {
  const there = new Float64Array(places.length);
  places.forEach((to, from) => (there[to] = axis[from] ?? 0));
  return there;
}
