/** What may come in at the desk. Codes, not sentences. */
import * as v from 'valibot';
import { foldDigits } from '#kernel/digits.ts';
import { idSchema } from '#kernel/ids.ts';
import { plainText } from '#kernel/text-limits.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { KINDS } from '../intake/model.ts';
import { HEARING_KINDS, PAPER_SIZES, RECEIPT_LANGUAGES } from './model.ts';
import { SHEETS } from './rules.ts';

export const DESK_TEXT = { title: 120, text: 5_000, placeWords: 200, served: 160, name: 80, contact: 254, hearing: 160, row: 300 } as const;

const optionalText = (max: number) => v.optional(plainText({ min: 0, max }), '');
const yes = v.optional(v.pipe(v.string(), v.transform((value) => value === 'yes')), '');
const Code = v.pipe(v.string('invalid'), v.trim(), v.regex(/^[A-Za-z0-9.]{0,20}$/, 'invalid'), v.toUpperCase());
const Count = (most: number) => v.pipe(v.string(), v.maxLength(40, 'not-a-number'), v.transform((text) => foldDigits(text).replace(/[\s.,٬،]/g, '')),
  v.check((text) => /^\d{0,6}$/.test(text) && (text === '' || (Number(text) >= 1 && Number(text) <= most)), 'not-a-number'), v.transform((text) => (text === '' ? null : Number(text))));

export const SitSchema = v.object({ body: v.pipe(v.string('required'), v.regex(/^[a-z0-9-]{1,60}$/, 'required')), paper: v.optional(v.picklist(PAPER_SIZES, 'invalid'), 'a5') });

/** One page holds the whole entry of a visitor. */
export const VisitorSchema = v.pipe(
  v.object({
    kind: v.picklist(KINDS, 'required'),
    title: plainText({ min: 5, max: DESK_TEXT.title }),
    text: plainText({ min: 10, max: DESK_TEXT.text, lines: true }),
    place: v.optional(Code, ''),
    placeWords: optionalText(DESK_TEXT.placeWords),
    sectors: v.optional(v.pipe(v.array(Code), v.maxLength(3, 'too-many')), []),
    served: optionalText(DESK_TEXT.served),
    contact: optionalText(DESK_TEXT.contact),
    name: optionalText(DESK_TEXT.name),
    named: yes,
    consent: yes,
    language: v.optional(v.picklist(RECEIPT_LANGUAGES, 'invalid'), 'ar'),
  }),
  v.forward(v.check((it) => it.place !== '' || it.placeWords !== '', 'required'), ['place']),
);
export type VisitorInput = v.InferOutput<typeof VisitorSchema>;

const ReferenceText = v.pipe(v.string('required'), v.trim(), v.minLength(1, 'required'), v.maxLength(64, 'invalid'));

/** An entry that waited on a device: the number on its receipt, when it was taken, and the rest, which the server alone can read. */
export const WaitingSchema = v.object({
  once: idSchema<'once'>(), block: idSchema<'block'>(), number: ReferenceText, takenAt: v.pipe(v.string(), v.maxLength(40)),
  sealed: v.pipe(v.string(), v.maxLength(39_000, 'too-long'), v.regex(/^[A-Za-z0-9+/]+=*$/, 'invalid')),
});
export type WaitingInput = v.InferOutput<typeof WaitingSchema>;

/** What the sealed part says. `by`: who had opened the counter on this device, as the server sealed it. Wishes beyond it are not read. */
export const SealedSchema = v.object({ by: v.optional(v.pipe(v.string(), v.maxLength(400)), ''), key: v.pipe(v.string(), v.regex(/^\d{20}$/, 'invalid')), values: v.record(v.string(), v.union([v.string(), v.array(v.string())])) });

export const ReturnSchema = v.object({ block: idSchema<'block'>(), numbers: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(100, 'too-many')) });

export const PrintSchema = v.object({
  count: v.pipe(v.optional(v.string(), ''), Count(SHEETS.most), v.check((count): boolean => count !== null, 'required'), v.transform((count) => count ?? 1)),
  language: v.picklist(RECEIPT_LANGUAGES, 'required'),
});

/** The day that the page read from its three fields. */
export const ReceivedSchema = v.object({ received: v.pipe(v.nullable(v.string()), v.check((day) => day !== null, 'not-a-day'), v.transform((day) => day as PlainDate)) });

export const SheetNumberSchema = v.object({ sheet: ReferenceText });

export const HearingSchema = v.object({
  title: plainText({ min: 5, max: DESK_TEXT.hearing }),
  placeWords: plainText({ min: 2, max: DESK_TEXT.placeWords }),
  attended: v.pipe(v.optional(v.string(), ''), Count(100_000)),
});

export const RowSchema = v.object({
  once: idSchema<'once'>(),
  kind: v.picklist(HEARING_KINDS, 'required'),
  title: plainText({ min: 5, max: DESK_TEXT.title }),
  text: v.optional(plainText({ min: 0, max: DESK_TEXT.row }), ''),
  placeWords: optionalText(DESK_TEXT.placeWords),
  speakers: v.pipe(v.optional(v.string(), ''), Count(100_000)),
});
export type RowInput = v.InferOutput<typeof RowSchema>;
