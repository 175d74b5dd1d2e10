// k-means in the plane as Polis runs it: every rule below decides which of many possible groupings comes out.
import type { Points } from '../axes/positions.ts';
import { nearestCentres } from './nearest.ts';

/** Centres as x0, y0, …, in the order of their numbers; label of each point; weight in each cluster. No cluster is empty. */
export type Clusters = { centres: Points; labels: Int32Array; sizes: Float64Array };

/** A centre that moves less stands. */
const STANDS = 0.01;

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
  for (let left = most; ; left--) {
    const next = step(points, centres, weights);
    if (left === 0 || hardlyMoved(centres, next.centres)) return next;
    centres = next.centres;
  }
}

/** The first `k` points that differ from all before them. */
export function firstDistinct(points: Points, k: number): Points {
  const seen = new Set<string>();
  const found: number[] = [];
  for (let i = 0; i < points.length && seen.size < k; i += 2) {
    const key = `${points[i]! + 0},${points[i + 1]! + 0}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(points[i]!, points[i + 1]!);
  }
  return Float64Array.from(found);
}

function step(points: Points, centres: Points, weights?: ArrayLike<number>): Clusters {
  const k = centres.length / 2;
  const labels = nearestCentres(points, centres);
  const sums = new Float64Array(2 * k);
  const sizes = new Float64Array(k);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const weight = weights ? weights[i]! : 1;
    sizes[label]! += weight;
    sums[2 * label]! += weight * points[2 * i]!;
    sums[2 * label + 1]! += weight * points[2 * i + 1]!;
  }
  return withoutEmpty(sums, sizes, labels);
}

function withoutEmpty(sums: Float64Array, sizes: Float64Array, labels: Int32Array): Clusters {
  const renamed = new Int32Array(sizes.length);
  let count = 0;
  for (let c = 0; c < sizes.length; c++) if (sizes[c]! > 0) renamed[c] = count++;
  const centres = new Float64Array(2 * count);
  const kept = new Float64Array(count);
  for (let c = 0; c < sizes.length; c++) {
    if (sizes[c] === 0) continue;
    const name = renamed[c]!;
    kept[name] = sizes[c]!;
    centres[2 * name] = sums[2 * c]! / sizes[c]!;
    centres[2 * name + 1] = sums[2 * c + 1]! / sizes[c]!;
  }
  if (count < sizes.length) for (let i = 0; i < labels.length; i++) labels[i] = renamed[labels[i]!]!;
  return { centres, labels, sizes: kept };
}

// Sorted by place and compared pairwise as far as the shorter of the two goes.
function hardlyMoved(before: Points, after: Points): boolean {
  const [old, now] = [byPlace(before), byPlace(after)];
  for (let c = 0; c < Math.min(old.length, now.length); c++) {
    const dx = before[old[c]!]! - after[now[c]!]!;
    const dy = before[old[c]! + 1]! - after[now[c]! + 1]!;
    if (!(Math.sqrt(dx * dx + dy * dy) < STANDS)) return false;
  }
  return true;
}

/** Where each centre's first number stands, by that number and then by the second. */
function byPlace(centres: Points): Int32Array {
  const order = new Int32Array(centres.length / 2);
  for (let c = 0; c < order.length; c++) {
    let at = c;
    for (; at > 0 && ahead(centres, order[at - 1]!, 2 * c); at--) order[at] = order[at - 1]!;
    order[at] = 2 * c;
  }
  return order;
}

const ahead = (centres: Points, a: number, b: number) => centres[a]! > centres[b]! || (centres[a] === centres[b] && centres[a + 1]! > centres[b + 1]!);
