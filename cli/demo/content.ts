/** What `demo.json` of a profile holds; profiles/README.md says what each field means. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { RULES } from '#features/comments/model.ts';
import { CHANNELS, KINDS, OUTCOMES } from '#features/intake/model.ts';
import { KINDS as ORGANISATION_KINDS } from '#features/organisations/model.ts';
import { GRANTED_ROLES } from '#features/people/model.ts';

const Days = v.pipe(v.number(), v.integer());
const Names = v.object({ ar: v.string(), en: v.string(), ku: v.string() });
const Told = v.object({ daysAgo: Days, text: v.string() });

const Promised = v.object({
  what: v.string(), dueInDays: Days, state: v.picklist(['open', 'late', 'done', 'confirmed', 'not-confirmed', 'disputed', 'broken']),
  slips: v.optional(v.array(v.object({ days: Days, reason: v.string(), daysAgo: Days })), []), progress: v.optional(v.array(Told), []),
  evidence: v.optional(v.string(), ''), doneDaysAgo: v.optional(Days), brokenDaysAgo: v.optional(Days), reason: v.optional(v.string(), ''),
  confirmations: v.optional(v.object({ yes: Days, partly: Days, no: Days }), { yes: 0, partly: 0, no: 0 }),
});
const Words = { outcome: v.picklist(OUTCOMES), summary: v.string(), reason: v.string(), referredTo: v.optional(v.string(), '') };

const Entry = v.object({
  key: v.string(), kind: v.picklist(KINDS), language: v.picklist(['ar', 'en', 'ku']), title: v.string(), text: v.string(), place: v.string(), sectors: v.array(v.string()),
  served: v.object({ who: v.string(), count: v.optional(v.number()) }), daysAgo: Days, channel: v.picklist(CHANNELS),
  state: v.picklist(['received', 'returned', 'published', 'confidential', 'assigned', 'under-study', 'answered', 'in-delivery', 'delivered', 'confirmed', 'not-confirmed', 'disputed', 'closed', 'joined', 'withdrawn']),
  supports: Days, body: v.nullable(v.string()), answer: v.optional(v.object({ daysAgo: Days, ...Words })), commitments: v.optional(v.array(Promised), []),
  draft: v.optional(v.object({ ...Words, sent: v.boolean(), promises: v.optional(v.array(v.object({ what: v.string(), dueInDays: Days })), []) })),
  extension: v.optional(v.object({ daysAgo: Days, reason: v.string() })), merges: v.optional(v.string()), question: v.optional(v.object({ text: v.string(), reply: v.optional(v.string()) })),
});

/** The file says `registrar` where the product says `registry`. */
const Role = v.pipe(v.string(), v.transform((role) => (role === 'registrar' ? 'registry' : role)), v.picklist([...GRANTED_ROLES, 'member', 'resident']));
const Person = v.object({ key: v.string(), role: Role, body: v.nullable(v.string()), displayName: Names });
const Lines = v.optional(v.array(v.string()), []);
const Organisation = v.object({
  name: Names, kind: v.picklist(ORGANISATION_KINDS), about: v.string(), sectors: v.array(v.string()), places: v.array(v.string()), services: Lines, expertise: Lines, staff: v.optional(v.nullable(Days), null), volunteers: v.optional(v.nullable(Days), null),
  answerDays: v.optional(v.nullable(Days), null), licence: v.optional(v.string(), ''), standing: v.picklist(['listed', 'submitted', 'proposed', 'verified']), helps: v.optional(v.string()),
  activities: v.optional(v.array(v.object({ sector: v.string(), place: v.string(), what: v.string(), targeted: v.optional(Days) })), []),
});
const Said = v.object({ by: v.picklist(['resident', 'visitor', 'officer', 'head']), daysAgo: Days, text: v.string() });
const Comment = v.object({
  ...Said.entries, entry: v.string(), language: v.picklist(['ar', 'en', 'ku']), replies: v.optional(v.array(Said), []), reported: v.optional(v.picklist(RULES)),
  removed: v.optional(v.object({ rule: v.picklist(RULES), reason: v.string() })),
});
const Content = v.object({ entries: v.array(Entry), comments: v.optional(v.array(Comment), []), people: v.array(Person), organisations: v.optional(v.array(Organisation), []), site: v.object({ runBy: Names, privacy: Names, rules: Names }) });

export type DemoContent = v.InferOutput<typeof Content>;
export type DemoComment = v.InferOutput<typeof Comment>;
export type DemoOrganisation = v.InferOutput<typeof Organisation>;
export type DemoEntry = v.InferOutput<typeof Entry>;
export type DemoPromise = v.InferOutput<typeof Promised>;

/** Null where a profile has no demonstration. */
export function readDemo(folder: string): DemoContent | null {
  const path = join(folder, 'demo.json');
  if (!existsSync(path)) return null;
  const parsed = v.safeParse(Content, JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${v.getDotPath(parsed.issues[0])} ${parsed.issues[0].message}`);
  return parsed.output;
}
