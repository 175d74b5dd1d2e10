import type { Game } from '../game.ts';

/** The most marks of any ballot. */
export function longest(rowStart: Uint32Array): number {
  let most = 0;
  for (let g = 0; g + 1 < rowStart.length; g++) most = Math.max(most, rowStart[g + 1]! - rowStart[g]!);
  return most;
}

/** The greatest weight given to each project. */
export function heaviest({ projects, columnStart, columnWeight }: Game): Float64Array {
  const most = new Float64Array(projects);
  if (columnWeight === null) return most.fill(1);
  for (let c = 0; c < projects; c++) for (let i = columnStart[c]!; i < columnStart[c + 1]!; i++) most[c] = Math.max(most[c]!, columnWeight[i]!);
  return most;
}

/** Projects with support that cost nothing, in tie order. */
export function freeProjects({ cost, support, tiePlace }: Game): number[] {
  return cost.flatMap((it, c) => (it === 0n && support[c]! > 0 ? [c] : [])).sort((a, b) => tiePlace[a]! - tiePlace[b]!);
}
