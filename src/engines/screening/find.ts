import { fold } from './fold.ts';
import { mask, WALL } from './masks.ts';
import { DIGIT_WORDS, IDENTITY_WORD, isAbroad, isHome, isMobile, isMobileAlone, isNational, isSyrianAbroad, PHONE_WORD, UNIT, UNIT_BEFORE } from './patterns.ts';

/** `from` and `to` are places in the original text, `to` behind the last character. */
export type Found = { kind: 'phone' | 'identity'; from: number; to: number };

/** Digits that stand together; `loose` when letters stand between them and the group before. */
type Group = { digits: string; from: number; to: number; loose: boolean; wall: boolean };

const LONGEST = 20_000;
const MOST_DIGITS = 17;
const LONGEST_GAP = 24;
const MOST_WORDS = 2;

/** Every number in the text that leads to a person, in order, none inside another. Texts beyond 20,000 characters are read to there. */
export function findPrivateNumbers(original: string): Found[] {
  const { text, from } = fold(original.slice(0, LONGEST));
  const masked = mask(text);
  const groups = groupsOf(masked);
  const found: Found[] = [];
  for (let at = 0; at < groups.length;) {
    const match = matchAt(masked, groups, at);
    if (!match) { at += 1; continue; }
    found.push({ kind: match.kind, from: from[groups[at]!.from]!, to: endOf(original, from, groups[match.last]!.to) });
    at = match.last + 1;
  }
  return found;
}

const endOf = (original: string, from: readonly number[], to: number): number => {
  const at = from[to - 1]!;
  return at + String.fromCodePoint(original.codePointAt(at)!).length;
};

/** Groups of digits and digit words, with what stands before each. */
function groupsOf(text: string): Group[] {
  const tokens = [...text.matchAll(/\d+|\p{L}+/gu)].map((match) => ({ text: match[0], from: match.index, to: match.index + match[0].length }));
  const digitsOf = (token: string | undefined) => (token === undefined ? undefined : /^\d/.test(token) ? token : DIGIT_WORDS[token] ?? DIGIT_WORDS[token.replace(/^و(?!احد|حده)/, '')]);
  const groups: Group[] = [];
  let end = 0;
  tokens.forEach((token, index) => {
    const digits = digitsOf(token.text);
    if (digits === undefined) return;
    // A number word alone is a word: «خمسة شوارع». Beside another it is dictated.
    const dictated = /^\d/.test(token.text) || digitsOf(tokens[index - 1]?.text) !== undefined || digitsOf(tokens[index + 1]?.text) !== undefined;
    if (!dictated) return;
    const gap = text.slice(end, token.from);
    groups.push({ digits, from: token.from, to: token.to, loose: /\p{L}/u.test(gap), wall: groups.length === 0 || isWall(gap) });
    end = token.to;
  });
  return groups;
}

/** Over this no number is joined: another line of thought, a date, a new paragraph. */
function isWall(gap: string): boolean {
  if (gap.includes(WALL) || gap.length > LONGEST_GAP || /\n\s*\n/.test(gap)) return true;
  return (gap.match(/\p{L}+/gu) ?? []).length > MOST_WORDS;
}

function matchAt(text: string, groups: readonly Group[], at: number): { kind: Found['kind']; last: number } | null {
  let digits = '';
  let loose = false;
  let best: { kind: Found['kind']; last: number } | null = null;
  for (let last = at; last < groups.length; last++) {
    const group = groups[last]!;
    if (last > at && group.wall) break;
    digits += group.digits;
    if (digits.length > MOST_DIGITS) break;
    loose ||= last > at && group.loose;
    const kind = kindOf(text, digits, { from: groups[at]!.from, to: group.to, loose, whole: last === at, ends: last + 1 >= groups.length || groups[last + 1]!.wall });
    if (kind) best = { kind, last };
  }
  return best;
}

type Span = { from: number; to: number; loose: boolean; /** one group, nothing between */ whole: boolean; /** nothing is joined behind it */ ends: boolean };

function kindOf(text: string, digits: string, span: Span): Found['kind'] | null {
  const before = text.slice(Math.max(0, span.from - 40), span.from);
  const plus = /\+\s?\(?$/.test(before);
  // Money never begins with a zero, whatever is written behind it.
  const amount = digits[0] !== '0' && (UNIT.test(text.slice(span.to, span.to + 14)) || UNIT_BEFORE.test(before));
  if (amount) return null;
  if (span.loose) return looseKind(digits, before, span);
  if (isNational(digits) && !plus && (digits[0] === '0' || span.whole || IDENTITY_WORD.test(before))) return isMobile(digits) ? 'phone' : 'identity';
  if (isHome(digits) || isSyrianAbroad(digits) || isAbroad(digits, plus)) return 'phone';
  return isMobileAlone(digits) && (span.whole || PHONE_WORD.test(before)) ? 'phone' : null;
}

/** With letters between the digits only what begins as a number begins, and ends where the digits end. */
function looseKind(digits: string, before: string, span: Span): Found['kind'] | null {
  if (isMobile(digits)) return 'phone';
  if (!span.ends) return null;
  if (isHome(digits) && PHONE_WORD.test(before)) return 'phone';
  return isNational(digits) && (digits[0] === '0' || IDENTITY_WORD.test(before)) ? 'identity' : null;
}
