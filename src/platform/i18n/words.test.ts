import { expect, test } from 'vitest';
import { CATALOG, type Key } from './catalog.ts';
import { words } from './words.ts';

test('a sentence’s own numbers have the reader’s digits; examples to be typed and codes stay as they are', () => {
  const arabic = words('ar', 'arab');
  expect(arabic.problem('intake', 'title', 'too-long')).toContain('١٢٠ حرفاً');
  expect(words('ar', 'latn').problem('intake', 'title', 'too-long')).toContain('120 حرفاً');
  expect(arabic.t('intake.error.number')).toContain('HLB-4827-70');
  expect(arabic.t('intake.error.contact')).toContain('0944 555 666');
  expect(arabic.t('attachments.photo', { count: 2, ordinal: 2 })).toBe('صورة ٢');
  expect(words('en').problem('intake', 'title', 'too-long')).toContain('120');
});

test('in Arabic digits no sentence holds a Latin digit outside codes and examples', () => {
  const arabic = words('ar', 'arab');
  for (const [key, message] of Object.entries(CATALOG.ar)) {
    if (message.includes('{')) continue;
    const plain = arabic.t(key as Key).replace(/\u2066[^\u2069]*\u2069|\S*[A-Za-z]\S*/g, '');
    expect(plain, key).not.toMatch(/\d/);
  }
});
