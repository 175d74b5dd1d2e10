// People type digits in the shape of their keyboard, and pages copy invisible direction marks along with them.
const ARABIC_INDIC = 0x0660;
const EXTENDED_ARABIC_INDIC = 0x06f0;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const BIDI_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The same text with ٠-٩ and ۰-۹ as 0-9 and without invisible direction marks; every other character stays. */
export function foldDigits(text: string): string {
  return text.replace(BIDI_MARKS, '').replace(OTHER_DIGITS, latinDigit);
}

function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code >= EXTENDED_ARABIC_INDIC ? EXTENDED_ARABIC_INDIC : ARABIC_INDIC));
}
