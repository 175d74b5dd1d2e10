// One spelling for what people write in many: marks, alefs, Persian keyboards, three shapes of digits, Latin accents.

const INVISIBLE = /[\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
// Tashkeel, hamza and madda as combining marks, dagger alef, tatweel; and the combining accents of Latin.
const MARKS = /[\u064b-\u0655\u0670\u0640]|[\u0300-\u036f]/g;
const ACCENTED_LATIN = /[\u00c0-\u024f\u1e00-\u1eff]/g;
// A'zaz, Ma'arrat, city's: a sign inside a Latin word is written by some and left out by others.
const INNER_APOSTROPHE = /(?<=[a-z])['\u2018\u2019\u02bc\u02be\u02bf`](?=[a-z])/g;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

const LETTERS: Readonly<Record<string, string>> = {
  أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا',
  ى: 'ي', ی: 'ي',
  ک: 'ك', گ: 'ك',
  ة: 'ه', ۀ: 'ه', ە: 'ه',
  ı: 'i', ß: 'ss', ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe',
};
const VARIANTS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/**
 * The text in one spelling and lower case, for comparing, never for showing. ؤ ئ ء stay: they tell words apart.
 * Kurmanji and other accented Latin letters lose their accents (î → i, ş → s), because many keyboards have none.
 */
export function norm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(ACCENTED_LATIN, (letter) => letter.normalize('NFD'))
    .replace(MARKS, '')
    .replace(VARIANTS, (letter) => LETTERS[letter] ?? letter)
    .replace(INNER_APOSTROPHE, '')
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0x0f));
}
