// The public number of an entry: read over the phone, typed in an SMS, printed on paper. HLB-4827-70.
import { foldDigits } from './digits.ts';

/** In its one written form: prefix in capitals, at least four digits, two check digits. */
export type ReferenceNumber = string & { readonly __reference: true };

const LEAST_DIGITS = 4;
const LAST_SEQUENCE = 999_999_999_999;
const LONGEST_TYPED = 64;
// Spaces, every dash that keyboards and phones produce, tatweel (drawn as a dash) and the Arabic full stop (likewise).
const SEPARATORS = /[\s\-\u00ad\u0640\u06d4\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/g;

/**
 * The number of the `sequence`th matter of the installation with this prefix of Latin letters, as ('HLB', 4827) → HLB-4827-70.
 * Check digits are ISO/IEC 7064 MOD 97-10 over the digits of the sequence: they catch every single wrong digit and
 * every exchange of two digits. Throws RangeError for a sequence below 1 or above twelve digits, or another prefix.
 */
export function makeReference(prefix: string, sequence: number): ReferenceNumber {
  if (!/^[A-Z]+$/i.test(prefix)) throw new RangeError(`not a prefix: ${prefix}`);
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > LAST_SEQUENCE) throw new RangeError(`not a sequence: ${sequence}`);
  return `${prefix.toUpperCase()}-${padded(sequence)}-${checkDigits(sequence)}` as ReferenceNumber;
}

/**
 * What somebody typed, as the reference number it means, or null when it means none. Accepts any case, any dashes or
 * none, spaces, a missing prefix, Latin and both Arabic shapes of digits, and direction marks copied from a page.
 * Another prefix, a wrong check digit, and zeros beyond the written form are null: a guess would open another's matter.
 */
export function parseReference(text: string, prefix: string): ReferenceNumber | null {
  if (text.length > LONGEST_TYPED) return null;
  const typed = foldDigits(text.normalize('NFKC')).replace(SEPARATORS, '').toUpperCase();
  const capitals = prefix.toUpperCase();
  const digits = typed.startsWith(capitals) ? typed.slice(capitals.length) : typed;
  if (!/^\d{6,14}$/.test(digits)) return null;
  const sequence = Number(digits.slice(0, -2));
  if (sequence < 1 || digits !== padded(sequence) + checkDigits(sequence)) return null;
  return makeReference(prefix, sequence);
}

/** Which matter of the installation a number is, as HLB-4827-70 → 4827. */
export const serialOf = (number: ReferenceNumber): number => Number(number.split('-')[1]);

function padded(sequence: number): string {
  return String(sequence).padStart(LEAST_DIGITS, '0');
}

// Twelve digits times a hundred stay below 2^53, so plain numbers are exact.
function checkDigits(sequence: number): string {
  return String(98 - ((sequence * 100) % 97)).padStart(2, '0');
}
