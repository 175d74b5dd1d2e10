// k-means in the plane as Polis runs it: every rule below decides which of many possible groupings comes out.
import type { Points } from '../axes/positions.ts';
import { Follower, nearestCentres } from './nearest.ts';

/** Centres as x0, y0, …, in the order of their numbers; label of each point; weight in each cluster. No cluster is empty. */
export type Clusters = { centres: Points; labels: Int32Array; sizes: Float64Array };

/** A centre that moves less stands. */
const STANDS = 0.01;
/** With fewer centres, comparing each point with each is quicker than keeping account of them. */
const MANY = 16;

/**
 * Starts at the first `k` points that differ, moves each point to its nearest centre (of equally near ones the later), drops
 * empty clusters, and stops when no centre moved by 0.01 or more, old and new compared in sorted order, or after `most` + 1 steps.
 *
 * Source: compdemocracy/polis, math/src/polismath/math/clusters.clj.
 *
 * @param weights weight of each point; 1 for all when absent
 */
export function kMeans(points: Points, k: number, most: number, weights?: ArrayLike<number>): Clusters {
  let centres = firstDistinct(points, k);
  const follower = centres.length < 2 * MANY ? null : new Follower(points, centres);
  let order = byPlace(centres);
  for (let left = most; ; left--) {
    const labels = follower ? follower.labels : nearestCentres(points, centres);
    const { renamed, ...next } = means(points, labels, centres.length / 2, weights);
    if (left === 0) return next;
    const places = byPlace(next.centres, order);
    if (hardlyMoved(centres, order, next.centres, places)) return next;
    follower?.follow(next.centres, renamed);
    centres = next.centres;
    order = places;
  }
}

/** The first `k` points that differ from all before them. */
export function firstDistinct(points: Points, k: number): Points {
  const found = new Float64Array(Math.min(2 * k, points.length));
  let length = 0;
  for (let i = 0; i < points.length && length < found.length; i += 2) {
    let at = 0;
    while (at < length && (found[at] !== points[i] || found[at + 1] !== points[i + 1])) at += 2;
    if (at < length) continue;
    found[length++] = points[i]!;
    found[length++] = points[i + 1]!;
  }
  return found.slice(0, length);
}

type Means = Clusters & { renamed: Int32Array | null };

/** The middle of each cluster. Empty ones go: `renamed` then holds the new number of each, −1 for those that went. */
function means(points: Points, labels: Int32Array, k: number, weights?: ArrayLike<number>): Means {
  const sums = new Float64Array(2 * k);
  const sizes = new Float64Array(k);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const weight = weights ? weights[i]! : 1;
    sizes[label]! += weight;
    sums[2 * label]! += weight * points[2 * i]!;
    sums[2 * label + 1]! += weight * points[2 * i + 1]!;
  }
  const it = sizes.includes(0) ? withoutEmpty(sums, sizes, labels) : { centres: sums, sizes, labels, renamed: null };
  for (let at = 0; at < it.centres.length; at++) it.centres[at]! /= it.sizes[at >> 1]!;
  return it;
}

function withoutEmpty(sums: Float64Array, sizes: Float64Array, labels: Int32Array): Means {
  let count = 0;
  const renamed = Int32Array.from(sizes, (size) => (size > 0 ? count++ : -1));
  const kept = Float64Array.from(sizes.filter((size) => size > 0));
  const centres = sums.filter((_, at) => renamed[at >> 1]! >= 0);
  for (let i = 0; i < labels.length; i++) labels[i] = renamed[labels[i]!]!;
  return { centres, labels, sizes: kept, renamed };
}

// Sorted by place and compared pairwise as far as the shorter of the two goes.
function hardlyMoved(before: Points, old: Int32Array, after: Points, now: Int32Array): boolean {
  for (let c = 0; c < Math.min(old.length, now.length); c++) {
    const dx = before[old[c]!]! - after[now[c]!]!;
    const dy = before[old[c]! + 1]! - after[now[c]! + 1]!;
    if (!(Math.sqrt(dx * dx + dy * dy) < STANDS)) return false;
  }
  return true;
}

/** Where each centre's first number stands, by that number and then by the second; `near` is the order of a step ago. */
function byPlace(centres: Points, near?: Int32Array): Int32Array {
  const order = near?.length === centres.length / 2 ? near.slice() : Int32Array.from({ length: centres.length / 2 }, (_, c) => 2 * c);
  for (let place = 1; place < order.length; place++) {
    const centre = order[place]!;
    let at = place;
    for (; at > 0 && ahead(centres, order[at - 1]!, centre); at--) order[at] = order[at - 1]!;
    order[at] = centre;
  }
  return order;
}

const ahead = (centres: Points, a: number, b: number) => centres[a]! > centres[b]! || (centres[a] === centres[b] && centres[a + 1]! > centres[b + 1]!);
