/** What may come in about an organisation. Codes, not sentences. */
import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { foldDigits } from '#kernel/digits.ts';
import { cleanText, codePoints, plainText } from '#kernel/text-limits.ts';
import { ACTIVITY_STATES, CONTACT_KINDS, DECISIONS, DOCUMENT_KINDS, KINDS, MEMBER_ROLES, STANDINGS } from './model.ts';

export const LIMITS = { name: 160, about: 2_000, line: 120, lines: 20, licenceNumber: 60, licenceBy: 160, contact: 254, reason: 1_000, what: 200, member: 120, places: 60 } as const;

const optional = (max: number, lines = false) => v.optional(plainText({ min: 0, max, lines }), '');
export const CodeText = v.pipe(v.string('invalid'), v.regex(/^[A-Za-z0-9.]{0,20}$/, 'invalid'), v.toUpperCase());

/** One thing a line; empty lines and repetitions are nothing. */
export const Lines = v.pipe(
  v.optional(v.string('invalid'), ''), v.maxLength(20_000, 'too-long'),
  v.transform((text) => [...new Set(cleanText(text, true).split('\n').map((line) => cleanText(line, false)).filter((line) => line !== ''))]),
  v.check((lines) => lines.length <= LIMITS.lines, 'too-many'), v.check((lines) => lines.every((line) => codePoints(line) <= LIMITS.line), 'too-long'),
);

/** A whole number in any digits, or nothing. */
export const count = (max: number) => v.pipe(v.optional(v.string('invalid'), ''), v.maxLength(40, 'not-a-number'), v.transform((text) => foldDigits(text).replace(/[\s.,٬،]/g, '')), v.regex(/^\d{0,12}$/, 'not-a-number'),
  v.transform((digits) => (digits === '' ? null : Number(digits))), v.check((number) => number === null || number <= max, 'not-a-number'));

const yes = v.pipe(v.optional(v.string(), ''), v.transform((text) => text === 'yes'));

export const AboutSchema = v.pipe(
  v.object({ kind: v.picklist(KINDS, 'required'), 'name-ar': plainText({ min: 3, max: LIMITS.name }), 'name-en': optional(LIMITS.name), 'name-ku': optional(LIMITS.name), about: optional(LIMITS.about, true), consent: yes }),
  v.transform((it) => ({ kind: it.kind, names: { ar: it['name-ar'], en: it['name-en'], ku: it['name-ku'] }, about: it.about, consented: it.consent })),
);

/** Filters of the public list: anything that is not understood counts as no filter. */
export const OrganisationListSchema = v.object({
  q: v.optional(v.fallback(plainText({ min: 0, max: 100 }), ''), ''),
  kind: v.optional(v.fallback(v.nullable(v.picklist(KINDS)), null), null),
  sector: v.optional(v.fallback(CodeText, ''), ''), place: v.optional(v.fallback(CodeText, ''), ''),
  standing: v.optional(v.fallback(v.nullable(v.picklist(STANDINGS)), null), null),
  after: v.optional(v.fallback(v.pipe(v.string(), v.maxLength(1024)), ''), ''),
});
export type OrganisationListFilter = v.InferOutput<typeof OrganisationListSchema>;

const reason = plainText({ min: 5, max: LIMITS.reason, lines: true });
const Digits = (text: string) => foldDigits(text).trim();

/** What it does and where: boxes for districts, lines for places inside them. */
export const WorkSchema = v.object({
  sectors: v.optional(v.pipe(v.array(CodeText), v.maxLength(40, 'too-many')), []), districts: v.optional(v.pipe(v.array(CodeText), v.maxLength(60, 'too-many')), []),
  places: v.optional(v.pipe(v.string('invalid'), v.maxLength(6_000, 'too-long'), v.transform((text) => [...new Set(cleanText(text, true).split('\n').map((line) => cleanText(line, false)).filter((line) => line !== ''))]), v.maxLength(LIMITS.places, 'too-many')), ''),
  services: Lines,
});
export const SkillsSchema = v.pipe(v.object({ expertise: Lines, staff: count(1_000_000), volunteers: count(1_000_000), answerDays: v.pipe(count(60), v.check((days) => days !== 0, 'not-a-number')) }));
export const LicenceSchema = v.object({ 'licence-number': optional(LIMITS.licenceNumber), 'licence-by': optional(LIMITS.licenceBy) });

const PHONE = /^[+\d][\d\s()-]{5,24}$/;
const MAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/;
/** A way to reach it; each kind in its own shape, so that a link made of it leads where it says. */
export const ContactSchema = v.pipe(
  v.object({ kind: v.picklist(CONTACT_KINDS, 'required'), value: plainText({ min: 1, max: LIMITS.contact }), public: yes }),
  v.transform((it) => ({ ...it, value: it.kind === 'phone' ? Digits(it.value) : it.value })),
  v.forward(v.check((it) => it.kind !== 'phone' || PHONE.test(it.value), 'not-a-phone'), ['value']), v.forward(v.check((it) => it.kind !== 'mail' || MAIL.test(it.value), 'not-a-mail'), ['value']),
  v.forward(v.check((it) => it.kind !== 'web' || isWeb(it.value), 'not-a-web'), ['value']),
);
export type ContactInput = v.InferOutput<typeof ContactSchema>;
const isWeb = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

export const DocumentSchema = v.object({ kind: v.picklist(DOCUMENT_KINDS, 'required'), public: yes });
export const ShownSchema = v.object({ id: idSchema<'document'>(), public: yes });
export const IdSchema = v.object({ id: idSchema<'thing'>() });
const Roles = v.pipe(v.array(v.picklist(MEMBER_ROLES, 'invalid')), v.transform((roles) => [...new Set(roles)]));
export const InviteSchema = v.object({ name: plainText({ min: 2, max: LIMITS.member }), roles: v.pipe(Roles, v.minLength(1, 'required')) });
export const MemberSchema = v.object({ person: idSchema<'person'>(), roles: Roles });
export const PersonSchema = v.object({ person: idSchema<'person'>() });
export const ReasonSchema = v.object({ reason });
export const ProposalSchema = v.object({ kind: v.picklist(DECISIONS, 'required'), reason });
export const DecideSchema = v.object({ id: idSchema<'decision'>(), outcome: v.picklist(['confirmed', 'declined', 'withdrawn'], 'invalid') });
export const ActivitySchema = v.object({
  sector: v.pipe(CodeText, v.minLength(1, 'required')), place: v.pipe(plainText({ min: 1, max: 160 })), coarse: yes, what: plainText({ min: 3, max: LIMITS.what }), state: v.picklist(ACTIVITY_STATES, 'required'),
  targeted: count(100_000_000), reached: count(100_000_000),
});
export const PartnerSchema = v.object({ organisation: plainText({ min: 1, max: 60 }) });
/** What help is looked for; what is not understood is left out. */
export const MatchSchema = v.object({
  sector: v.optional(v.fallback(CodeText, ''), ''), place: v.optional(v.fallback(CodeText, ''), ''), words: v.optional(v.fallback(plainText({ min: 0, max: 200 }), ''), ''), number: v.optional(v.fallback(plainText({ min: 0, max: 60 }), ''), ''),
});
