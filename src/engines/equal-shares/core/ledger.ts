// Exact prices without reducing long fractions. The money of a voter who is not spent out is share − Σ price × weight
// over the funded projects of the ballot, so every exact question is one of whole multiples of few numbers.
import type { Rational } from '../rational.ts';
import { ratio } from '../rational.ts';

/** An exact price per unit of weight: num / (denominator × factor), the denominator being the ledger's of that round. */
export type Price = { readonly num: bigint; readonly factor: bigint };

/** One funded project. `num / denominator` is the price per unit of weight, exactly. */
export type Round = {
  readonly project: number;
  readonly num: bigint;
  readonly denominator: bigint;
  /** Projects with exactly the same price per utility, this one among them, in tie order. */
  readonly tied: readonly number[];
};

/**
 * Prices over one growing denominator: price r = nums[r] / (share.den × factors[0] × … × factors[r]). Sums over many
 * voters are taken by Horner's scheme with multiplications by small factors only; no greatest common divisor of long
 * numbers is ever needed.
 */
export class Ledger {
  share: Rational = { num: 0n, den: 1n };
  readonly nums: bigint[] = [];
  readonly factors: bigint[] = [];
  /** share.den × all factors so far. */
  denominator = 1n;

  reset(share: Rational): void {
    this.share = share;
    this.nums.length = 0;
    this.factors.length = 0;
    this.denominator = share.den;
  }

  /** Records the price num / (denominator × factor). */
  add(num: bigint, factor: bigint): void {
    this.nums.push(num);
    this.factors.push(factor);
    this.denominator *= factor;
  }

  /** (voters × share − Σ paid[r] × price r) × denominator, a whole number. */
  sum(voters: number, paid: ArrayLike<number>): bigint {
    let total = BigInt(voters) * this.share.num;
    for (let r = 0; r < this.nums.length; r++) {
      total *= this.factors[r]!;
      if (paid[r] !== 0) total -= BigInt(paid[r]!) * this.nums[r]!;
    }
    return total;
  }

  /** The price at which `voters`, who have paid `paid`, give all they have and a weight of `load` pays the rest of a cost. */
  price(cost: bigint, voters: number, paid: ArrayLike<number>, load: number): Price {
    const rest = cost * this.denominator - this.sum(voters, paid);
    const common = smallGcd(Math.abs(Number(rest % BigInt(load))), load);
    return { num: rest / BigInt(common), factor: BigInt(load / common) };
  }

  /** A price of the present round as a double, to a relative error below 2⁻⁵¹. */
  value({ num, factor }: Price): number {
    return ratio(num, factor * this.denominator);
  }
}

/** The greatest common divisor of two whole doubles below 2⁵³. */
function smallGcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
