/** What may come in through the door. Codes, not sentences; the same schemas parse pages, drafts and the API. */
import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { foldDigits } from '#kernel/digits.ts';
import { plainText } from '#kernel/text-limits.ts';
import { parseDate } from '#kernel/working-days.ts';
import { KINDS } from './model.ts';

export const LIMITS = { title: 120, text: 5_000, placeWords: 200, served: 160, name: 80, contact: 254, reply: 3_000, sectors: 3 } as const;

const optionalText = (max: number) => v.optional(plainText({ min: 0, max }), '');
const Digits = v.pipe(v.string('invalid'), v.maxLength(40, 'invalid'), v.transform((text) => foldDigits(text).trim()));

export const KindSchema = v.picklist(KINDS, 'invalid');

/** Page 1: what the neighbourhood lacks. */
export const WhatSchema = v.object({
  title: plainText({ min: 5, max: LIMITS.title }),
  text: plainText({ min: 10, max: LIMITS.text, lines: true }),
});

const Code = v.pipe(v.string('invalid'), v.trim(), v.regex(/^[A-Za-z0-9.]{0,20}$/, 'invalid'), v.toUpperCase());

/** Page 2: where. A named place or words; an exact point is optional and private. */
export const WhereSchema = v.pipe(
  v.object({ place: v.optional(Code, ''), placeWords: optionalText(LIMITS.placeWords), point: v.optional(Digits, '') }),
  v.forward(v.check((it) => it.place !== '' || it.placeWords !== '', 'required'), ['place']),
  v.forward(v.check((it) => it.point === '' || readPoint(it.point) !== null, 'not-a-point'), ['point']),
);

const Names = v.object({ ar: v.string(), en: v.string(), ku: v.string() });
const FoundPlaces = v.pipe(v.string(), v.parseJson(), v.array(v.object({ code: v.string(), names: Names, within: v.nullable(Names) })));

/** The places among which the sender has to choose, as the page hands them to itself; none when somebody else wrote there. */
export function readFoundPlaces(text: string): v.InferOutput<typeof FoundPlaces> {
  const read = v.safeParse(FoundPlaces, text);
  return read.success ? read.output.slice(0, 9) : [];
}

const Count = v.pipe(Digits, v.regex(/^[\d\s.,٬،]{0,15}$/, 'not-a-number'), v.transform((text) => text.replace(/\D/g, '')),
  v.transform((digits) => (digits === '' ? null : Number(digits))),
  v.check((count) => count === null || (count >= 1 && count <= 10_000_000), 'not-a-number'));

/** Page 3: details. */
export const DetailsSchema = v.object({
  sectors: v.optional(v.pipe(v.array(Code), v.maxLength(LIMITS.sectors, 'too-many')), []),
  served: optionalText(LIMITS.served),
  servedCount: v.optional(Count, ''),
});

/** Page 4: how to answer you; all of it optional. */
export const ContactSchema = v.object({
  contact: v.optional(v.pipe(plainText({ min: 0, max: LIMITS.contact })), ''),
  name: optionalText(LIMITS.name),
  named: v.optional(v.pipe(v.string(), v.transform((value) => value === 'yes')), ''),
});

export const OnceSchema = idSchema<'once'>();

export const ReplySchema = v.object({ text: plainText({ min: 2, max: LIMITS.reply, lines: true }) });

export const ConfirmSchema = v.object({
  verdict: v.picklist(['yes', 'partly', 'no'], 'required'),
  words: v.optional(plainText({ min: 0, max: 800, lines: true }), ''),
  commitment: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(40, 'invalid')), ''),
});

/** «36.2021, 37.1343» or a pasted map link that holds such a pair; null when there is none on Earth. */
export function readPoint(text: string): { lat: number; lon: number } | null {
  const match = /(-?\d{1,2}\.\d{2,8})[^\d-]{1,6}(-?\d{1,3}\.\d{2,8})/.exec(foldDigits(text).replaceAll('٫', '.'));
  if (!match) return null;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

const LIST_STATES = ['waiting', 'late', 'answered', 'delivery', 'done', 'disputed', 'declined'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** Filters of public lists: anything that is not understood counts as no filter, so that old addresses keep working. */
export const ListSchema = v.object({
  q: v.optional(v.fallback(plainText({ min: 0, max: 200 }), ''), ''),
  kind: v.optional(v.fallback(v.nullable(v.picklist(['need', 'proposal', 'initiative', 'question'])), null), null),
  state: v.optional(v.fallback(v.nullable(v.picklist(LIST_STATES)), null), null),
  sector: v.optional(v.fallback(Code, ''), ''),
  place: v.optional(v.fallback(Code, ''), ''),
  body: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^[a-z0-9-]{0,60}$/)), ''), ''),
  since: v.optional(v.fallback(v.nullable(v.pipe(v.string(), v.check((day) => parseDate(day) !== null))), null), null),
  sort: v.optional(v.fallback(v.picklist(['newest', 'supported', 'due']), 'newest'), 'newest'),
  after: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(400)), ''), ''),
});
export type ListFilter = v.InferOutput<typeof ListSchema>;
export { LIST_STATES };
