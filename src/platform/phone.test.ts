import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskPhone, parsePhone } from './phone.ts';

test.each([
  '0944567890', '0944 567 890', '٠٩٤٤٥٦٧٨٩٠', '۰۹۴۴۵۶۷۸۹۰', '+963944567890', '00963944567890', '+٩٦٣ ٩٤٤ ٥٦٧ ٨٩٠', '\u202a+963-944-567-890\u202c',
  '(0944) 567-890', '944567890', ' 0944567890\n', '０９４４５６７８９０',
])('%j is one Syrian mobile number', (typed) => {
  expect(parsePhone(typed)).toEqual({ number: '+963944567890', kind: 'mobile' });
});

test.each([
  ['021 2671 234', '+963212671234', 'landline'],
  ['+90 532 123 45 67', '+905321234567', 'mobile'],
  ['0090 532 123 45 67', '+905321234567', 'mobile'],
  ['+49 30 901820', '+4930901820', 'landline'],
  ['+1 212 555 2368', '+12125552368', 'either'],
  ['+44 800 111 111', '+44800111111', 'other'],
])('%s is %s, %s', (typed, number, kind) => expect(parsePhone(typed)).toEqual({ number, kind }));

test.each([
  '', 'abc', '12', '0944', '09445678901234', '+999123456789', '0944567890 ext. 5', 'call 0944567890', '0944567890 or 0955567890', '0'.repeat(100), 'مدرسة',
])('%j is no phone number', (typed) => expect(parsePhone(typed)).toBeNull());

test('a mask shows the country and two digits', () => {
  expect(maskPhone(parsePhone('0944567890')!.number)).toBe('+963 ••••••• 90');
  expect(maskPhone(parsePhone('+905321234567')!.number)).toBe('+90 •••••••• 67');
});

test('what is parsed is parsed again to itself, and no text breaks the parser', () => {
  const typed = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789+٠٩٤ -()') }), fc.integer({ min: 930_000_000, max: 999_999_999 }).map((n) => `0${n}`));
  fc.assert(
    fc.property(typed, (text) => {
      const phone = parsePhone(text);
      if (phone) expect(parsePhone(phone.number)).toEqual(phone);
    }),
    { numRuns: 500 },
  );
});
