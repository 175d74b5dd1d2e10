/** What looks like a number of a person and is none. Masked letters become a wall that no number is joined over. */

export const WALL = '\u0000';

const MONTHS = 'كانون (?:الاول|الثاني)|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين (?:الاول|الثاني)|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر'
  + '|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec'
  + '|çileya (?:pêşîn|paşîn)|sibat|adar|nîsan|gulan|hezîran|tîrmeh|tebax|îlon|çiriya (?:pêşîn|paşîn)';
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = String.raw`(?:19|20)\d\d`;
// A date ends where it ends: with more digits hanging on it by a dot it is something else.
const END = String.raw`(?![./-]?\d)`;
const BEGIN = String.raw`(?<!\d[./-]?)`;

const LOOKALIKES: readonly RegExp[] = [
  new RegExp(`${BEGIN}${DAY}\\s?([./-])\\s?${MONTH}\\s?\\1\\s?${YEAR}${END}`, 'g'),
  new RegExp(`${BEGIN}${YEAR}\\s?([./-])\\s?${MONTH}\\s?\\1\\s?${DAY}${END}`, 'g'),
  new RegExp(`${BEGIN}${DAY}\\s(?:من\\s)?(?:شهر\\s)?(?:${MONTHS})(?:[\\s،,/]{1,2}${YEAR})?${END}`, 'g'),
  new RegExp(`(?<![\\d:])(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?(?![\\d:])`, 'g'),
  // Amounts: groups of three behind commas or points, the first without a leading zero.
  /(?<![\d+])[1-9]\d{0,2}(?:([,٬،'’])\d{3})(?:\1\d{3})+(?:[.٫]\d{1,2})?(?!\d)/g,
  /(?<![\d+])[1-9]\d{0,2}(?:\.\d{3}){3,}(?!\d)/g,
];
const REFERENCE = /(?<![a-z])[a-z]{2,5}-(\d{1,10})-(\d{2})(?!\d)/g;

/** The same length, so that places stay places. */
export function mask(text: string): string {
  const walls = (found: string) => WALL.repeat(found.length);
  const without = text.replace(REFERENCE, (found, sequence: string, check: string) => (BigInt(sequence + check) % 97n === 1n ? walls(found) : found));
  return LOOKALIKES.reduce((rest, lookalike) => rest.replace(lookalike, walls), without);
}
