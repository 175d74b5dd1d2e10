// How well separated groups are: 1 far apart, 0 touching, below 0 mixed.
import type { Points } from '../axes/positions.ts';

/** Distance of every point from every other, row by row. */
export function distancesBetween(points: Points): Float64Array {
  const n = points.length / 2;
  const distances = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let h = 0; h < i; h++) {
      const dx = points[2 * i]! - points[2 * h]!;
      const dy = points[2 * i + 1]! - points[2 * h + 1]!;
      distances[i * n + h] = distances[h * n + i] = Math.sqrt(dx * dx + dy * dy);
    }
  }
  return distances;
}

/**
 * Mean silhouette of points in groups (Rousseeuw 1987); somebody alone in a group counts as 0, as does everybody when there is
 * one group only.
 *
 * @param distances of the points, as `distancesBetween` gives them
 */
export function silhouette(distances: Float64Array, labels: ArrayLike<number>, groups: number): number {
  const n = labels.length;
  const sizes = new Float64Array(groups);
  for (let i = 0; i < n; i++) sizes[labels[i]!]!++;
  const away = new Float64Array(groups);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (sizes[labels[i]!]! <= 1) continue;
    away.fill(0);
    for (let h = 0; h < n; h++) away[labels[h]!]! += distances[i * n + h]!;
    sum += widthOf(labels[i]!, away, sizes);
  }
  return n > 0 ? sum / n : 0;
}

/** `away`: sum of the distances to the people of each group. */
function widthOf(own: number, away: Float64Array, sizes: Float64Array): number {
  const within = away[own]! / (sizes[own]! - 1);
  let beside = Infinity;
  for (let g = 0; g < sizes.length; g++) if (g !== own && sizes[g]! > 0) beside = Math.min(beside, away[g]! / sizes[g]!);
  const widest = Math.max(within, beside);
  return Number.isFinite(beside) && widest > 0 ? (beside - within) / widest : 0;
}
