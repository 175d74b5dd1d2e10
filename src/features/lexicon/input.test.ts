import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { GroupSchema, LONGEST_WORD, MOST_WORDS } from './input.ts';

const read = (words: unknown) => {
  const parsed = v.safeParse(GroupSchema, { words });
  return parsed.success ? parsed.output.words : parsed.issues[0].message;
};

test.each([
  ['ماء\nمياه', ['ماء', 'مياه']], ['  ماء ، مياه;مي | ', ['ماء', 'مياه', 'مي']], ['ماء, ماءٌ, مياه', ['ماءٌ', 'مياه']], ['water، av', ['water', 'av']],
  ['', 'required'], [undefined, 'required'], ['ماء', 'too-few'], ['ماء، ماء', 'too-few'], ['ماء الشرب، مياه', 'one-word-each'], ['ماء، !!!', 'one-word-each'],
  [`ماء، ${'م'.repeat(LONGEST_WORD + 1)}`, 'word-too-long'], [Array.from({ length: MOST_WORDS + 1 }, (_, at) => `word${'abcdefghij'[at % 10]}${'abcdefghij'[Math.floor(at / 10)]}`).join('\n'), 'too-many'],
])('%j is read as %j', (typed, wanted) => expect(read(typed)).toEqual(wanted));

test('whatever is typed becomes words that each are one, or a code', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 200 })), (typed) => {
    const words = read(typed);
    if (typeof words === 'string') expect(words).toMatch(/^[a-z-]+$/);
    else expect(words.every((word) => word.trim() === word && word !== '')).toBe(true);
  }));
});
