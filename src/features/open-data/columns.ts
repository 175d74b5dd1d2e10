/** The columns of lists as files; their names are those of the API, in the manner of tables. */
import { HEADINGS, joinCell, type FieldKey } from '../organisations/model.ts';
import type { ApiActivity, ApiBodyLine, ApiCommitmentLine, ApiEntryLine, ApiOrganisationLine, ApiPlace, ApiSector } from './views.ts';

/** `tag`: what it is in HXL; `says`: the name of its explanation, where another column of this key means something else. */
type Of<Row> = { key: string; tag?: string; says?: string; of: (row: Row) => string | number | boolean | null };

/** A line with what a table has room for: all of the text, so that what was taken out can be brought in again. */
export type EntryRow = ApiEntryLine & { text: string; language: string; servedCount: number | null };
export type PlaceRow = ApiPlace & { lat: number | null; lon: number | null };

export const ENTRY_COLUMNS: readonly Of<EntryRow>[] = [
  { key: 'number', tag: '#meta+id', of: (it) => it.number },
  { key: 'kind', tag: '#activity+type', of: (it) => it.kind },
  { key: 'title', tag: '#description+title', of: (it) => it.title },
  { key: 'summary', of: (it) => it.summary },
  { key: 'sectors', tag: '#sector+code+list', of: (it) => it.sectors.join(';') },
  { key: 'place_code', tag: '#loc+code', of: (it) => it.place?.code ?? null },
  { key: 'place_ar', tag: '#loc+name+ar', of: (it) => it.place?.names.ar ?? null },
  { key: 'place_en', tag: '#loc+name+en', of: (it) => it.place?.names.en ?? null },
  { key: 'place_words', tag: '#loc+name+words', of: (it) => it.placeWords },
  { key: 'state', tag: '#status', of: (it) => it.state },
  { key: 'outcome', tag: '#status+outcome', of: (it) => it.outcome },
  { key: 'body', tag: '#org+code', of: (it) => it.body?.code ?? null },
  { key: 'submitted_at', tag: '#date+reported', of: (it) => it.submittedAt },
  { key: 'answer_due', tag: '#date+due', of: (it) => it.answerDue },
  { key: 'answered_at', tag: '#date+answered', of: (it) => it.answeredAt },
  { key: 'overdue', tag: '#status+late', of: (it) => it.overdue },
  { key: 'supports', tag: '#indicator+supports+num', of: (it) => it.supports },
  { key: 'served_count', tag: '#inneed', of: (it) => it.servedCount },
  { key: 'external_id', tag: '#meta+external', of: (it) => it.externalId },
  { key: 'url', tag: '#meta+url', of: (it) => it.url },
  { key: 'language', tag: '#meta+lang', of: (it) => it.language },
  { key: 'text', tag: '#description+text', of: (it) => it.text },
];

export const COMMITMENT_COLUMNS: readonly Of<ApiCommitmentLine>[] = [
  { key: 'number', tag: '#meta+id', of: (it) => it.number },
  { key: 'what', tag: '#activity+name', of: (it) => it.what },
  { key: 'who', tag: '#org+impl+name', of: (it) => it.who },
  { key: 'body', tag: '#org+code', of: (it) => it.body.code },
  { key: 'body_ar', tag: '#org+name+ar', of: (it) => it.body.names.ar },
  { key: 'state', tag: '#status', of: (it) => it.state },
  { key: 'late', tag: '#status+late', of: (it) => it.late },
  { key: 'first_due', tag: '#date+due+first', of: (it) => it.firstDue },
  { key: 'due', tag: '#date+due', of: (it) => it.due },
  { key: 'slips', tag: '#indicator+moves+num', of: (it) => it.slips },
  { key: 'done_at', tag: '#date+done', of: (it) => it.doneAt },
  { key: 'url', tag: '#meta+url', of: (it) => it.url },
];

export const BODY_COLUMNS: readonly Of<ApiBodyLine>[] = [
  { key: 'code', tag: '#org+code', says: 'body', of: (it) => it.code },
  { key: 'kind', tag: '#org+type', says: 'body_kind', of: (it) => it.kind },
  { key: 'name_ar', tag: '#org+name+ar', of: (it) => it.names.ar },
  { key: 'name_en', tag: '#org+name+en', of: (it) => it.names.en },
  { key: 'name_ku', tag: '#org+name+ku', of: (it) => it.names.ku },
  { key: 'sectors', tag: '#sector+code+list', of: (it) => it.sectors.join(';') },
  { key: 'phone', tag: '#contact+phone', of: (it) => it.phone },
  { key: 'url', tag: '#meta+url', of: (it) => it.url },
];

export const PLACE_COLUMNS: readonly Of<PlaceRow>[] = [
  { key: 'code', tag: '#loc+code', says: 'place_code', of: (it) => it.code },
  { key: 'level', tag: '#loc+type', of: (it) => it.level },
  { key: 'name_ar', tag: '#loc+name+ar', of: (it) => it.names.ar },
  { key: 'name_en', tag: '#loc+name+en', of: (it) => it.names.en },
  { key: 'name_ku', tag: '#loc+name+ku', of: (it) => it.names.ku },
  { key: 'parent', tag: '#loc+code+parent', of: (it) => it.parent },
  { key: 'lat', tag: '#geo+lat', of: (it) => it.lat },
  { key: 'lon', tag: '#geo+lon', of: (it) => it.lon },
];

export const SECTOR_COLUMNS: readonly Of<ApiSector>[] = [
  { key: 'code', tag: '#sector+code', says: 'sector_code', of: (it) => it.code },
  { key: 'name_ar', tag: '#sector+name+ar', of: (it) => it.names.ar },
  { key: 'name_en', tag: '#sector+name+en', of: (it) => it.names.en },
  { key: 'name_ku', tag: '#sector+name+ku', of: (it) => it.names.ku },
  { key: 'parent', tag: '#sector+code+parent', says: 'sector_parent', of: (it) => it.parent },
];

const contactsOf = (it: ApiOrganisationLine, kind: string): string => joinCell(it.contacts.filter((one) => one.kind === kind).map((one) => one.value));

const ORGANISATION_CELLS: Record<FieldKey, (it: ApiOrganisationLine) => string | number | null> = {
  number: (it) => it.number, name_ar: (it) => it.names.ar, name_en: (it) => it.names.en, name_ku: (it) => it.names.ku, kind: (it) => it.kind, about: (it) => it.about,
  sectors: (it) => joinCell(it.sectors), places: (it) => joinCell(it.places.map((one) => one.code)), services: (it) => joinCell(it.services), expertise: (it) => joinCell(it.expertise),
  staff: (it) => it.staff, volunteers: (it) => it.volunteers, answer_days: (it) => it.answerDays, licence_number: (it) => it.licence.number, licence_by: (it) => it.licence.by, licence_until: (it) => it.licence.until,
  phone: (it) => contactsOf(it, 'phone'), mail: (it) => contactsOf(it, 'mail'), web: (it) => contactsOf(it, 'web'), address: (it) => contactsOf(it, 'address'),
  standing: (it) => it.standing, verified_until: (it) => it.verifiedUntil, url: (it) => it.url,
};

/** As they are read again by `abwab import organisations`, tags included. */
export const ORGANISATION_COLUMNS: readonly Of<ApiOrganisationLine>[] = HEADINGS.map(({ key, hxl }) => ({ key, tag: hxl, ...(key === 'kind' ? { says: 'organisation_kind' as const } : {}), of: ORGANISATION_CELLS[key] }));

/** Who does what where (3W), with the tags by which others gather such tables. */
export const ACTIVITY_COLUMNS: readonly Of<ApiActivity>[] = [
  { key: 'organisation', tag: '#org+code', of: (it) => it.organisation.number },
  { key: 'organisation_ar', tag: '#org+name+ar', of: (it) => it.organisation.names.ar },
  { key: 'organisation_en', tag: '#org+name+en', of: (it) => it.organisation.names.en },
  { key: 'organisation_kind', tag: '#org+type', of: (it) => it.organisation.kind },
  { key: 'sector', tag: '#sector+code', says: 'sector_code', of: (it) => it.sector },
  { key: 'what', tag: '#activity+name', says: 'activity', of: (it) => it.what },
  { key: 'state', tag: '#status', says: 'activity_state', of: (it) => it.state },
  { key: 'district_code', tag: '#adm2+code', of: (it) => it.district?.code ?? null },
  { key: 'district_ar', tag: '#adm2+name+ar', of: (it) => it.district?.names.ar ?? null },
  { key: 'place_code', tag: '#loc+code', of: (it) => it.place.code },
  { key: 'place_ar', tag: '#loc+name+ar', of: (it) => it.place.names.ar },
  { key: 'starts', tag: '#date+start', of: (it) => it.starts },
  { key: 'ends', tag: '#date+end', of: (it) => it.ends },
  { key: 'targeted', tag: '#targeted', of: (it) => it.targeted },
  { key: 'reached', tag: '#reached', of: (it) => it.reached },
  { key: 'confirmed_on', tag: '#date+reported', of: (it) => it.confirmedOn },
  { key: 'url', tag: '#meta+url', of: (it) => it.url },
];
