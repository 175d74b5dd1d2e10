// Polis's mathematics once more, the slow and plain way: a full matrix, power iteration, every distance. Only for tests.

/** Votes by participant and statement, null where there is none; rows and columns in Polis's order. */
export type Matrix = readonly (readonly (-1 | 0 | 1 | null)[])[];

type Point = readonly [number, number];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((value, at) => value * b[at]!));
const column = (matrix: Matrix, j: number) => matrix.map((row) => row[j]!).filter((vote) => vote !== null);

/** Moderated columns are zero for everybody, missing votes the mean of their column. */
export function naiveMap(matrix: Matrix, hidden: readonly boolean[]) {
  const m = hidden.length;
  const counted = matrix.map((row) => row.map((vote, j) => (hidden[j] ? 0 : vote)));
  const centre = hidden.map((_, j) => (column(counted, j).length > 0 ? sum(column(counted, j)) / column(counted, j).length : 0));
  const centred = counted.map((row) => row.map((vote, j) => (vote === null ? 0 : vote - centre[j]!)));
  const first = strongest(centred);
  const second = strongest(centred.map((row) => row.map((value, j) => value - dot(row, first.axis) * first.axis[j]!)));
  const points = counted.map((row, i): Point => {
    const scale = Math.sqrt(m / Math.max(1, row.filter((vote) => vote !== null).length));
    return [scale * dot(centred[i]!, first.axis), scale * dot(centred[i]!, second.axis)];
  });
  const extremity = centre.map((c, j) => Math.sqrt(m) * (1 - c) * Math.hypot(first.axis[j]!, second.axis[j]!));
  return { centre, eigenvalues: [first.value, second.value], axes: [first.axis, second.axis], points, extremity };
}

/** The direction along which rows spread most, by so many multiplications that nothing moves any more. */
function strongest(rows: readonly (readonly number[])[]): { axis: number[]; value: number } {
  let axis = rows[0]!.map((_, j) => 1 + ((j * 0.618) % 1));
  let value = 0;
  for (let step = 0; step < 1200; step++) {
    const along = rows.map((row) => dot(row, axis));
    const next = axis.map((_, j) => sum(rows.map((row, i) => row[j]! * along[i]!)));
    const length = Math.sqrt(dot(next, next));
    if (length < 1e-9) return { axis: axis.map(() => 0), value: 0 };
    value = length;
    axis = next.map((it) => it / length);
  }
  return { axis, value };
}

/** Rows that can stand in a group. */
export function naiveActive(matrix: Matrix): number[] {
  const votes = matrix.map((row) => row.filter((vote) => vote !== null).length);
  const rows = [...matrix.keys()];
  const active = rows.filter((i) => votes[i]! >= Math.min(7, matrix[0]!.length));
  const others = rows.filter((i) => !active.includes(i)).sort((a, b) => votes[b]! - votes[a]!);
  return [...active, ...others.slice(0, Math.max(0, 15 - active.length))].sort((a, b) => a - b);
}

type Cluster = { centre: Point; members: number[] };
const away = (a: Point, b: Point) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;

function kMeans(points: readonly Point[], k: number, most: number, weight: (i: number) => number): Cluster[] {
  const distinct = points.filter((point, i) => points.findIndex((other) => other[0] === point[0] && other[1] === point[1]) === i);
  let clusters: Cluster[] = distinct.slice(0, k).map((centre) => ({ centre, members: [] }));
  for (let step = 0; step <= most; step++) {
    const next: Cluster[] = clusters.map(({ centre }) => ({ centre, members: [] }));
    points.forEach((point, i) => next.reduce((best, it) => (away(point, it.centre) <= away(point, best.centre) ? it : best)).members.push(i));
    const moved = next.filter(({ members }) => members.length > 0).map(({ members }): Cluster => {
      const total = sum(members.map(weight));
      const mean = (side: 0 | 1) => sum(members.map((i) => weight(i) * points[i]![side])) / total;
      return { members, centre: [mean(0), mean(1)] };
    });
    const sorted = (all: Cluster[]) => all.map(({ centre }) => centre).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const [old, now] = [sorted(clusters), sorted(moved)];
    clusters = moved;
    if (now.every((centre, c) => Math.sqrt(away(centre, old[c]!)) < 0.01)) break;
  }
  return clusters;
}

function separation(points: readonly Point[], clusters: readonly Cluster[]): number {
  const widths = points.map((point, i) => {
    const mean = (others: readonly number[]) => sum(others.map((h) => Math.sqrt(away(point, points[h]!)))) / others.length;
    const own = clusters.find(({ members }) => members.includes(i))!;
    if (own.members.length === 1 || clusters.length === 1) return 0;
    const within = mean(own.members.filter((h) => h !== i));
    const beside = Math.min(...clusters.filter((it) => it !== own).map(({ members }) => mean(members)));
    return Math.max(within, beside) > 0 ? (beside - within) / Math.max(within, beside) : 0;
  });
  return sum(widths) / widths.length;
}

/** Groups of a cold start: members by group, positions in `points`; the separation of each number of groups tried. */
export function naiveGroups(points: readonly Point[]): { groups: number[][]; separations: Record<number, number>; small: number } {
  const small = kMeans(points, 100, 100, () => 1);
  const centres = small.map(({ centre }) => centre);
  const separations: Record<number, number> = {};
  let best: { groups: Cluster[]; separation: number } | null = null;
  for (let k = 2; k <= Math.min(5, 2 + Math.floor(small.length / 12)); k++) {
    const groups = kMeans(centres, k, 20, (c) => small[c]!.members.length);
    const apart = separation(centres, groups);
    separations[k] = apart;
    if (!best || apart >= best.separation) best = { groups, separation: apart };
  }
  return { groups: best!.groups.map(({ members }) => members.flatMap((c) => small[c]!.members)), separations, small: small.length };
}

/** Votes of some rows on a statement. */
function tally(matrix: Matrix, rows: readonly number[], j: number): { a: number; d: number; s: number } {
  const votes = rows.map((i) => matrix[i]![j]!).filter((vote) => vote !== null);
  return { a: votes.filter((vote) => vote === 1).length, d: votes.filter((vote) => vote === -1).length, s: votes.length };
}

/** Group-informed consensus and priority of every statement. */
export function naiveMeasures(matrix: Matrix, groups: readonly (readonly number[])[], extremity: readonly number[], meta: readonly boolean[]) {
  const product = (values: readonly number[]) => values.reduce((total, value) => total * value, 1);
  const groupConsensus = extremity.map((_, j) => product(groups.map((rows) => (tally(matrix, rows, j).a + 1) / (tally(matrix, rows, j).s + 2))));
  const priority = extremity.map((e, j) => {
    if (meta[j]) return 49;
    const { a, d, s } = tally(matrix, groups.flat(), j);
    const importance = (1 - (s - a - d + 1) / (s + 2)) * (e + 1) * ((a + 1) / (s + 2));
    return (importance * (1 + 8 * 2 ** (-s / 5))) ** 2;
  });
  return { groupConsensus, priority };
}

const propTest = (n: number, s: number) => 2 * Math.sqrt(s + 1) * ((n + 1) / (s + 1) - 0.5);
function twoPropTest(n: number, n2: number, s: number, s2: number): number {
  const pooled = (n + n2 + 2) / (s + s2 + 2);
  return pooled === 1 ? 0 : ((n + 1) / (s + 1) - (n2 + 1) / (s2 + 1)) / Math.sqrt(pooled * (1 - pooled) * (1 / (s + 1) + 1 / (s2 + 1)));
}

type Stats = { j: number; na: number; nd: number; ra: number; rat: number; rd: number; rdt: number; pa: number; pat: number; pd: number; pdt: number };
type Chosen = { statement: number; direction: 'agree' | 'disagree'; metric: number };

/** What sets each group apart: statement and direction, in order. */
export function naiveRepresentative(matrix: Matrix, groups: readonly (readonly number[])[], hidden: readonly boolean[]): [number, 'agree' | 'disagree'][][] {
  return groups.map((rows) => {
    const rest = groups.filter((other) => other !== rows).flat();
    const all = [...hidden.keys()].filter((j) => !hidden[j]).map((j): Stats => {
      const [{ a, d, s }, o] = [tally(matrix, rows, j), tally(matrix, rest, j)];
      const share = (n: number, of: number) => (n + 1) / (of + 2);
      return {
        j, na: a, nd: d, pa: share(a, s), pd: share(d, s), pat: propTest(a, s), pdt: propTest(d, s),
        ra: share(a, s) / share(o.a, o.s), rd: share(d, s) / share(o.d, o.s), rat: twoPropTest(a, o.a, s, o.s), rdt: twoPropTest(d, o.d, s, o.s),
      };
    });
    const finish = (it: Stats): Chosen => (it.rat > it.rdt ? { statement: it.j, direction: 'agree', metric: it.ra * it.rat * it.pa * it.pat } : { statement: it.j, direction: 'disagree', metric: it.rd * it.rdt * it.pd * it.pdt });
    const enough = all.filter((it) => (it.rat > 1.2816 && it.pat > 1.2816) || (it.rdt > 1.2816 && it.pdt > 1.2816));
    let agreed: Stats | null = null;
    for (const it of all) if (it.na + it.nd > 0 && better(it, agreed)) agreed = it;
    const head = agreed ? [finish(agreed)] : [];
    if (enough.length === 0) {
      const strongest = all.reduce<Stats | null>((best, it) => (!best || Math.max(it.rat, it.rdt) > Math.max(best.rat, best.rdt) ? it : best), null);
      return (head.length > 0 ? head : strongest ? [finish(strongest)] : []).map((it) => [it.statement, it.direction]);
    }
    const rows5 = [...head, ...enough.filter((it) => it !== agreed).map(finish).sort((x, y) => y.metric - x.metric)].slice(0, 5);
    return [...rows5.filter((it) => it.direction === 'agree'), ...rows5.filter((it) => it.direction === 'disagree')].map((it) => [it.statement, it.direction]);
  });
}

function better(it: Stats, held: Stats | null): boolean {
  if (!held) return it.pat > 1.2816 || (it.ra > 1 && it.pa > 0.5);
  return held.ra > 1 ? it.ra * it.rat * it.pa * it.pat > held.ra * held.rat * held.pa * held.pat : it.pa * it.pat > held.pa * held.pat;
}
