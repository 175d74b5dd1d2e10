import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tokens, type Lexicon } from '#engines/text/index.ts';

const profiles = new URL('../../profiles/', import.meta.url);
const files = readdirSync(profiles).map((name) => new URL(`${name}/lexicon.json`, profiles)).filter((file) => existsSync(file));

describe.each(files.map((file) => [file.pathname.split('/').at(-2), file] as const))('the lexicon of %s', (_name, file) => {
  const lexicon = JSON.parse(readFileSync(file, 'utf8')) as Lexicon;
  const words = lexicon.flatMap((group) => [...new Set(group.flatMap(tokens))]);

  test('is groups of at least two single words', () => {
    for (const group of lexicon) {
      expect(group.length, group.join(' ')).toBeGreaterThanOrEqual(2);
      for (const word of group) expect(tokens(word), word).toHaveLength(1);
    }
  });

  test('has no word in two groups, which would join what they mean', () => {
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});
