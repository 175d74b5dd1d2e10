// Three forms of a word, from exact to rough: the word, its light stem, the skeleton of its consonants.

const ARABIC = /^[\u0621-\u06d3]/;
const SHORTEST = 3;
// The article with what is written before it; عال and هال are Levantine (عالمدرسة, هالحي). The first that fits is taken.
export const PREFIXES: readonly string[] = 'وبال ولل وكال فبال وال فال بال كال عال هال لل ال'.split(' ');
const SUFFIXES: readonly string[] = 'اتها اتهم اتهن تها تهم تهن تين تان يات ين ون ان ات ها هم هن نا يه ه ي'.split(' ');

/** The light stem of a normalised word: article, conjunction and one ending off, never below three letters. */
export function light(word: string): string {
  return ARABIC.test(word) ? withoutSuffix(withoutPrefix(word)) : lightLatin(word);
}

/**
 * What broken plurals keep: the first letter and the consonants of a light stem (شارع, شوارع → شرع). Rough on purpose
 * (كاتب = كتب), so a match by skeleton must weigh least. Words of Latin letters and digits pass unchanged.
 */
export function skeleton(stem: string): string {
  if (!ARABIC.test(stem)) return stem;
  const body = stem.length >= 4 && stem.startsWith('ا') ? stem.slice(1) : stem;
  const bones = body.slice(0, 1) + body.slice(1).replace(/[اويءئؤ]/g, '');
  return bones.length >= SHORTEST ? bones : stem;
}

function withoutPrefix(word: string): string {
  const article = PREFIXES.find((prefix) => word.startsWith(prefix) && word.length - prefix.length >= SHORTEST);
  if (article) return word.slice(article.length);
  const bare = word.startsWith('و') && word.length >= 5 ? word.slice(1) : word;
  return /^[بل]/.test(bare) && bare.length >= 6 ? bare.slice(1) : bare;
}

function withoutSuffix(word: string): string {
  const suffix = SUFFIXES.find((it) => word.endsWith(it) && word.length - it.length >= SHORTEST);
  return suffix ? word.slice(0, -suffix.length) : word;
}

/** English plurals, -ing and -ed, and the mute e that they hide. Kurmanji passes mostly untouched. */
function lightLatin(word: string): string {
  if (word.length <= SHORTEST || /[^a-z]/.test(word)) return word;
  const base = withoutEnding(word);
  return base.length > SHORTEST && base.endsWith('e') ? base.slice(0, -1) : base;
}

function withoutEnding(word: string): string {
  if (/..ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|zz)es$/.test(word)) return word.slice(0, -2);
  if (/[^sui]s$/.test(word)) return word.slice(0, -1);
  const verb = /^(.*[aeiouy].*)(?:ing|ed)$/.exec(word)?.[1];
  if (!verb || verb.length < SHORTEST || word.endsWith('eed')) return word;
  return /([bdfgmnprt])\1$/.test(verb) ? verb.slice(0, -1) : verb;
}
