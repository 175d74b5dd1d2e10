// Groups as Polis finds them on its first run: a hundred small clusters, then two to five groups of clusters.
import type { Points } from '../axes/positions.ts';
import { groupingFrom, noGroups, type Grouping } from './grouping.ts';
import { kMeans, type Clusters } from './k-means.ts';
import { distancesBetween, silhouette } from './silhouette.ts';

/** The constants of math/src/polismath/math/conversation.clj; twenty, since the intended hundred is passed under another name. */
const SMALL_CLUSTERS = 100;
const SMALL_STEPS = 100;
const GROUP_STEPS = 20;
const MOST_GROUPS = 5;

/** How many groups are tried, for so many small clusters. */
export function mostGroups(smallClusters: number): number {
  return Math.min(MOST_GROUPS, 2 + Math.floor(smallClusters / 12));
}

/** Depends on the order of the points, as Polis does: its order is that of the first vote, sorted by statement and participant. */
export function groupAsPolis(points: Points, active: Int32Array, participants: number): Grouping {
  if (points.length === 0) return noGroups(participants);
  const small = kMeans(points, SMALL_CLUSTERS, SMALL_STEPS);
  const distances = distancesBetween(small.centres);
  const tried: { k: number; groups: Clusters; separation: number }[] = [];
  for (let k = 2; k <= mostGroups(small.sizes.length); k++) {
    const groups = kMeans(small.centres, k, GROUP_STEPS, small.sizes);
    tried.push({ k, groups, separation: silhouette(distances, groups.labels, groups.sizes.length) });
  }
  const best = tried.reduce((a, b) => (b.separation >= a.separation ? b : a));
  const labels = small.labels.map((label) => best.groups.labels[label]!);
  return {
    ...groupingFrom(labels, best.groups.sizes.length, active, participants),
    silhouettes: Object.fromEntries(tried.map(({ k, separation }) => [k, separation])),
    smallClusters: small.sizes.length,
  };
}
