// How alike two ways of grouping the same people are.

/**
 * Adjusted Rand index (Hubert and Arabie 1985): 1 the same partition, 0 as alike as by chance. Names of groups do not matter.
 *
 * @param a, b group of each person, from 0
 */
export function likeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [inA, inB] = [highest(a) + 1, highest(b) + 1];
  const both = new Float64Array(inA * inB);
  for (let i = 0; i < a.length; i++) both[a[i]! * inB + b[i]!]!++;
  const [byA, byB] = [new Float64Array(inA), new Float64Array(inB)];
  both.forEach((count, at) => {
    byA[Math.floor(at / inB)]! += count;
    byB[at % inB]! += count;
  });
  const chance = (pairs(byA) * pairs(byB)) / pairs([a.length]);
  const most = (pairs(byA) + pairs(byB)) / 2;
  return most === chance ? 1 : (pairs(both) - chance) / (most - chance);
}

function highest(labels: ArrayLike<number>): number {
  let top = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i]! > top) top = labels[i]!;
  return top;
}

function pairs(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (counts[i]! * (counts[i]! - 1)) / 2;
  return sum;
}
