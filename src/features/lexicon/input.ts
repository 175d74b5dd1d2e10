/** Words of a group as people type them: on lines, or between commas. Codes, not sentences. */
import * as v from 'valibot';
import { tokens } from '#engines/text/index.ts';
import { plainText } from '#kernel/text-limits.ts';

export const MOST_WORDS = 40;
export const LONGEST_WORD = 40;
export const MOST_GROUPS = 2_000;
const BETWEEN = /[\n,،;؛|]+/;

const Words = v.pipe(
  plainText({ min: 1, max: MOST_WORDS * (LONGEST_WORD + 2), lines: true }),
  v.transform((text) => [...new Map(text.split(BETWEEN).map((word) => word.trim()).filter((word) => word !== '').map((word) => [tokens(word).join(' '), word] as const)).values()]),
  v.check((words) => words.every((word) => tokens(word).length === 1), 'one-word-each'),
  v.check((words) => words.every((word) => word.length <= LONGEST_WORD), 'word-too-long'),
  v.check((words) => words.length >= 2, 'too-few'),
  v.check((words) => words.length <= MOST_WORDS, 'too-many'),
);

export const GroupSchema = v.object({ words: Words });
export const GroupIdSchema = v.pipe(v.string('invalid'), v.uuid('invalid'));
export const SeenSchema = v.object({ seen: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/, 'invalid')), '') });
