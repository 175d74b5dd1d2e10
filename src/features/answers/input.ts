/** What may come in about an answer. Codes, not sentences. */
import * as v from 'valibot';
import { foldDigits } from '#kernel/digits.ts';
import { idSchema } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { plainText } from '#kernel/text-limits.ts';
import { parseDate, type PlainDate } from '#kernel/working-days.ts';
import { OUTCOMES } from '../intake/model.ts';
import { MOST_PROMISES, type PromiseLine } from './model.ts';

export const ANSWER_LIMITS = { summary: 240, reason: 5_000, leastReason: 20, what: 300, who: 160, note: 1_500 } as const;

const Version = v.pipe(v.string('required'), v.regex(/^\d{1,6}$/, 'invalid'), v.transform(Number));
const Words = v.object({
  outcome: v.picklist(OUTCOMES, 'required'),
  summary: plainText({ min: 10, max: ANSWER_LIMITS.summary }),
  reason: plainText({ min: ANSWER_LIMITS.leastReason, max: ANSWER_LIMITS.reason, lines: true }),
  referredTo: v.optional(v.pipe(v.string(), v.trim(), v.regex(/^[a-z0-9-]{0,60}$/, 'invalid')), ''),
  version: Version,
});
const What = plainText({ min: 5, max: ANSWER_LIMITS.what });
const Who = plainText({ min: 0, max: ANSWER_LIMITS.who });

/** `referredTo` is a body's code. */
export type DraftInput = v.InferOutput<typeof Words> & { promises: PromiseLine[] };

/**
 * The form of an answer: words, and up to five promises as `what-1`, `who-1`, `due-1-day` … All problems are refused at
 * once, each beside its field; a row without a word is no promise.
 */
export function readDraft(values: Record<string, string>): DraftInput {
  const fields: Record<string, string> = {};
  const words = v.safeParse(Words, values);
  for (const issue of words.issues ?? []) fields[v.getDotPath(issue) ?? 'form'] ??= issue.message;
  const promises: PromiseLine[] = [];
  for (let row = 1; row <= MOST_PROMISES; row++) {
    const promise = readPromise(values, row, fields);
    if (promise) promises.push(promise);
  }
  if (!words.success || Object.keys(fields).length > 0) return refuse({ because: 'invalid', fields });
  return { ...words.output, promises };
}

function readPromise(values: Record<string, string>, row: number, fields: Record<string, string>): PromiseLine | null {
  const typed = ['what', 'who'].map((name) => values[`${name}-${row}`] ?? '').concat(datePart(values, row, 'day'), datePart(values, row, 'year'));
  if (typed.every((text) => text.trim() === '')) return null;
  const what = v.safeParse(What, values[`what-${row}`] ?? '');
  const who = v.safeParse(Who, values[`who-${row}`] ?? '');
  const due = readDue(values, row);
  if (!what.success) fields[`what-${row}`] = what.issues[0].message;
  if (!who.success) fields[`who-${row}`] = who.issues[0].message;
  if (due === null) fields[`due-${row}`] = 'not-a-date';
  return what.success && who.success && due !== null ? { what: what.output, who: who.output, due } : null;
}

const datePart = (values: Record<string, string>, row: number, part: string): string => foldDigits((values[`due-${row}-${part}`] ?? '').slice(0, 10)).trim();

/** Day, month and year in three fields, in any digits. */
function readDue(values: Record<string, string>, row: number): PlainDate | null {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => datePart(values, row, part));
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return null;
  return parseDate(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
}

export const CorrectionSchema = v.object({ summary: Words.entries.summary, reason: Words.entries.reason, version: Version, corrects: idSchema<'answer'>() });
export const MoveSchema = v.object({ id: idSchema<'answer'>(), version: Version });
export const ReturnSchema = v.object({ ...MoveSchema.entries, note: plainText({ min: 5, max: ANSWER_LIMITS.note, lines: true }) });
