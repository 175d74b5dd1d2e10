import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { readDraft } from './input.ts';

const words = { outcome: 'accepted', summary: 'نركّب المصابيح قبل الشتاء', reason: 'الأعمدة سليمة والمصابيح في المستودع.', version: '0' };
const problems = (values: Record<string, string>) => {
  try {
    readDraft(values);
    return {};
  } catch (refused) {
    const { refusal } = refused as Refused;
    return refusal.because === 'invalid' ? refusal.fields : {};
  }
};

test('promises are read from rows, in any digits; empty rows are none', () => {
  const draft = readDraft({ ...words, 'what-2': 'تركيب المصابيح', 'due-2-day': '٣٠', 'due-2-month': '12', 'due-2-year': '٢٠٢٦', 'what-4': '  ' });
  expect(draft.promises).toEqual([{ what: 'تركيب المصابيح', who: '', due: '2026-12-30' }]);
});

test('each problem is said beside its field, all at once', () => {
  expect(problems({ ...words, outcome: 'maybe', summary: '', reason: 'قصير', 'what-1': 'تركيب المصابيح', 'due-1-day': '31', 'due-1-month': '2', 'due-1-year': '2027', 'due-3-day': '1' }))
    .toEqual({ outcome: 'required', summary: 'required', reason: 'too-short', 'due-1': 'not-a-date', 'what-3': 'required', 'due-3': 'not-a-date' });
});

test('whatever is sent is read or refused', () => {
  const name = fc.constantFrom('outcome', 'summary', 'reason', 'version', 'referredTo', 'what-1', 'who-1', 'due-1-day', 'due-1-month', 'due-1-year', 'what-5', 'due-5-day');
  fc.assert(fc.property(fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 60 })), (values) => {
    try {
      readDraft(values);
    } catch (refused) {
      expect(refused).toBeInstanceOf(Refused);
    }
  }));
});
