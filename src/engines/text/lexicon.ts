// Words that no rule of spelling joins: irregular plurals, dialect, synonyms. They are data, edited by people who know.
import { norm } from './normalise.ts';
import { PREFIXES } from './stem.ts';

/** Groups of words that a search treats as equal; the first word of a group stands for it. Single words only. */
export type Lexicon = readonly (readonly string[])[];
export const NO_LEXICON: Lexicon = [];

type Groups = ReadonlyMap<string, readonly string[]>;

const compiled = new WeakMap<Lexicon, Groups>();
const LETTER_PREFIXES = ['و', 'ب', 'ل'];
// Pronouns, and the dual; what stays must be long enough not to be the beginning of another word (سلمان is no سلم).
const ENDINGS: readonly { ending: RegExp; least: number }[] = [
  { ending: /(?:نا|ها|هم|هن|كم)$/, least: 3 },
  { ending: /(?:ين|ان)$/, least: 4 },
];

/**
 * What stands for the groups to which a normalised word belongs: as written in the lexicon, else without what is
 * written onto it before (also before words of two letters, whose article the stem keeps: المي) and behind (حارتنا).
 * Stems are not looked up: the stem of عربة, a cart, is also the stem of عرب, Arabs.
 */
export function standIns(word: string, lexicon: Lexicon): readonly string[] {
  const groups = compile(lexicon);
  if (groups.size === 0) return [];
  for (const bare of withoutPrefixes(word)) {
    for (const candidate of [bare, ...withoutEndings(bare)]) {
      const found = groups.get(candidate);
      if (found) return found;
    }
  }
  return [];
}

function withoutPrefixes(word: string): string[] {
  const fitting = ['', ...PREFIXES, ...LETTER_PREFIXES].filter((it) => word.startsWith(it));
  return fitting.map((it) => word.slice(it.length));
}

function withoutEndings(word: string): string[] {
  return ENDINGS.flatMap(({ ending, least }) => {
    const bare = word.replace(ending, '');
    if (bare === word || bare.length < least) return [];
    return bare.endsWith('ت') ? [bare, `${bare.slice(0, -1)}ه`] : [bare];
  });
}

function compile(lexicon: Lexicon): Groups {
  const known = compiled.get(lexicon);
  if (known) return known;
  const groups = new Map<string, string[]>();
  for (const group of lexicon) {
    const words = [...new Set(group.map(norm))];
    for (const word of words) groups.set(word, [...(groups.get(word) ?? []), ...words.slice(0, 1)]);
  }
  compiled.set(lexicon, groups);
  return groups;
}
