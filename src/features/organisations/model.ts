/** Organisations of the community: associations, cultural bodies, unions, donors, public figures. */
import type { Id, PersonId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Names } from '../places/model.ts';

export type OrganisationId = Id<'organisation'>;
export type DecisionId = Id<'decision'>;

export const KINDS = ['association', 'cultural', 'union', 'committee', 'university', 'company', 'donor', 'international', 'figure'] as const;
export type OrganisationKind = (typeof KINDS)[number];
/** These exist without a licence: a person, and people of one neighbourhood. */
const WITHOUT_LICENCE: readonly OrganisationKind[] = ['committee', 'figure'];
export const needsLicence = (kind: OrganisationKind | null): boolean => kind === null || !WITHOUT_LICENCE.includes(kind);

export const STATES = ['draft', 'submitted', 'returned', 'refused', 'listed', 'verified', 'suspended'] as const;
export type OrganisationState = (typeof STATES)[number];
/** What everybody may find. */
export const PUBLIC_STATES = ['listed', 'verified', 'suspended'] as const satisfies readonly OrganisationState[];
export const isPublic = (state: OrganisationState): boolean => (PUBLIC_STATES as readonly string[]).includes(state);
/** How its standing is said: what has run out is computed. */
export const STANDINGS = ['verified', 'listed', 'expired', 'suspended'] as const;
export type Standing = (typeof STANDINGS)[number];

export const MEMBER_ROLES = ['owner', 'editor', 'signatory'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const CONTACT_KINDS = ['phone', 'mail', 'web', 'address'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
export type Contact = { id: string; kind: ContactKind; value: string; public: boolean };

export const DOCUMENT_KINDS = ['licence', 'statute', 'board', 'signatories', 'accounts', 'safeguarding', 'other'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const ACTIVITY_STATES = ['planned', 'ongoing', 'done'] as const;
export type ActivityState = (typeof ACTIVITY_STATES)[number];
export type Activity = {
  sector: string; place: string; /** only its district is told */ coarse: boolean; what: string; state: ActivityState;
  starts: PlainDate | null; ends: PlainDate | null; targeted: number | null; reached: number | null;
};

/** What an organisation says about itself. */
export type Profile = {
  kind: OrganisationKind | null; names: Names; about: string; sectors: readonly string[]; places: readonly string[]; services: readonly string[]; expertise: readonly string[];
  staff: number | null; volunteers: number | null; answerDays: number | null;
  licence: { number: string; by: string; until: PlainDate | null };
  consented: boolean;
};

export type Organisation = Profile & {
  id: OrganisationId; number: string; state: OrganisationState; verifiedUntil: PlainDate | null; reason: string; objection: string; renewal: boolean; version: number;
};

export const DECISIONS = ['verify', 'refuse', 'suspend', 'reinstate', 'renew', 'uphold'] as const;
export type DecisionKind = (typeof DECISIONS)[number];
/** These hold until a day. */
export const hasEnd = (kind: DecisionKind): boolean => kind === 'verify' || kind === 'renew' || kind === 'reinstate';
export type Decision = { id: DecisionId; organisation: OrganisationId; kind: DecisionKind; reason: string; until: PlainDate | null; proposedBy: PersonId; open: boolean };

/** The pages on which an organisation is described, in their order; `people` may wait. */
export const TASKS = ['about', 'work', 'skills', 'licence', 'contacts', 'documents', 'people'] as const;
export type Task = (typeof TASKS)[number];

export const MOST = { contacts: 8, documents: 12, members: 40, invitations: 20, activities: 200, drafts: 3 } as const;
export const INVITATION_DAYS = 7;

const PARTED = /[;؛|\n\\]/g;
/** Several things in one cell, parted by semicolons; a sign that would part them stands behind a backslash. */
export const joinCell = (parts: readonly string[]): string => parts.map((part) => part.replace(PARTED, '\\$&')).join(';');
export const splitCell = (text: string): string[] => (text.match(/(?:\\[\s\S]|[^;؛|\n\\]|\\$)+/g) ?? []).map((part) => part.replace(/\\([;؛|\n\\])/g, '$1'));

/** A row as text; lists are joined by semicolons. */
export const FIELDS = [
  'number', 'name_ar', 'name_en', 'name_ku', 'kind', 'about', 'sectors', 'places', 'services', 'expertise', 'staff', 'volunteers', 'answer_days', 'licence_number', 'licence_by', 'licence_until',
  'phone', 'mail', 'web', 'address', 'standing', 'verified_until', 'url',
] as const;
export type FieldKey = (typeof FIELDS)[number];
/** The columns of the table, with their headings in Arabic and English and their HXL tags. */
export type Heading = { key: FieldKey; ar: string; en: string; hxl: string };

export const HEADINGS: readonly Heading[] = [
  { key: 'number', ar: 'الرقم', en: 'Number', hxl: '#org+code' }, { key: 'name_ar', ar: 'الاسم بالعربية', en: 'Name in Arabic', hxl: '#org+name+ar' },
  { key: 'name_en', ar: 'الاسم بالإنكليزية', en: 'Name in English', hxl: '#org+name+en' }, { key: 'name_ku', ar: 'الاسم بالكردية', en: 'Name in Kurdish', hxl: '#org+name+ku' },
  { key: 'kind', ar: 'النوع', en: 'Kind', hxl: '#org+type' }, { key: 'about', ar: 'نبذة', en: 'About', hxl: '#org+description' },
  { key: 'sectors', ar: 'المجالات', en: 'Sectors', hxl: '#sector+code+list' }, { key: 'places', ar: 'الأماكن', en: 'Places', hxl: '#loc+code+list' },
  { key: 'services', ar: 'الخدمات', en: 'Services', hxl: '#service+list' }, { key: 'expertise', ar: 'الخبرات', en: 'Expertise', hxl: '#capacity+list' },
  { key: 'staff', ar: 'العاملون', en: 'Staff', hxl: '#capacity+staff+num' }, { key: 'volunteers', ar: 'المتطوّعون', en: 'Volunteers', hxl: '#capacity+volunteers+num' },
  { key: 'answer_days', ar: 'أيام الردّ', en: 'Answer days', hxl: '#org+answer+num' }, { key: 'licence_number', ar: 'رقم الترخيص', en: 'Licence number', hxl: '#org+licence+code' },
  { key: 'licence_by', ar: 'جهة الترخيص', en: 'Licensed by', hxl: '#org+licence+by' }, { key: 'licence_until', ar: 'انتهاء الترخيص', en: 'Licence until', hxl: '#date+licence+end' },
  { key: 'phone', ar: 'الهاتف', en: 'Phone', hxl: '#contact+phone' }, { key: 'mail', ar: 'البريد', en: 'Mail', hxl: '#contact+email' }, { key: 'web', ar: 'الموقع', en: 'Website', hxl: '#contact+url' },
  { key: 'address', ar: 'العنوان', en: 'Address', hxl: '#contact+address' }, { key: 'standing', ar: 'التوثيق', en: 'Standing', hxl: '#status+standing' },
  { key: 'verified_until', ar: 'موثَّقة حتى', en: 'Verified until', hxl: '#date+verified+end' }, { key: 'url', ar: 'الصفحة', en: 'Page', hxl: '#meta+url' },
];
