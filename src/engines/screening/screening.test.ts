import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPrivateNumbers } from './index.ts';

const kinds = (text: string) => findPrivateNumbers(text).map((it) => it.kind);
const shown = (text: string) => findPrivateNumbers(text).map((it) => text.slice(it.from, it.to));
const SHAPES = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '0123456789', '０１２３４５６７８９'];
const shaped = (text: string, shape: (at: number) => number) => text.replace(/\d/g, (digit, at: number) => SHAPES[shape(at)]![Number(digit)]!);

describe('a phone is found', () => {
  test.each([
    'اتصلوا بي على 0944555666', '0944 555 666', '0944-555-666', '0944.555.666', '(0944) 555/666', '09 44 55 56 66', '0 9 4 4 5 5 5 6 6 6', '0_9_4_4_5_5_5_6_6_6',
    '٠٩٤٤٥٥٥٦٦٦', '۰۹۴۴۵۵۵۶۶۶', '٠٩44۵۵٥٦٦6', '٠٩٤٤ ٥٥٥ ٦٦٦', 'رقمي ٠٩٣٣‏١٢٣‏٤٥٦ للتواصل', '0️⃣9️⃣4️⃣4️⃣5️⃣5️⃣5️⃣6️⃣6️⃣6️⃣', '０９４４５５５６６６', 'O944555666',
    '+963 944 555 666', '+963944555666', '00963944555666', '963944555666', '+963 (0) 944 555 666', '00 963 944 555 666', '963-944-555-666',
    '021 2234567', '0212234567', '011 3334444', '٠٢١ ٢٢٣ ٤٥٦٧', '+963 21 223 4567', '043 222333', '+90 532 123 45 67', '0049 151 23456789', '+1 (415) 555-2671',
    '0944 ثم 555 ثم 666', '0944abc555def666', '0a9b4c4d5e5f5g6h6i6', '٠٩٤٤ وبعدها ٥٥٥ وبعدها ٦٦٦', '09 نقطة 44 نقطة 555 نقطة 666', '0944 and then 555 and 666', '0944\n555\n666',
    'صفر تسعة أربعة أربعة خمسة خمسة خمسة ستة ستة ستة', 'صفر وتسعة و4 و4 و5 و5 و5 و6 و6 و6', 'zero nine four four five five five six six six', 'sifir neh çar çar pênc pênc pênc şeş şeş şeş',
    '0944555666 ليرة', 'هاتفي 944 555 666', '944555666', 'بتاريخ 12/11/2026 اتصلت بالرقم 0944555666', 'من 08:30 إلى 14:00 على 0933 123 456',
  ])('%s', (text) => { expect(kinds(text)).toEqual(['phone']); });

  test('where it stands, and every one of several', () => {
    expect(shown('راسلوني: ٠٩٤٤ ٥٥٥ ٦٦٦ أو على 021-2234567.')).toEqual(['٠٩٤٤ ٥٥٥ ٦٦٦', '021-2234567']);
  });
});

describe('a national number is found', () => {
  test.each(['02010123456', 'رقمي الوطني ٠٢٠١٠١٢٣٤٥٦', '020-1012-3456', '0201 0123 456', '02 01 01 23 45 6', '۰۲۰۱۰۱۲۳۴۵۶', '020a101b234c56', '0201 ثم 0123 ثم 456', '020.101.234.56', 'هويته 10 010 123 456', '11010123457'])('%s', (text) => {
    expect(kinds(text)).toEqual(['identity']);
  });
});

describe('what is none passes', () => {
  test.each([
    'حاجتنا رقمها HLB-4827-70 وتشبه HLB-0207-59', 'الاجتماع في 25/11/2026 الساعة 09:30', 'من 09/11/2026 21:30 إلى 10/12/2026 22:45', '2026-11-25 09:44:55', '٢٥ تشرين الثاني ٢٠٢٦، الساعة ١٠:٣٠', '09-3-2026 14:05 و 09.4.2026',
    'الميزانية 1,500,000,000 ليرة', 'كلّفنا 15000000000 ليرة سورية', '١٬٢٥٠٬٠٠٠٬٠٠٠ ل.س', '250 000 000 ليرة', '963,944,555 ليرة', '944 555 666 ليرة', 'بلغت التعهّدات 426000000 دولار', '10000000000', '$ 1200000000', '12.500.000.000',
    'عدد السكان 1850000 نسمة', 'القرار 09 تاريخ 30 نيسان 2026 المادة 11', 'المرسوم 107 لعام 2011، المواد 12 و13 و14 و15', 'أرقام البيوت 12، 14، 16، 18، 20، 22', '115 للطوارئ و112 و113', 'المدرسة 9 من 30 والشارع 2026',
    'خمسة شوارع وستة أعمدة وسبعة مصابيح', 'الدفعات: 2024 2025 2026 2027', 'الموقع 36.2021, 37.1343', 'رقم العقار 4521/7', '1. أولاً 2. ثانياً 3. ثالثاً 4. رابعاً', 'ISBN 978-3-16-148410-0', 'IPv4 192.168.100.200', '', 'one of two or three',
  ])('%s', (text) => { expect(shown(text)).toEqual([]); });

  test('a reference number only with its right check digits', () => {
    expect(kinds('AB-09445556-66')).toEqual(['phone']);
  });
});

const digits = (first: string, length: number) => fc.array(fc.integer({ min: 1, max: 9 }), { minLength: length, maxLength: length }).map((rest) => first + rest.join(''));
const gap = fc.constantFrom('', ' ', '.', '-', ' - ', '  ', '_', '/', ')(', '\u200f', 'ـ', ' ثم ', 'x', '*', ' و ');

test('a mobile number is found in any shape of digits and with anything short between them, at its own place', () => {
  fc.assert(fc.property(digits('0944', 6), fc.array(gap, { minLength: 9, maxLength: 9 }), fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 }), (number, gaps, shapes) => {
    const spelled = [...number].map((digit, at) => digit + (gaps[at] ?? '')).join('');
    const text = `قبلها كلام ${shaped(spelled, (at) => shapes[at % 40]!)} وبعدها كلام`;
    const found = findPrivateNumbers(text);
    expect(found.map((it) => it.kind)).toEqual(['phone']);
    expect(found[0]!.from).toBe('قبلها كلام '.length);
  }), { numRuns: 400 });
});

test('a national number is found in any shape of digits', () => {
  fc.assert(fc.property(digits('02', 9), fc.constantFrom('', ' ', '-', '.'), fc.nat({ max: 3 }), (number, between, shape) => {
    const text = shaped([number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(between), () => shape);
    expect(kinds(text)).toEqual(['identity']);
  }), { numRuns: 200 });
});

test('dates, amounts and numbers of entries never are one', () => {
  const date = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1990, max: 2050 }), fc.constantFrom('/', '-', '.')).map(([day, month, year, sign]) => `${String(day).padStart(2, '0')}${sign}${String(month).padStart(2, '0')}${sign}${year}`);
  const amount = fc.integer({ min: 1, max: 2_000_000_000 }).map((value) => `${value.toLocaleString('en')} ليرة`);
  const reference = fc.integer({ min: 1, max: 9_999_999 }).map((sequence) => `HLB-${sequence}-${String(98 - Number((BigInt(sequence) * 100n) % 97n)).padStart(2, '0')}`);
  fc.assert(fc.property(fc.array(fc.oneof(date, amount, reference), { minLength: 1, maxLength: 4 }), (parts) => {
    expect(shown(parts.join(' و '))).toEqual([]);
  }), { numRuns: 400 });
});

test('any text is read without failing, and what is found lies inside it, in order', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 40 }), (one, two) => {
    const text = `${one}0944555666${two}`;
    let end = 0;
    for (const it of findPrivateNumbers(text)) {
      expect(it.from).toBeGreaterThanOrEqual(end);
      expect(it.to).toBeGreaterThan(it.from);
      expect(it.to).toBeLessThanOrEqual(text.length);
      end = it.to;
    }
  }), { numRuns: 400 });
});
