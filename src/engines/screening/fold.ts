/** One shape of digits, and where each stood. */

export type Folded = { text: string; /** for each character of `text` its index in the original */ from: readonly number[] };

// Marks that are not seen (direction, joiners, tatweel, vowel signs, the frame of a keycap) would cut a number in two.
const UNSEEN = /^[\p{Mn}\p{Me}\p{Cf}\u0640]$/u;
const ZEROS = [0x0660, 0x06f0, 0x0966];

/** Every digit as 0-9, letters small, alef and ya in one form; the length may change, so each character knows its origin. */
export function fold(original: string): Folded {
  let text = '';
  const from: number[] = [];
  let at = 0;
  for (const sign of original) {
    if (!UNSEEN.test(sign)) {
      for (const plain of sign.normalize('NFKC').toLowerCase()) {
        const folded = oneForm(plain);
        text += folded;
        for (let n = 0; n < folded.length; n++) from.push(at);
      }
    }
    at += sign.length;
  }
  return withZeros({ text, from });
}

function oneForm(sign: string): string {
  const code = sign.codePointAt(0)!;
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return String(code - zero);
  if ('أإآٱ'.includes(sign)) return 'ا';
  if (sign === 'ى' || sign === 'ی') return 'ي';
  return sign === 'ة' ? 'ه' : sign === 'ک' ? 'ك' : sign;
}

/** «O944…»: the letter that looks like a zero is one beside a digit. */
function withZeros({ text, from }: Folded): Folded {
  return { text: text.replace(/(?<![a-z])o(?=[\s.-]?\d)|(?<=\d)o(?=\d)/g, '0'), from };
}
