/** What may come in about a commitment. Codes, not sentences. */
import * as v from 'valibot';
import { plainText } from '#kernel/text-limits.ts';
import { foldDigits } from '#kernel/digits.ts';
import { parseDate, type PlainDate } from '#kernel/working-days.ts';
import { COMMITMENT_STATES, VERDICTS } from './model.ts';

export const TEXT_LIMITS = { update: 2_000, reason: 1_000 } as const;

const Part = v.optional(v.pipe(v.string(), v.maxLength(10), v.transform((text) => foldDigits(text).trim())), '');

/** Day, month and year as three fields named `due-day`, `due-month`, `due-year`; one date out. */
export function dateFrom(values: Record<string, string>, name = 'due'): PlainDate | null {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => v.parse(v.fallback(Part, ''), values[`${name}-${part}`]));
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return null;
  return parseDate(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
}

export const UpdateSchema = v.object({ text: plainText({ min: 3, max: TEXT_LIMITS.update, lines: true }) });
const Reason = plainText({ min: 10, max: TEXT_LIMITS.reason, lines: true });
export const ReasonSchema = v.object({ reason: Reason });
/** A later date as `dateFrom` read it, and why. */
export const MoveSchema = v.object({ reason: Reason, due: v.pipe(v.nullable(v.string()), v.check((due) => due !== null, 'not-a-date'), v.transform((due) => due as PlainDate)) });
export const VerdictSchema = v.picklist(VERDICTS, 'required');

export const COMMITMENT_FILTERS = [...COMMITMENT_STATES, 'late'] as const;
export type CommitmentFilterState = (typeof COMMITMENT_FILTERS)[number];

/** Filters of the list: anything that is not understood counts as no filter, so that old addresses keep working. */
export const CommitmentListSchema = v.object({
  q: v.optional(v.fallback(plainText({ min: 0, max: 200 }), ''), ''),
  state: v.optional(v.fallback(v.nullable(v.picklist(COMMITMENT_FILTERS)), null), null),
  body: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^[a-z0-9-]{0,60}$/)), ''), ''),
  after: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(400)), ''), ''),
});
export type CommitmentListFilter = v.InferOutput<typeof CommitmentListSchema>;
