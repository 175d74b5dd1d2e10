/** What may come in about comments. Codes, not sentences. */
import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { plainText } from '#kernel/text-limits.ts';
import { RULES } from './model.ts';

export const COMMENT_LIMITS_OF_TEXT = { text: 2_000, reason: 500, words: 500, objection: 1_500 } as const;
const LIMIT = COMMENT_LIMITS_OF_TEXT;

const Text = plainText({ min: 2, max: LIMIT.text, lines: true });
const Key = v.optional(v.pipe(v.string(), v.maxLength(60, 'invalid')), '');
const Yes = v.optional(v.pipe(v.string(), v.transform((value) => value === 'yes')), '');

export const CommentIdSchema = idSchema<'comment'>();

export const SaySchema = v.object({
  text: Text,
  parent: v.optional(v.union([v.literal(''), idSchema<'comment'>()], 'invalid'), ''),
  as: v.optional(v.fallback(v.picklist(['official', 'resident']), 'resident'), 'resident'),
  /** the sender knows that it looks like a private number, and lets a moderator look */
  sure: Yes,
  /** seen by programs only */
  website: v.optional(v.pipe(v.string(), v.maxLength(2_000)), ''),
  form: v.pipe(v.string('reload'), v.maxLength(120, 'reload')),
  proof: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
});
export type SayInput = v.InferOutput<typeof SaySchema>;

export const ChangeSchema = v.object({ text: Text, sure: Yes, key: Key });
export const OwnSchema = v.object({ key: Key });
export const ReportSchema = v.object({ rule: v.picklist(RULES, 'required'), words: v.optional(plainText({ min: 0, max: LIMIT.words, lines: true }), '') });
export const ObjectSchema = v.object({ text: plainText({ min: 10, max: LIMIT.objection, lines: true }), key: Key });

export const DecideSchema = v.pipe(
  v.object({
    decision: v.picklist(['keep', 'remove'], 'required'),
    rule: v.optional(v.nullable(v.picklist(RULES, 'required')), null),
    reason: v.optional(plainText({ min: 0, max: LIMIT.reason }), ''),
  }),
  v.forward(v.check((it) => it.decision === 'keep' || it.rule !== null, 'required'), ['rule']),
  v.forward(v.check((it) => it.decision === 'keep' || it.reason.length >= 10, 'too-short'), ['reason']),
);
export const ObjectionSchema = v.object({ outcome: v.picklist(['upheld', 'reversed'], 'required'), reason: plainText({ min: 10, max: LIMIT.reason }) });

export const CommentsPageSchema = v.object({ after: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(200)), ''), '') });
