// Exact fractions on BigInt. Slow and certain: one per project, never one per voter.

/** A fraction; `den` is positive. Not always in lowest terms: compare with `compare`, show with `text`. */
export type Rational = { readonly num: bigint; readonly den: bigint };

export const zero: Rational = { num: 0n, den: 1n };

/** num/den as a fraction with a positive denominator. Throws a RangeError when den is 0. */
export function rational(num: bigint, den = 1n): Rational {
  if (den === 0n) throw new RangeError('a fraction with denominator 0');
  return den < 0n ? { num: -num, den: -den } : { num, den };
}

export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The same value in lowest terms. */
export function reduced(r: Rational): Rational {
  const by = gcd(r.num, r.den);
  return by <= 1n ? r : { num: r.num / by, den: r.den / by };
}

export function add(a: Rational, b: Rational): Rational {
  return a.den === b.den ? { num: a.num + b.num, den: a.den } : { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den });
}

export function multiply(a: Rational, b: Rational): Rational {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** a/b. Throws a RangeError when b is 0. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den, a.den * b.num);
}

/** Below 0, 0 or above 0 as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest whole number not above r. */
export function floor(r: Rational): bigint {
  const whole = r.num / r.den;
  return r.num < 0n && whole * r.den !== r.num ? whole - 1n : whole;
}

/** The least whole number not below r. */
export function ceiling(r: Rational): bigint {
  return -floor({ num: -r.num, den: r.den });
}

/** "7" or "7/3", in lowest terms. */
export function text(r: Rational): string {
  const it = reduced(r);
  return it.den === 1n ? String(it.num) : `${it.num}/${it.den}`;
}

/** "7", "-1.25" or "7/3" back into a fraction; null when it is neither. Inverse of `text`. */
export function parseRational(written: string): Rational | null {
  const parts = written.split('/');
  const num = parseDecimal(parts[0] ?? '');
  if (parts.length === 1 || num === null) return num;
  const den = parseDecimal(parts[1] ?? '');
  return parts.length > 2 || den === null || den.num === 0n ? null : reduced(divide(num, den));
}

/** "1250", "12.5", or "7/3" where no decimal says it exactly. */
export function decimalText(r: Rational): string {
  const it = reduced(r);
  let places = 0;
  let unit = 1n;
  while (unit % it.den !== 0n && places < 30) {
    unit *= 10n;
    places++;
  }
  if (unit % it.den !== 0n) return text(it);
  const digits = String((it.num < 0n ? -it.num : it.num) * (unit / it.den)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${it.num < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}`;
}

const decimal = /^([+-]?)(\d*)(?:[.,](\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A decimal number as people and Pabulib write it: "12", "12.50", "12,50", "1e6". Null when it is not one. */
export function parseDecimal(written: string): Rational | null {
  const found = decimal.exec(written);
  if (found === null || written.length > 60) return null;
  const [, sign, whole = '', part = '', power = '0'] = found;
  if (whole === '' && part === '') return null;
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  const shift = Number(power) - part.length;
  return shift >= 0 ? { num: digits * 10n ** BigInt(shift), den: 1n } : reduced({ num: digits, den: 10n ** BigInt(-shift) });
}

/** The nearest double, to within two units in the last place, however long numerator and denominator are. */
export function toNumber(r: Rational): number {
  return ratio(r.num, r.den);
}

/** num/den as a double with a relative error below 2⁻⁵¹; den positive. */
export function ratio(num: bigint, den: bigint): number {
  const n = Number(num);
  const d = Number(den);
  if (Math.abs(n) < 1e290 && d < 1e290) return n / d;
  const spare = Math.max(0, Math.min(bits(num), bits(den)) - 120);
  return Number(num >> BigInt(spare)) / Number(den >> BigInt(spare));
}

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}
