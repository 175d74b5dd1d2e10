import * as v from 'valibot';
import { foldDigits } from '#kernel/digits.ts';
import { idSchema } from '#kernel/ids.ts';
import { plainText } from '#kernel/text-limits.ts';
import { CHANNELS, PAUSES, RHYTHMS, TOPICS } from './model.ts';

export const RhythmSchema = v.object({ rhythm: v.picklist(RHYTHMS, 'required'), channel: v.optional(v.picklist(CHANNELS, 'required')) });
export const PauseSchema = v.object({ days: v.picklist(PAUSES, 'required') });
const Hour = v.pipe(v.string('required'), v.maxLength(10, 'invalid'), v.transform((text) => foldDigits(text).trim()), v.regex(/^(?:\d|1\d|2[0-3])$/, 'invalid'), v.transform(Number));
export const QuietSchema = v.pipe(
  v.object({ from: Hour, to: Hour, urgent: v.optional(v.string(), '') }),
  v.transform(({ from, to, urgent }) => ({ from, to, urgentPasses: urgent === 'yes' })),
);
/** One failed notice, or all of them. */
export const RetrySchema = v.object({ id: v.optional(v.nullable(idSchema<'notice'>()), null) });

export const TopicSchema = v.object({ kind: v.picklist(TOPICS, 'invalid'), code: v.pipe(v.string('required'), v.trim(), v.regex(/^[\w.-]{1,64}$/, 'invalid')) });
/** A topic, or none of it: then it is about what is followed already. */
export const AskSchema = v.object({
  contact: plainText({ min: 3, max: 254 }), rhythm: v.optional(v.picklist(['each', 'daily', 'weekly'], 'required'), 'daily'),
  kind: v.optional(v.union([v.literal(''), v.picklist(TOPICS)], 'invalid'), ''), code: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{0,64}$/, 'invalid')), ''),
});
export const OptInSchema = v.object({
  r: idSchema<'opt-in'>(),
  code: v.pipe(v.string('required'), v.maxLength(40, 'wrong-code'), v.transform((text) => foldDigits(text).replace(/[\s-]/g, '')), v.regex(/^\d{6}$/, 'wrong-code')),
});

export const DropSchema = v.object({ drop: idSchema<'subscription'>() });

/** Braces are read further in; control characters and the like are gone here already. */
export const TextsSchema = v.object({ subject: plainText({ min: 1, max: 160 }), body: plainText({ min: 1, max: 1_500, lines: true }), sms: plainText({ min: 1, max: 480 }) });
