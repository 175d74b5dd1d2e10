import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CATALOG } from '#platform/i18n/catalog.ts';
import { LANGS } from '#platform/i18n/languages.ts';
import { messageProblem } from '#platform/i18n/message.ts';
import { SLOT_KEYS, SLOTS, PARTS, type Wording } from './model.ts';
import { reword } from './rules.ts';

const OWN = 'بكلماتنا';
const ORIGINAL = 'كما في البرنامج';

test.each<[Wording, string, number, Wording | null | 'conflict']>([
  [{ version: 0, text: null }, OWN, 0, { version: 1, text: OWN }], [{ version: 4, text: 'x' }, OWN, 4, { version: 5, text: OWN }], [{ version: 4, text: OWN }, '', 4, { version: 5, text: null }],
  [{ version: 4, text: OWN }, ORIGINAL, 4, { version: 5, text: null }], [{ version: 4, text: OWN }, OWN, 4, null], [{ version: 0, text: null }, '', 0, null], [{ version: 2, text: null }, ORIGINAL, 2, null],
  [{ version: 4, text: 'x' }, OWN, 3, 'conflict'], [{ version: 1, text: OWN }, '', 0, 'conflict'], [{ version: 4, text: OWN }, OWN, 1, null],
])('%j, then «%s» from version %i: %j', (now, text, seen, wanted) => {
  if (wanted === 'conflict') expect(() => reword(now, text, ORIGINAL, seen)).toThrow(expect.objectContaining({ refusal: { because: 'conflict', what: 'wording' } }));
  else expect(reword(now, text, ORIGINAL, seen)).toEqual(wanted);
});

test('over any changes, versions follow each other and the last writer is said', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 5 })), (texts) => {
    let now: Wording = { version: 0, text: null };
    for (const text of texts) {
      const next = reword(now, text, ORIGINAL, now.version);
      if (next) expect(next.version).toBe(now.version + 1);
      now = next ?? now;
      expect(now.text ?? ORIGINAL).toBe(text === '' ? ORIGINAL : text);
    }
  }));
});

test('every place is a sentence of the program in each language, fits its place, and every part has some', () => {
  for (const lang of LANGS) for (const key of SLOT_KEYS) {
    const text = CATALOG[lang][key];
    expect([key, lang, text === undefined, messageProblem(text ?? '', text ?? '', lang), [...(text ?? '')].length <= SLOTS[key].longest]).toEqual([key, lang, false, null, true]);
  }
  expect(new Set(SLOT_KEYS.map((key) => SLOTS[key].part))).toEqual(new Set(PARTS.filter((part) => part !== 'other')));
  expect(SLOT_KEYS.length).toBeGreaterThanOrEqual(25);
});
