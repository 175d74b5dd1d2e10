/** What may be asked of the API. A value that is not understood is refused: a program should hear that it is wrong. */
import * as v from 'valibot';
import { parseDate } from '#kernel/working-days.ts';
import { COMMITMENT_STATES } from '../commitments/model.ts';
import { BODY_KINDS, PERIODS } from '../directory/model.ts';
import { KINDS } from '../intake/model.ts';
import { ACTIVITY_STATES, KINDS as ORGANISATION_KINDS, STANDINGS } from '../organisations/model.ts';

const Text = (pattern: RegExp, description: string) => v.optional(v.pipe(v.string('invalid'), v.regex(pattern, 'invalid'), v.description(description)), '');
const One = <const O extends readonly string[]>(options: O, description: string) => v.optional(v.nullable(v.pipe(v.picklist(options, 'invalid'), v.description(description))), null);

const After = v.optional(v.pipe(v.string('invalid'), v.maxLength(1024, 'invalid'), v.description('the cursor of the page to show; taken from `next`')), '');
const Limit = v.optional(v.pipe(v.string('invalid'), v.regex(/^([1-9][0-9]?|100)$/, 'invalid'), v.description('how many on a page, 1 to 100')), '20');

export const API_KINDS = KINDS.filter((kind) => kind !== 'complaint') as Exclude<(typeof KINDS)[number], 'complaint'>[];
const COMMITMENT_FILTERS = [...COMMITMENT_STATES, 'late'] as const;
/** Groups of states as on the page of needs. */
export const API_STATES = ['waiting', 'late', 'answered', 'delivery', 'done', 'disputed', 'declined'] as const;

export const EntriesFilterSchema = v.object({
  q: v.optional(v.pipe(v.string('invalid'), v.maxLength(200, 'too-long'), v.description('words; Arabic is folded and stemmed, best matches first')), ''),
  kind: One(API_KINDS, 'what kind of entry'),
  state: One(API_STATES, 'waiting: no answer yet; late: its date has passed; answered: has an answer; delivery, done, disputed: where its commitments stand; declined: not accepted'),
  sector: Text(/^[A-Za-z0-9.]{0,20}$/, 'code of a sector, its parts included'),
  place: Text(/^[A-Za-z0-9]{0,20}$/, 'code of a place, what lies in it included'),
  body: Text(/^[a-z0-9-]{0,60}$/, 'code of the body that answers'),
  since: v.optional(v.nullable(v.pipe(v.string('invalid'), v.isoDate('invalid'), v.check((day) => parseDate(day) !== null, 'invalid'), v.description('submitted on this day or later'))), null),
  sort: v.optional(v.pipe(v.picklist(['newest', 'supported', 'due'], 'invalid'), v.description('the order without `q`; due: only those that wait for an answer')), 'newest'),
});
export type EntriesFilter = v.InferOutput<typeof EntriesFilterSchema>;

export const EntriesSchema = v.object({ ...EntriesFilterSchema.entries, after: After, limit: Limit });
export type EntriesQuery = v.InferOutput<typeof EntriesSchema>;

export const CommitmentsFilterSchema = v.object({
  q: v.optional(v.pipe(v.string('invalid'), v.maxLength(200, 'too-long'), v.description('words of what was promised')), ''),
  state: One(COMMITMENT_FILTERS, 'late: still to be done, and its date has passed'),
  body: Text(/^[a-z0-9-]{0,60}$/, 'code of the body that promised'),
});
export type CommitmentsFilter = v.InferOutput<typeof CommitmentsFilterSchema>;
export const CommitmentsSchema = v.object({ ...CommitmentsFilterSchema.entries, after: After, limit: Limit });
export type CommitmentsQuery = v.InferOutput<typeof CommitmentsSchema>;

export const CommentsSchema = v.object({ after: After, limit: Limit });
export type CommentsQuery = v.InferOutput<typeof CommentsSchema>;

export const BodiesSchema = v.object({ kind: One(BODY_KINDS, 'what kind of body'), sector: Text(/^[A-Za-z0-9.]{0,20}$/, 'code of a sector, its parts included') });
export type BodiesQuery = v.InferOutput<typeof BodiesSchema>;
export const BodySchema = v.object({ period: v.optional(v.pipe(v.picklist(PERIODS, 'invalid'), v.description('of what time the figures tell: this year, the last twelve months, or all')), 'months') });
export type BodyQuery = v.InferOutput<typeof BodySchema>;
export const OrganisationsFilterSchema = v.object({
  q: v.optional(v.pipe(v.string('invalid'), v.maxLength(100, 'too-long'), v.description('words of its name, description, services or expertise; best matches first')), ''),
  kind: One(ORGANISATION_KINDS, 'what kind of organisation'),
  sector: Text(/^[A-Za-z0-9.]{0,20}$/, 'code of a sector, its parts included'),
  place: Text(/^[A-Za-z0-9]{0,20}$/, 'code of a place: whoever works in it, in a part of it, or in all that it lies in'),
  standing: One(STANDINGS, 'verified: two people of the registry have read its papers; listed: nobody has yet; expired: its licence or verification has run out'),
});
export type OrganisationsFilter = v.InferOutput<typeof OrganisationsFilterSchema>;
export const OrganisationsSchema = v.object({ ...OrganisationsFilterSchema.entries, after: After, limit: Limit });
export type OrganisationsQuery = v.InferOutput<typeof OrganisationsSchema>;
export const ActivitiesFilterSchema = v.object({
  sector: Text(/^[A-Za-z0-9.]{0,20}$/, 'code of a sector, its parts included'), place: Text(/^[A-Za-z0-9]{0,20}$/, 'code of a place, what lies in it included'), state: One(ACTIVITY_STATES, 'where the activity stands'),
});
export const ActivitiesSchema = v.object({ ...ActivitiesFilterSchema.entries, after: After, limit: Limit });
export type ActivitiesQuery = v.InferOutput<typeof ActivitiesSchema>;
export const NothingSchema = v.object({});
export const PlacesSchema = v.object({
  level: One(['governorate', 'district', 'subdistrict', 'neighbourhood', 'community'], 'only places of this level'),
  within: Text(/^[A-Za-z0-9]{0,20}$/, 'only what lies in this place, at any depth'),
  after: After, limit: Limit,
});
export type PlacesQuery = v.InferOutput<typeof PlacesSchema>;

const TAGGED = { hxl: One(['yes', 'no'], 'yes: a row of HXL tags stands below the headings; for CSV and XLSX') };
const WITHOUT_SORT = { kind: EntriesFilterSchema.entries.kind, sector: EntriesFilterSchema.entries.sector, place: EntriesFilterSchema.entries.place, body: EntriesFilterSchema.entries.body };
const PLACES_FILTER = { level: PlacesSchema.entries.level, within: PlacesSchema.entries.within };
/** Whole lists as files, by the name of their set. */
export const TABLE_SCHEMAS = {
  entries: v.object({ ...EntriesFilterSchema.entries, ...TAGGED }),
  commitments: v.object({ ...CommitmentsFilterSchema.entries, ...TAGGED }),
  organisations: v.object({ ...OrganisationsFilterSchema.entries, ...TAGGED }),
  activities: v.object({ ...ActivitiesFilterSchema.entries, ...TAGGED }),
  bodies: v.object({ ...BodiesSchema.entries, ...TAGGED }),
  places: v.object({ ...PLACES_FILTER, ...TAGGED }),
  sectors: v.object({ ...TAGGED }),
} as const;
export type SetName = keyof typeof TABLE_SCHEMAS;
export type TableQuery = { [Name in SetName]: v.InferOutput<(typeof TABLE_SCHEMAS)[Name]> };

/** Which news a feed tells: of one body, place or sector, or of all. */
export const FeedSchema = v.object({ ...WITHOUT_SORT });
export type FeedQuery = v.InferOutput<typeof FeedSchema>;
