// The two axes of the map: the directions along which the centred votes spread most.
import { centreOf, multiplySpread } from './spread.ts';
import { solveTridiagonal } from './tridiagonal.ts';
import { countVotes, type Votes } from '../votes.ts';

/**
 * @property centre mean vote by statement
 * @property eigenvalues the two largest of XᵀX (not divided by the number of people), largest first; 0 where there is no second direction
 * @property axes unit vectors over the statements; the entry furthest from zero is positive; all zero where there is no direction
 * @property products how often the votes were multiplied to find them
 */
export type Axes = { centre: Float64Array; eigenvalues: [number, number]; axes: [Float64Array, Float64Array]; products: number };

const MOST_STEPS = 400;
/**
 * How far a found axis may lean from the true one, in radians; exact: as far as doubles go. Grouping tries some 70,000 times which of
 * two middles is nearer: at a lean of 1e-8 one map in a thousand would come out differently when it is found from near axes.
 */
const LEAN = 1e-10;
const EXACT_LEAN = 1e-13;

/**
 * Finds the axes by Lanczos' method with full re-orthogonalisation, from the votes alone: no chance, no previous state, so the
 * same votes give the same axes.
 *
 * @param near axes of a moment ago; they only shorten the way
 * @param kept the matrix of these votes, where it is kept
 * @param weights how much each person counts; 1 when absent
 * @param exact goes on until doubles tell no more, for what is compared digit by digit
 * Source: Golub and Van Loan, Matrix Computations, 10.3; equal to 100 steps of Polis's power iteration, with which it was compared.
 */
export function findAxes(votes: Votes, hidden: Uint8Array, { near, kept, weights, exact = false, counts = countVotes(votes, weights) }: AxesOptions = {}): Axes {
  const centre = centreOf(counts, hidden);
  const search = new Search((q) => kept?.multiply(q) ?? multiplySpread(votes, centre, hidden, q, weights), hidden, exact ? EXACT_LEAN : LEAN);
  const found = votes.participants > 1 && votes.statements > 1 ? search.run(near) : search.nothing();
  return { centre, ...found };
}

export type AxesOptions = { near?: readonly Float64Array[] | undefined; kept?: { multiply(q: Float64Array): Float64Array }; weights?: Float64Array | undefined; exact?: boolean; counts?: Float64Array | undefined };

type Found = Omit<Axes, 'centre'>;

class Search {
  private readonly multiply: (q: Float64Array) => Float64Array;
  private readonly hidden: Uint8Array;
  private readonly lean: number;
  private readonly room: number;
  private basis: Float64Array[] = [];
  private diagonal: number[] = [];
  private beside: number[] = [];

  constructor(multiply: (q: Float64Array) => Float64Array, hidden: Uint8Array, lean: number) {
    this.multiply = multiply;
    this.lean = lean;
    this.hidden = hidden;
    this.room = hidden.reduce((sum, h) => sum + (h ? 0 : 1), 0);
  }

  nothing(): Found {
    const zero = () => new Float64Array(this.hidden.length);
    return { eigenvalues: [0, 0], axes: [zero(), zero()], products: 0 };
  }

  run(near?: readonly Float64Array[]): Found {
    let next = this.start(near);
    for (let step = 1; next && step <= Math.min(this.room, MOST_STEPS); step++) {
      next = this.advance(next);
      const last = !next || step === this.room || step === MOST_STEPS;
      if (last || step >= 4) {
        const found = this.look(last);
        if (found) return found;
      }
    }
    return this.nothing();
  }

  /** One product; returns the next direction, or null where the votes spread in no further one. */
  private advance(q: Float64Array): Float64Array | null {
    const before = this.basis.at(-1);
    this.basis.push(q);
    const y = this.multiply(q);
    const alpha = dot(q, y);
    this.diagonal.push(alpha);
    addScaled(y, q, -alpha);
    if (before) addScaled(y, before, -this.beside[this.basis.length - 2]!);
    this.clean(y);
    const size = Math.sqrt(dot(y, y));
    const scale = Math.max(...this.diagonal, Number.MIN_VALUE);
    if (size > 1e-13 * scale) {
      this.beside.push(size);
      return scaled(y, 1 / size);
    }
    this.beside.push(0);
    return this.fresh(this.basis.length);
  }

  private clean(y: Float64Array): void {
    for (let round = 0; round < 2; round++) for (const q of this.basis) addScaled(y, q, -dot(q, y));
  }

  private start(near?: readonly Float64Array[]): Float64Array | null {
    const q = new Float64Array(this.hidden.length);
    for (const axis of near ?? []) for (let j = 0; j < q.length; j++) if (!this.hidden[j]) q[j]! += axis[j] ?? 0;
    const size = Math.sqrt(dot(q, q));
    return size > 0.1 ? scaled(q, 1 / size) : this.fresh(0);
  }

  // A fixed direction without symmetry: the vector of ones misses an axis along which two statements mirror each other.
  private fresh(turn: number): Float64Array | null {
    if (this.basis.length >= this.room) return null;
    const q = new Float64Array(this.hidden.length);
    for (let j = 0; j < q.length; j++) if (!this.hidden[j]) q[j] = 1 + (((j + 1 + turn * 101) * 0.6180339887498949) % 1);
    this.clean(q);
    const size = Math.sqrt(dot(q, q));
    return size > 1e-9 ? scaled(q, 1 / size) : null;
  }

  private look(last: boolean): Found | null {
    const k = this.diagonal.length;
    const { values, vectors } = solveTridiagonal(this.diagonal, this.beside);
    const scale = values[0]!;
    if (!(scale > 0)) return last ? this.nothing() : null;
    const settled = [0, 1].every((i) => {
      if (i >= k) return last;
      const gap = Math.min(values[i]! - (values[i + 1] ?? 0), i > 0 ? values[i - 1]! - values[i]! : Infinity);
      return Math.abs(this.beside[k - 1]! * vectors[(k - 1) * k + i]!) <= Math.max(this.lean * gap, 1e-13 * scale);
    });
    if (!settled && !last) return null;
    return this.harvest(values, vectors, k);
  }

  private harvest(values: Float64Array, vectors: Float64Array, k: number): Found {
    const axes = [0, 1].map((i) => {
      const axis = new Float64Array(this.hidden.length);
      if (i >= k || values[i]! <= 1e-12 * values[0]!) return axis;
      for (let s = 0; s < k; s++) addScaled(axis, this.basis[s]!, vectors[s * k + i]!);
      return turned(axis);
    });
    const value = (i: number) => (i < k && values[i]! > 1e-12 * values[0]! ? values[i]! : 0);
    return { eigenvalues: [value(0), value(1)], axes: [axes[0]!, axes[1]!], products: k };
  }
}

/** An axis has no sign; this one is turned so that its entry furthest from zero is positive (the first, where two are as far). */
function turned(axis: Float64Array): Float64Array {
  let peak = 0;
  for (let j = 0; j < axis.length; j++) if (Math.abs(axis[j]!) > Math.abs(axis[peak]!) * (1 + 1e-9)) peak = j;
  const size = Math.sqrt(dot(axis, axis));
  return scaled(axis, (axis[peak]! < 0 ? -1 : 1) / size);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}

function scaled(a: Float64Array, factor: number): Float64Array {
  return a.map((x) => x * factor);
}
