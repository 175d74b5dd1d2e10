/** What may come in about places and the calendar. Codes, not sentences. */
import * as v from 'valibot';
import { foldDigits } from '#kernel/digits.ts';
import { refuse } from '#kernel/refusal.ts';
import { parseDate, type PlainDate } from '#kernel/working-days.ts';
import { plainText } from '#kernel/text-limits.ts';
import type { Names } from './model.ts';

export const LONGEST_NAME = 120;

/** Three fields of a form as one name; Arabic is the one that everybody gets. */
export const namesOf = (max: number) => ({
  'name-ar': plainText({ min: 2, max }),
  'name-en': v.optional(plainText({ min: 0, max }), ''),
  'name-ku': v.optional(plainText({ min: 0, max }), ''),
});

export const CodeSchema = v.pipe(v.string('invalid'), v.regex(/^[A-Z0-9]{1,20}$/, 'invalid'));
export const RenameSchema = v.object({ code: CodeSchema, ...namesOf(LONGEST_NAME) });
export const ActiveSchema = v.object({ code: CodeSchema, active: v.pipe(v.picklist(['yes', 'no'], 'invalid'), v.transform((it) => it === 'yes')) });

const FIRST_YEAR = 2000;
const Part = v.optional(v.pipe(v.string(), v.maxLength(10), v.transform((text) => foldDigits(text).trim())), '');

/** A day in three fields, in any digits; null when no calendar has it. */
export function dayFrom(values: Record<string, string>, name: string): PlainDate | null {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => v.parse(v.fallback(Part, ''), values[`${name}-${part}`]));
  return /^\d{4}$/.test(year!) && Number(year) >= FIRST_YEAR ? parseDate(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`) : null;
}

/** A day without work and its name; all problems are refused at once, each beside its field. */
export function readHoliday(values: Record<string, string>): { day: PlainDate; names: Names } {
  const names = v.safeParse(v.object(namesOf(LONGEST_NAME)), values);
  const day = dayFrom(values, 'day');
  if (names.success && day) return { day, names: { ar: names.output['name-ar'], en: names.output['name-en'], ku: names.output['name-ku'] } };
  const fields: Record<string, string> = day ? {} : { day: 'not-a-date' };
  for (const issue of names.issues ?? []) fields[v.getDotPath(issue) ?? 'form'] ??= issue.message;
  return refuse({ because: 'invalid', fields });
}

/** The day on which a feast begins, as it was announced. */
export const readAnnounced = (values: Record<string, string>): PlainDate => dayFrom(values, 'announced') ?? refuse({ because: 'invalid', fields: { announced: 'not-a-date' } });

/** Which holiday: its day and its code. */
export const HolidayKeySchema = v.object({
  day: v.pipe(v.string('not-a-date'), v.transform((text) => parseDate(text)), v.check((day) => day !== null, 'not-a-date'), v.transform((day) => day!)),
  code: v.pipe(v.string('invalid'), v.regex(/^[a-z0-9-]{2,40}$/, 'invalid')),
});

/** Days of the week as boxes, 0 is Sunday. A week without a working day would stop every clock. */
export const WeekendSchema = v.object({
  weekend: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[0-6]$/, 'invalid'), v.transform(Number))), v.transform((days) => [...new Set(days)].sort()), v.minLength(1, 'required'), v.maxLength(4, 'too-many')),
});

/** What the form was filled in from: a save over somebody else's is refused. Missing in forms that somebody built by hand. */
export const SeenSchema = v.object({ seen: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/, 'invalid')), '') });
