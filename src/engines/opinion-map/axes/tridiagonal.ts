// Eigenvalues of small symmetric tridiagonal matrices, as they arise while the axes are looked for.

/** Eigenvalues, largest first, and the vectors as columns: entry (row, c) is `vectors[row · size + c]`. */
export type Spectrum = { values: Float64Array; vectors: Float64Array };

/**
 * Implicit QL with Wilkinson shifts (Golub and Van Loan, Matrix Computations, 8.3; the `tql2` of EISPACK).
 *
 * @param diagonal k entries
 * @param beside k − 1 entries beside it
 */
export function solveTridiagonal(diagonal: ArrayLike<number>, beside: ArrayLike<number>): Spectrum {
  const k = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = new Float64Array(k);
  for (let i = 0; i < k - 1; i++) e[i] = beside[i]!;
  const z = new Float64Array(k * k);
  for (let i = 0; i < k; i++) z[i * k + i] = 1;
  for (let l = 0; l < k; l++) settle(d, e, z, l);
  return sorted(d, z);
}

function settle(d: Float64Array, e: Float64Array, z: Float64Array, l: number): void {
  for (let round = 0; round < 60; round++) {
    const end = splitAfter(d, e, l);
    if (end === l) return;
    sweep(d, e, z, l, end);
  }
}

function splitAfter(d: Float64Array, e: Float64Array, l: number): number {
  for (let i = l; i < d.length - 1; i++) {
    const size = Math.abs(d[i]!) + Math.abs(d[i + 1]!);
    if (Math.abs(e[i]!) <= 2 ** -53 * size) return i;
  }
  return d.length - 1;
}

function sweep(d: Float64Array, e: Float64Array, z: Float64Array, l: number, end: number): void {
  const k = d.length;
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.hypot(half, 1);
  let g = d[end]! - d[l]! + e[l]! / (half + (half >= 0 ? root : -root));
  let [s, c, p] = [1, 1, 0];
  for (let i = end - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[end] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    rotate(z, k, i, s, c);
  }
  d[l]! -= p;
  e[l] = g;
  e[end] = 0;
}

function rotate(z: Float64Array, k: number, i: number, s: number, c: number): void {
  for (let row = 0; row < k; row++) {
    const at = row * k + i;
    const f = z[at + 1]!;
    z[at + 1] = s * z[at]! + c * f;
    z[at] = c * z[at]! - s * f;
  }
}

function sorted(d: Float64Array, z: Float64Array): Spectrum {
  const k = d.length;
  const order = Array.from(d.keys()).sort((a, b) => d[b]! - d[a]!);
  const vectors = new Float64Array(k * k);
  order.forEach((from, to) => {
    for (let row = 0; row < k; row++) vectors[row * k + to] = z[row * k + from]!;
  });
  return { values: Float64Array.from(order, (from) => d[from]!), vectors };
}
