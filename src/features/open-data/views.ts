/** What goes out to programs: closed schemas, with the words that the description of the API shows. */
import * as v from 'valibot';

const Names = v.pipe(v.strictObject({ ar: v.string(), en: v.string(), ku: v.string() }), v.description('a name in Arabic, English and Kurdish (Kurmanji, Latin letters)'));
const Named = v.strictObject({ code: v.string(), names: Names });
const Day = v.pipe(v.string(), v.isoDate());
const Moment = v.pipe(v.string(), v.isoTimestamp());
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const Url = v.pipe(v.string(), v.url());
const Number = v.pipe(v.string(), v.regex(/^[A-Z]{2,5}-[0-9]+-[0-9]{2}$/), v.description('the public number; its last two digits are check digits (ISO 7064 MOD 97-10)'));

export const EntryLineSchema = v.strictObject({
  number: Number,
  externalId: v.pipe(v.nullable(v.string()), v.description('its id where it was imported from')),
  kind: v.picklist(['need', 'proposal', 'initiative', 'question']),
  title: v.string(),
  summary: v.pipe(v.string(), v.description('the first words of the text')),
  sectors: v.array(v.string()),
  place: v.nullable(Named),
  placeWords: v.pipe(v.string(), v.description('the place in the words of whoever wrote')),
  state: v.picklist(['returned', 'open', 'assigned', 'study', 'answered', 'delivery', 'delivered', 'confirmed', 'unconfirmed', 'disputed', 'closed', 'joined', 'withdrawn', 'elsewhere']),
  outcome: v.nullable(v.picklist(['accepted', 'partly', 'planned', 'declined', 'referred'])),
  body: v.nullable(Named),
  submittedAt: v.pipe(Day, v.description('to the day, so that a moment does not give a person away')),
  answerDue: v.pipe(v.nullable(Day), v.description('null while a question waits for whoever wrote')),
  answeredAt: v.nullable(Moment),
  overdue: v.boolean(),
  supports: Whole,
  url: Url,
});
export type ApiEntryLine = v.InferOutput<typeof EntryLineSchema>;

export const CommitmentLineSchema = v.strictObject({
  number: Number,
  what: v.string(),
  who: v.pipe(v.string(), v.description('the department or workshop of the body that carries it out, never a person')),
  body: Named,
  state: v.picklist(['open', 'done', 'confirmed', 'unconfirmed', 'disputed', 'broken']),
  late: v.pipe(v.boolean(), v.description('not done, and its date has passed; computed, never stored')),
  firstDue: Day,
  due: Day,
  slips: v.pipe(Whole, v.description('how many times its date was moved')),
  doneAt: v.nullable(Moment),
  url: Url,
});
export type ApiCommitmentLine = v.InferOutput<typeof CommitmentLineSchema>;

const Answer = v.strictObject({
  outcome: v.picklist(['accepted', 'partly', 'planned', 'declined', 'referred']), summary: v.string(), reason: v.string(), body: Named, referredTo: v.nullable(Named),
  publishedAt: v.nullable(Moment), corrected: v.pipe(v.boolean(), v.description('a newer text stands beside it')),
});

const Act = v.strictObject({
  act: v.pipe(v.string(), v.description('what happened, as `entry.published`')),
  at: v.pipe(v.union([Moment, Day]), v.description('to the minute; what residents did, to the day')),
  role: v.string(), body: v.nullable(v.string()),
  recordIndex: v.pipe(v.nullable(Whole), v.description('its line in the public record; null until it is written there')),
});

export const EntrySchema = v.strictObject({
  ...EntryLineSchema.entries,
  text: v.string(), language: v.string(), served: v.string(),
  servedCount: v.pipe(v.nullable(Whole), v.description('null when unknown or fewer than the installation publishes')),
  submitterName: v.pipe(v.nullable(v.string()), v.description('only where the sender asked for it')),
  channel: v.string(), extensionReason: v.nullable(v.string()), joinedInto: v.nullable(Number), joinedFrom: v.array(Number), source: v.nullable(v.string()),
  answers: v.array(Answer), commitments: v.array(CommitmentLineSchema), comments: v.strictObject({ count: Whole, url: Url }), history: v.array(Act),
});
export type ApiEntry = v.InferOutput<typeof EntrySchema>;

export const CommentSchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  parent: v.pipe(v.nullable(v.pipe(v.string(), v.uuid())), v.description('the comment that began the conversation')),
  state: v.picklist(['published', 'removed', 'withdrawn']),
  text: v.pipe(v.string(), v.description('empty when it was removed or withdrawn; who wrote it is nowhere')),
  language: v.string(), at: v.pipe(Day, v.description('to the day')), changed: v.boolean(),
  official: v.pipe(v.nullable(v.strictObject({ role: v.picklist(['officer', 'head', 'coordinator']), body: v.nullable(Named) })), v.description('who speaks for a public body, and in which role')),
  rule: v.pipe(v.nullable(v.picklist(['private', 'threat', 'hatred', 'insult', 'spam', 'elsewhere'])), v.description('the rule on which a moderator removed it')),
  reason: v.string(), source: v.nullable(v.string()), url: Url,
});
export type ApiComment = v.InferOutput<typeof CommentSchema>;

export const CommitmentSchema = v.strictObject({
  ...CommitmentLineSchema.entries,
  openedAt: Moment, brokenReason: v.nullable(v.string()),
  source: v.pipe(v.picklist(['answer', 'decision', 'obligation', 'milestone', 'policy', 'roadmap']), v.description('what it was promised in')),
  entry: v.pipe(v.nullable(Number), v.description('the public entry that it answers')),
  moves: v.array(v.strictObject({ from: Day, to: Day, reason: v.string(), at: Moment })),
  updates: v.array(v.strictObject({ kind: v.picklist(['progress', 'evidence']), text: v.string(), at: Moment })),
  voices: v.pipe(v.array(v.strictObject({ round: Whole, yes: Whole, partly: Whole, no: Whole })), v.description('what residents said, each time they were asked')),
});
export type ApiCommitment = v.InferOutput<typeof CommitmentSchema>;

export const BodyLineSchema = v.strictObject({ code: v.string(), kind: v.string(), names: Names, sectors: v.array(v.string()), phone: v.string(), active: v.boolean(), url: Url });
export type ApiBodyLine = v.InferOutput<typeof BodyLineSchema>;

export const BodySchema = v.strictObject({
  ...BodyLineSchema.entries,
  countedAt: Moment, since: v.nullable(Day),
  answers: v.pipe(v.strictObject({ answered: Whole, onTime: Whole, referred: Whole, medianWorkingDays: v.nullable(v.number()), waiting: Whole, lateNow: Whole }), v.description('of public entries only; complaints are in no figure')),
  commitments: v.strictObject({
    total: Whole, keptOnFirstDate: Whole, keptOnLaterDate: Whole, moves: Whole, keptLate: Whole, lateNow: Whole, disputed: Whole, broken: Whole, confirmed: Whole, unconfirmed: Whole, openInTime: Whole,
  }),
});
export type ApiBody = v.InferOutput<typeof BodySchema>;

export const OrganisationLineSchema = v.strictObject({
  number: Number,
  kind: v.picklist(['association', 'cultural', 'union', 'committee', 'university', 'company', 'donor', 'international', 'figure']),
  names: Names,
  standing: v.pipe(v.picklist(['verified', 'listed', 'expired', 'suspended']), v.description('listed: in the directory, papers not read yet; expired is computed from the two dates')),
  verifiedUntil: v.nullable(Day), about: v.string(), sectors: v.array(v.string()), places: v.array(Named), services: v.array(v.string()), expertise: v.array(v.string()),
  staff: v.nullable(Whole), volunteers: v.nullable(Whole), answerDays: v.pipe(v.nullable(Whole), v.description('working days within which it promises to answer')),
  licence: v.strictObject({ number: v.string(), by: v.string(), until: v.nullable(Day) }),
  contacts: v.pipe(v.array(v.strictObject({ kind: v.picklist(['phone', 'mail', 'web', 'address']), value: v.string() })), v.description('those that it chose to be public')),
  url: Url,
});
export type ApiOrganisationLine = v.InferOutput<typeof OrganisationLineSchema>;

export const OrganisationSchema = v.strictObject({
  ...OrganisationLineSchema.entries,
  activities: v.pipe(v.array(v.strictObject({
    sector: v.string(), place: v.pipe(Named, v.description('the district, where the organisation hides the exact place')), what: v.string(), state: v.picklist(['planned', 'ongoing', 'done']), starts: v.nullable(Day), ends: v.nullable(Day),
    targeted: v.pipe(v.nullable(Whole), v.description('people; null when not said or fewer than the installation publishes')), reached: v.nullable(Whole), confirmedOn: v.pipe(Day, v.description('when the organisation last said so')),
  })), v.description('who does what where')),
  record: v.pipe(v.strictObject({ total: Whole, judged: Whole, keptFirst: Whole, keptLater: Whole, keptLate: Whole, late: Whole, disputed: Whole, broken: Whole, confirmed: Whole, open: Whole }), v.description('of the commitments in which it has a part')),
  commitments: v.array(CommitmentLineSchema),
});
export type ApiOrganisation = v.InferOutput<typeof OrganisationSchema>;

export const ActivitySchema = v.strictObject({
  organisation: v.strictObject({ number: Number, names: Names, kind: v.nullable(OrganisationLineSchema.entries.kind) }), sector: v.string(), what: v.string(), state: v.picklist(['planned', 'ongoing', 'done']),
  place: v.pipe(Named, v.description('the district, where the organisation hides the exact place')), district: v.nullable(Named), starts: v.nullable(Day), ends: v.nullable(Day),
  targeted: v.pipe(v.nullable(Whole), v.description('people; null when not said or fewer than the installation publishes')), reached: v.nullable(Whole), confirmedOn: v.pipe(Day, v.description('when the organisation last said so')), url: Url,
});
export type ApiActivity = v.InferOutput<typeof ActivitySchema>;

export const PlaceSchema = v.strictObject({ code: v.pipe(v.string(), v.description('P-code')), level: v.picklist(['governorate', 'district', 'subdistrict', 'neighbourhood', 'community']), names: Names, parent: v.nullable(v.string()) });
export type ApiPlace = v.InferOutput<typeof PlaceSchema>;
export const SectorSchema = v.strictObject({ code: v.string(), names: Names, parent: v.nullable(v.string()) });
export type ApiSector = v.InferOutput<typeof SectorSchema>;

/** A map, RFC 7946; what its properties are, the list of the set says. */
export const FeaturesSchema = v.strictObject({
  type: v.literal('FeatureCollection'),
  features: v.array(v.strictObject({ type: v.literal('Feature'), geometry: v.looseObject({ type: v.picklist(['Point', 'Polygon', 'MultiPolygon']), coordinates: v.array(v.unknown()) }), properties: v.looseObject({}) })),
});

export const ProblemSchema = v.strictObject({
  type: v.string(), title: v.string(), status: v.number(), code: v.string(),
  errors: v.optional(v.array(v.strictObject({ parameter: v.string(), code: v.string() }))),
});

/** One page of a list: `next` is the address of the page that follows. */
export const pageOf = <S extends v.GenericSchema>(item: S) => v.strictObject({
  items: v.array(item), next: v.nullable(Url),
  total: v.optional(v.strictObject({ count: Whole, more: v.pipe(v.boolean(), v.description('counting stopped at `count`')) })),
});
