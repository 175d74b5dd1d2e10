// The conversation in its own order, kept from map to map: only ballots with new votes are moved, everything else in whole blocks.
import { cellHashes, emptySketches, sketchRow, type Sketches, BUCKETS, KEYS } from '../bridging/sketches.ts';
import { MANY_PEOPLE, type AlikeRows } from '../bridging/alike.ts';
import { compareIds, type Conversation } from '../conversation.ts';
import { inCanonicalOrder } from '../map.ts';
import type { Votes } from '../votes.ts';
import { cellsOf, type Ballots } from './ballots.ts';
import { Likenesses } from './likenesses.ts';

/** Above this share of ballots with new votes everything is arranged anew. */
const MOST_FRESH = 0.25;

/**
 * @property rows the row in the ballots, by place
 * @property alike which places have sketches that are alike; null where that is not known
 * @property moves null where everything was arranged anew
 */
export type Arranged = { conversation: Conversation; sketches: Sketches; rows: Int32Array; alike: AlikeRows | null; moves: Moves | null };

/** The place before of each ballot, −1 for those with new votes, which come in their order; and the places that these have left. */
export type Moves = { came: Int32Array; left: readonly number[] };

/** Ballots with new votes, and their sketches, in the order in which they belong. */
type Fresh = { rows: Int32Array; sketches: Sketches };

export class Arrangement {
  private readonly ballots: Ballots;
  private last: Arranged | null = null;
  private readonly stale = new Set<number>();
  private likenesses: Likenesses | null = null;
  private hashes: { shown: Uint32Array; all: Uint32Array } | null = null;

  constructor(ballots: Ballots) {
    this.ballots = ballots;
  }

  /** A row has a new vote. */
  touch(row: number): void {
    this.stale.add(row);
  }

  /** Statements have changed, and with them what every sketch says. */
  forget(): void {
    this.last = null;
    this.likenesses = null;
    this.hashes = null;
  }

  /** As `inCanonicalOrder` arranges all votes so far. */
  arranged(): Arranged {
    this.last = this.last && this.stale.size <= MOST_FRESH * this.ballots.rows.length ? this.renewed(this.last) : this.anew();
    this.stale.clear();
    return this.last;
  }

  private anew(): Arranged {
    this.likenesses = null;
    const { order, ...arranged } = inCanonicalOrder(this.ballots.conversation());
    return { ...arranged, rows: order, alike: null, moves: null };
  }

  private renewed(last: Arranged): Arranged {
    const fresh = this.freshOf(Int32Array.from(this.stale));
    const moves = this.merged(last, fresh);
    const { came } = moves;
    const { rows } = this.ballots;
    let next = 0;
    const order = came.map((from) => (from >= 0 ? last.rows[from]! : fresh.rows[next++]!));
    const offsets = new Int32Array(order.length + 1);
    for (let i = 0; i < order.length; i++) offsets[i + 1] = offsets[i]! + rows[order[i]!]!.length;
    const votes: Votes = { participants: order.length, statements: this.ballots.statements.length, rows: offsets, cells: new Uint16Array(offsets[order.length]!) };
    const sketches = emptySketches(order.length);
    const old = last.conversation.votes;
    next = 0;
    for (let from = 0, to = 0; from < came.length; from = to) {
      to = from + 1;
      if (came[from]! < 0) {
        votes.cells.set(cellsOf(rows[order[from]!]!), offsets[from]!);
        copySketches(fresh.sketches, next++, sketches, from, 1);
        continue;
      }
      while (to < came.length && came[to] === came[to - 1]! + 1) to++;
      const [start, end] = [came[from]!, came[to - 1]! + 1];
      votes.cells.set(old.cells.subarray(old.rows[start]!, old.rows[end]!), offsets[from]!);
      copySketches(last.sketches, start, sketches, from, end - start);
    }
    return { conversation: { votes, ...this.ballots.namesOf(order) }, sketches, rows: order, alike: this.alikeAmong(last, fresh, order), moves };
  }

  private freshOf(stale: Int32Array): Fresh {
    const { rows, statements } = this.ballots;
    const names = statements.map(({ id }) => id);
    this.hashes ??= { shown: cellHashes(names, Uint8Array.from(statements, ({ hidden }) => (hidden ? 1 : 0))), all: cellHashes(names, new Uint8Array(names.length)) };
    const drawn = emptySketches(stale.length);
    for (let f = 0; f < stale.length; f++) sketchRow(drawn, f, rows[stale[f]!]!.cells, 0, rows[stale[f]!]!.length, this.hashes.shown, this.hashes.all);
    const order = Int32Array.from(stale.keys()).sort((a, b) => drawn.whole[a]! - drawn.whole[b]! || this.compare(stale[a]!, stale[b]!));
    const sketches = emptySketches(stale.length);
    order.forEach((from, to) => copySketches(drawn, from, sketches, to, 1));
    return { rows: order.map((f) => stale[f]!), sketches };
  }

  /** By place, from what is kept by row. */
  private alikeAmong(last: Arranged, fresh: Fresh, order: Int32Array): AlikeRows | null {
    if (order.length > MANY_PEOPLE) return null;
    if (!this.likenesses || (this.likenesses.room < order.length)) {
      this.likenesses = new Likenesses(Math.ceil(1.5 * order.length));
      last.rows.forEach((row, place) => this.stale.has(row) || this.likenesses!.put(row, last.sketches, place));
    }
    const { likenesses } = this;
    fresh.rows.forEach((row, at) => likenesses.put(row, fresh.sketches, at));
    if (likenesses.crowded) return null;
    const places = new Int32Array(order.length);
    order.forEach((row, place) => (places[row] = place));
    return new Map(Array.from(likenesses.alike, ([row, others]) => [places[row]!, others.map((other) => places[other]!)]));
  }

  /** Ballots of the same number, as `canonicalOrder` has them: shorter ones first, then by what they say, then by name. */
  private compare(a: number, b: number): number {
    const [one, other] = [this.ballots.rows[a]!, this.ballots.rows[b]!];
    if (one.length !== other.length) return one.length - other.length;
    for (let e = 0; e < one.length; e++) if (one.cells[e] !== other.cells[e]) return one.cells[e]! - other.cells[e]!;
    return compareIds(this.ballots.ids[a]!, this.ballots.ids[b]!);
  }

  private merged(last: Arranged, fresh: Fresh): Moves {
    const left: number[] = [];
    const came = new Int32Array(this.ballots.rows.length);
    let [at, next] = [0, 0];
    for (let place = 0; place < last.rows.length; place++) {
      const row = last.rows[place]!;
      if (this.stale.has(row)) {
        left.push(place);
        continue;
      }
      const whole = last.sketches.whole[place]!;
      while (next < fresh.rows.length && (fresh.sketches.whole[next]! - whole || this.compare(fresh.rows[next]!, row)) < 0) {
        came[at++] = -1;
        next++;
      }
      came[at++] = place;
    }
    return { came: came.fill(-1, at), left };
  }
}

function copySketches(from: Sketches, start: number, to: Sketches, at: number, count: number): void {
  to.sums.set(from.sums.subarray(start, start + count), at);
  to.shown.set(from.shown.subarray(start, start + count), at);
  to.whole.set(from.whole.subarray(start, start + count), at);
  to.keys.set(from.keys.subarray(start * KEYS, (start + count) * KEYS), at * KEYS);
  to.marks.set(from.marks.subarray(start * BUCKETS, (start + count) * BUCKETS), at * BUCKETS);
}
