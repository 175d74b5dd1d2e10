/** The private follow-up key: twenty digits in five groups, shown once to the sender, kept as a keyed hash. */
import { foldDigits } from '#kernel/digits.ts';

const LENGTH = 20;

/** Uniform random digits: bytes that would favour some digits are thrown away. */
export function makeKey(random: (size: number) => Uint8Array = (size) => globalThis.crypto.getRandomValues(new Uint8Array(size))): string {
  let digits = '';
  while (digits.length < LENGTH) {
    for (const byte of random(32)) if (byte < 250 && digits.length < LENGTH) digits += String(byte % 10);
  }
  return digits;
}

export function groupedKey(key: string): string {
  return key.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** As somebody types it: any digits, any spacing or dashes; null when it is not twenty digits. */
export function readKey(text: string): string | null {
  if (text.length > 80) return null;
  const digits = foldDigits(text).replace(/[\s\-‐-―.·_]/g, '');
  return /^\d{20}$/.test(digits) ? digits : null;
}
