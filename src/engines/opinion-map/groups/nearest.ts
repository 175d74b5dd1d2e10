// The nearest of many centres for many points, with the same answer as comparing each with each.
import type { Points } from '../axes/positions.ts';

/** Index of the nearest centre for every point; of centres at the same distance, the later one. */
export function nearestCentres(points: Points, centres: Points): Int32Array {
  const labels = new Int32Array(points.length / 2);
  for (let i = 0; i < labels.length; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    let best = Infinity;
    for (let c = 0; c < centres.length; c += 2) {
      const dx = x - centres[c]!;
      const dy = y - centres[c + 1]!;
      const distance = dx * dx + dy * dy;
      if (distance <= best) {
        best = distance;
        labels[i] = c >> 1;
      }
    }
  }
  return labels;
}

/** Rounding of distances that are added up over a hundred steps, by the farthest coordinate: a few times as much as can happen. */
const ROUNDING = 1e-12;
/** A look goes twice as far (squared) as the nearest centre, so that the bound on the others lasts a few steps. */
const REACH = 4;

/**
 * Nearest centres of the same points step after step, while the centres move. Each point keeps a bound on how far its own centre
 * is at most and every other at least; only where the bounds meet is it looked at again, and then only centres near it along the
 * first axis, the longer one of the map. Labels are those of `nearestCentres`.
 *
 * Source: Hamerly, Making k-means even faster (SDM 2010).
 */
export class Follower {
  readonly labels: Int32Array;
  private readonly points: Points;
  private readonly own: Float64Array;
  private readonly others: Float64Array;
  private readonly margin: number;
  private centres: Points = new Float64Array(0);
  private order: Int32Array = new Int32Array(0);
  /** Coordinates of the centres in that order. */
  private readonly along: Float64Array;
  private readonly across: Float64Array;
  /** Where in that order each centre stands. */
  private readonly places: Int32Array;

  constructor(points: Points, centres: Points) {
    this.points = points;
    this.labels = new Int32Array(points.length / 2);
    this.own = new Float64Array(this.labels.length);
    this.others = new Float64Array(this.labels.length);
    this.margin = ROUNDING * points.reduce((farthest, at) => Math.max(farthest, Math.abs(at)), 0);
    this.along = new Float64Array(centres.length / 2);
    this.across = new Float64Array(centres.length / 2);
    this.places = new Int32Array(centres.length / 2);
    this.stand(centres);
    for (let i = 0; i < this.labels.length; i++) {
      this.labels[i] = this.order[placeBeside(this.along, points[2 * i]!)]!;
      this.look(i);
    }
  }

  /**
   * Labels after the centres have moved.
   *
   * @param centres where each centre is now, in the order in which `renamed` has put them
   * @param renamed the new number of each centre; null where none went
   */
  follow(centres: Points, renamed: Int32Array | null): void {
    const moves = movesOf(this.centres, centres, renamed);
    const { first, second, farthest } = twoLargest(moves);
    this.stand(centres);
    const { labels, own, others } = this;
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i]!;
      own[i]! += moves[label]!;
      others[i]! -= label === farthest ? second : first;
      if (own[i]! + this.margin < others[i]!) continue;
      own[i] = this.distance(i, label);
      if (own[i]! + this.margin < others[i]!) continue;
      this.look(i);
    }
  }

  private stand(centres: Points): void {
    this.centres = centres;
    this.order = fromLeft(centres, this.order);
    const { order, along, across, places } = this;
    for (let at = 0; at < order.length; at++) {
      const c = order[at]!;
      along[at] = centres[2 * c]!;
      across[at] = centres[2 * c + 1]!;
      places[c] = at;
    }
  }

  private distance(i: number, c: number): number {
    const dx = this.points[2 * i]! - this.centres[2 * c]!;
    const dy = this.points[2 * i + 1]! - this.centres[2 * c + 1]!;
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** From the centre of a moment ago to the right and to the left, until those that follow are too far for their first number alone. */
  private look(i: number): void {
    const { order, along, across } = this;
    const x = this.points[2 * i]!;
    const y = this.points[2 * i + 1]!;
    const count = order.length;
    const from = this.places[this.labels[i]!]!;
    let place = from;
    let best = squared(x - along[from]!) + squared(y - across[from]!);
    let second = Infinity;
    for (let at = from + 1; at < count; at++) {
      const dx = along[at]! - x;
      if (dx > 0 && dx * dx > REACH * best) break;
      const distance = dx * dx + squared(y - across[at]!);
      if (distance > best) second = distance < second ? distance : second;
      else {
        second = best;
        if (distance < best || order[at]! > order[place]!) place = at;
        best = distance;
      }
    }
    for (let at = from - 1; at >= 0; at--) {
      const dx = x - along[at]!;
      if (dx > 0 && dx * dx > REACH * best) break;
      const distance = dx * dx + squared(y - across[at]!);
      if (distance > best) second = distance < second ? distance : second;
      else {
        second = best;
        if (distance < best || order[at]! > order[place]!) place = at;
        best = distance;
      }
    }
    this.labels[i] = order[place]!;
    this.own[i] = Math.sqrt(best);
    this.others[i] = Math.sqrt(Math.min(second, REACH * best));
  }
}

const squared = (x: number) => x * x;

/** How far each centre went, by its new number. */
function movesOf(before: Points, after: Points, renamed: Int32Array | null): Float64Array {
  const moves = new Float64Array(after.length / 2);
  for (let c = 0; c < before.length / 2; c++) {
    const name = renamed ? renamed[c]! : c;
    if (name < 0) continue;
    const dx = before[2 * c]! - after[2 * name]!;
    const dy = before[2 * c + 1]! - after[2 * name + 1]!;
    moves[name] = Math.sqrt(dx * dx + dy * dy);
  }
  return moves;
}

function twoLargest(moves: Float64Array): { first: number; second: number; farthest: number } {
  let [first, second, farthest] = [0, 0, -1];
  for (let c = 0; c < moves.length; c++) {
    if (moves[c]! > first) {
      second = first;
      first = moves[c]!;
      farthest = c;
    } else if (moves[c]! > second) second = moves[c]!;
  }
  return { first, second, farthest };
}

/** Numbers of the centres by their first coordinate; `near` is the order of a step ago, from which little has to be moved. */
function fromLeft(centres: Points, near: Int32Array): Int32Array {
  const order = near.length === centres.length / 2 ? near : Int32Array.from({ length: centres.length / 2 }, (_, c) => c);
  for (let place = 1; place < order.length; place++) {
    const c = order[place]!;
    let at = place;
    for (; at > 0 && centres[2 * order[at - 1]!]! > centres[2 * c]!; at--) order[at] = order[at - 1]!;
    order[at] = c;
  }
  return order;
}

/** A place next to where `x` belongs. */
function placeBeside(along: Float64Array, x: number): number {
  let low = 0;
  let high = along.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (along[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
