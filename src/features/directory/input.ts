/** What may come in about a body. Codes, not sentences. */
import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { foldDigits } from '#kernel/digits.ts';
import { plainText } from '#kernel/text-limits.ts';
import { BODY_KINDS, PERIODS } from './model.ts';

export const LONGEST_NAME = 160;
const MOST_SECTORS = 20;

/** Part of addresses and of the record for ever, so it is chosen once. */
export const BodyCodeSchema = v.pipe(v.string('required'), v.trim(), v.toLowerCase(), v.regex(/^[a-z0-9-]{2,60}$/, 'not-a-code'));

const FIELDS = {
  kind: v.picklist(BODY_KINDS, 'invalid'),
  'name-ar': plainText({ min: 3, max: LONGEST_NAME }),
  'name-en': v.optional(plainText({ min: 0, max: LONGEST_NAME }), ''),
  'name-ku': v.optional(plainText({ min: 0, max: LONGEST_NAME }), ''),
  sectors: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z0-9.]{2,20}$/, 'invalid'))), v.maxLength(MOST_SECTORS, 'too-many')), []),
  phone: v.optional(v.pipe(plainText({ min: 0, max: 40 }), v.transform(foldDigits), v.regex(/^[\d+() -]*$/, 'not-a-phone')), ''),
};
const toInput = (it: v.InferOutput<v.ObjectSchema<typeof FIELDS, undefined>>) => ({ kind: it.kind, names: { ar: it['name-ar'], en: it['name-en'], ku: it['name-ku'] }, sectors: it.sectors, phone: it.phone });

export const BodySchema = v.pipe(v.object(FIELDS), v.transform(toInput));
export const NewBodySchema = v.pipe(v.object({ ...FIELDS, code: BodyCodeSchema }), v.transform((it) => ({ code: it.code, ...toInput(it) })));
export type BodyInput = v.InferOutput<typeof BodySchema>;

export const BodyIdSchema = idSchema<'body'>();
export const ActiveSchema = v.pipe(v.picklist(['yes', 'no'], 'invalid'), v.transform((it) => it === 'yes'));

/** Filters of the public list: anything that is not understood counts as no filter. */
export const BodyListSchema = v.object({
  q: v.optional(v.fallback(plainText({ min: 0, max: 100 }), ''), ''),
  kind: v.optional(v.fallback(v.nullable(v.picklist(BODY_KINDS)), null), null),
  sector: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^[A-Z0-9.]{0,20}$/)), ''), ''),
});
export type BodyListFilter = v.InferOutput<typeof BodyListSchema>;

export const PeriodSchema = v.fallback(v.picklist(PERIODS), 'months');
