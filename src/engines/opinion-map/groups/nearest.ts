// The nearest of many centres for many points, with the same answer as comparing each with each.
import type { Points } from '../axes/positions.ts';

/** Index of the nearest centre for every point; of centres at the same distance, the later one. */
export function nearestCentres(points: Points, centres: Points): Int32Array {
  const worthAGrid = points.length * centres.length > 40_000 && centres.length >= 48;
  return worthAGrid ? throughGrid(points, centres) : oneByOne(points, centres);
}

function oneByOne(points: Points, centres: Points): Int32Array {
  const labels = new Int32Array(points.length / 2);
  for (let i = 0; i < labels.length; i++) {
    let best = Infinity;
    for (let c = 0; c < centres.length; c += 2) {
      const dx = points[2 * i]! - centres[c]!;
      const dy = points[2 * i + 1]! - centres[c + 1]!;
      const distance = dx * dx + dy * dy;
      if (distance <= best) {
        best = distance;
        labels[i] = c >> 1;
      }
    }
  }
  return labels;
}

type Grid = { left: number; low: number; width: number; height: number; side: number };

/** Each square of a grid keeps the centres that can be nearest to a point in it: about seven of a hundred. All lists stand in one. */
function throughGrid(points: Points, centres: Points): Int32Array {
  const grid = gridOver(points);
  const most = centres.length / 2;
  const candidates = new Uint16Array(grid.side * grid.side * most);
  const counts = new Uint16Array(grid.side * grid.side);
  const scratch = new Float64Array(most);
  const labels = new Int32Array(points.length / 2);
  for (let i = 0; i < labels.length; i++) {
    const x = points[2 * i]!;
    const y = points[2 * i + 1]!;
    const column = Math.min(grid.side - 1, ((x - grid.left) / grid.width) | 0);
    const row = Math.min(grid.side - 1, ((y - grid.low) / grid.height) | 0);
    const square = row * grid.side + column;
    const from = square * most;
    if (counts[square] === 0) counts[square] = candidatesFor(grid, column, row, centres, scratch, candidates, from);
    const end = from + counts[square]!;
    let best = Infinity;
    let nearest = 0;
    for (let at = from; at < end; at++) {
      const c = candidates[at]!;
      const dx = x - centres[2 * c]!;
      const dy = y - centres[2 * c + 1]!;
      const distance = dx * dx + dy * dy;
      if (distance <= best) {
        best = distance;
        nearest = c;
      }
    }
    labels[i] = nearest;
  }
  return labels;
}

function gridOver(points: Points): Grid {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!);
    right = Math.max(right, points[i]!);
    low = Math.min(low, points[i + 1]!);
    high = Math.max(high, points[i + 1]!);
  }
  const side = Math.max(4, Math.min(32, Math.round(Math.sqrt(points.length / 16))));
  return { left, low, side, width: (right - left) / side || 1, height: (high - low) / side || 1 };
}

/** Writes the centres no farther from the square than some centre is from its farthest corner; a little more, for rounding. */
function candidatesFor(grid: Grid, column: number, row: number, centres: Points, nearest: Float64Array, to: Uint16Array, from: number): number {
  const halfWidth = grid.width / 2;
  const halfHeight = grid.height / 2;
  const x = grid.left + grid.width * column + halfWidth;
  const y = grid.low + grid.height * row + halfHeight;
  let bound = Infinity;
  for (let c = 0; c < nearest.length; c++) {
    const dx = Math.abs(centres[2 * c]! - x);
    const dy = Math.abs(centres[2 * c + 1]! - y);
    const far = squared(dx + halfWidth) + squared(dy + halfHeight);
    if (far < bound) bound = far;
    nearest[c] = squared(dx > halfWidth ? dx - halfWidth : 0) + squared(dy > halfHeight ? dy - halfHeight : 0);
  }
  bound *= 1 + 1e-8;
  let count = 0;
  for (let c = 0; c < nearest.length; c++) if (nearest[c]! <= bound) to[from + count++] = c;
  return count;
}

const squared = (x: number) => x * x;
