// The matrix whose main directions are the axes of the map: XᵀX of the centred votes, never formed, only multiplied.
import type { Votes } from '../votes.ts';

/** Mean vote of each statement over those who voted on it; 0 where nobody did and where the statement is hidden. */
export function centreOf(counts: Float64Array, hidden: Uint8Array): Float64Array {
  const centre = new Float64Array(hidden.length);
  for (let j = 0; j < centre.length; j++) {
    const cast = counts[3 * j]! + counts[3 * j + 1]! + counts[3 * j + 2]!;
    if (cast > 0 && !hidden[j]) centre[j] = (counts[3 * j + 2]! - counts[3 * j]!) / cast;
  }
  return centre;
}

/** `weights[j] · (vote − centre[j])` for every cell; 0 for hidden statements. A missing vote counts as the mean and so as 0. */
export function cellTable(weights: Float64Array, centre: Float64Array, hidden: Uint8Array): Float64Array {
  const table = new Float64Array(3 * centre.length);
  for (let j = 0; j < centre.length; j++) {
    if (hidden[j]) continue;
    for (let vote = -1; vote <= 1; vote++) table[3 * j + vote + 1] = weights[j]! * (vote - centre[j]!);
  }
  return table;
}

/** y = XᵀX q in one pass over the votes: a gather and a scatter for each. `weights` is how much each person counts; 1 when absent. */
export function multiplySpread(votes: Votes, centre: Float64Array, hidden: Uint8Array, q: Float64Array, weights?: Float64Array): Float64Array {
  const table = cellTable(q, centre, hidden);
  const sums = new Float64Array(table.length);
  gatherAndScatter(votes, table, sums, weights);
  const y = new Float64Array(centre.length);
  for (let j = 0; j < y.length; j++) {
    if (hidden[j]) continue;
    const [against, passed, agreed] = [sums[3 * j]!, sums[3 * j + 1]!, sums[3 * j + 2]!];
    y[j] = agreed - against - centre[j]! * (agreed + passed + against);
  }
  return y;
}

// Four running sums: one would wait for the addition before it at every vote.
function gatherAndScatter({ rows, cells, participants }: Votes, table: Float64Array, sums: Float64Array, weights?: Float64Array): void {
  for (let i = 0; i < participants; i++) {
    const start = rows[i]!;
    const end = rows[i + 1]!;
    let [a, b, c, d] = [0, 0, 0, 0];
    let e = start;
    for (; e + 3 < end; e += 4) {
      a += table[cells[e]!]!;
      b += table[cells[e + 1]!]!;
      c += table[cells[e + 2]!]!;
      d += table[cells[e + 3]!]!;
    }
    for (; e < end; e++) a += table[cells[e]!]!;
    const t = (a + b + (c + d)) * (weights ? weights[i]! : 1);
    for (e = start; e + 3 < end; e += 4) {
      sums[cells[e]!]! += t;
      sums[cells[e + 1]!]! += t;
      sums[cells[e + 2]!]! += t;
      sums[cells[e + 3]!]! += t;
    }
    for (; e < end; e++) sums[cells[e]!]! += t;
  }
}
