/** What staff may send about an entry. Codes, not sentences. */
import * as v from 'valibot';
import { plainText } from '#kernel/text-limits.ts';
import { LIMITS } from './input.ts';

export const WORK_LIMITS = { question: 1_500, reason: 600 } as const;

const Code = v.pipe(v.string('required'), v.trim(), v.regex(/^[A-Za-z0-9.]{0,20}$/, 'invalid'), v.toUpperCase());
const BodyCode = v.pipe(v.string('required'), v.trim(), v.regex(/^[a-z0-9-]{0,60}$/, 'invalid'));

export const VISIBILITIES = ['public', 'confidential'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const ClassifySchema = v.object({
  sectors: v.optional(v.pipe(v.array(Code), v.maxLength(LIMITS.sectors, 'too-many')), []),
  place: v.optional(Code, ''),
});

/** An empty body leaves it with triage. `visibility` is asked for once, while it is only received. */
export const TriageSchema = v.object({
  ...ClassifySchema.entries,
  visibility: v.optional(v.nullable(v.picklist(VISIBILITIES, 'required')), null),
  body: v.optional(BodyCode, ''),
});
export type TriageInput = v.InferOutput<typeof TriageSchema>;

export const AskSchema = v.object({ question: plainText({ min: 10, max: WORK_LIMITS.question, lines: true }) });
export const ExtendSchema = v.object({ reason: plainText({ min: 15, max: WORK_LIMITS.reason }) });
export const JoinSchema = v.object({ into: v.pipe(v.string('required'), v.trim(), v.minLength(1, 'required'), v.maxLength(64, 'invalid')) });

export const QUEUE_TABS = ['all', 'late', 'today', 'new', 'waiting'] as const;
export type QueueTab = (typeof QUEUE_TABS)[number];
export const QueueSchema = v.object({
  tab: v.optional(v.fallback(v.picklist(QUEUE_TABS), 'all'), 'all'),
  after: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(400)), ''), ''),
});
export type QueueFilter = v.InferOutput<typeof QueueSchema>;
