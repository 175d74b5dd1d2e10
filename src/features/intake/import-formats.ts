/**
 * Rows of other systems as entries. Pure: a row in, an entry or the reason why not out.
 * `consul`: proposals as CONSUL exports them. `open311`: requests of a GeoReport v2 server, or Boston's 311 table.
 * `abwab`: `{externalId, kind, title, text, place?, sectors?, submittedAt?, language?}`.
 */
import { cleanText, codePoints } from '#kernel/text-limits.ts';
import { addDays, endOfLocalDay, parseDate } from '#kernel/working-days.ts';
import { KINDS, type EntryKind } from './model.ts';

export const FORMATS = ['abwab', 'consul', 'open311'] as const;
export type Format = (typeof FORMATS)[number];

export type ImportedEntry = {
  externalId: string;
  kind: EntryKind;
  title: string;
  text: string;
  language: string;
  /** code or name of a place; kept as words when it is unknown */
  place: string;
  point: { lat: number; lon: number } | null;
  sectors: string[];
  submittedAt: Date | null;
  /** closed at its source: outside clocks and track records here */
  closed: boolean;
};

export type Reading = { entry: ImportedEntry } | { refused: string };
export type Row = Record<string, unknown>;

/** A time without a zone is one of the governorate's clocks: `zone`. */
export function readRow(format: Format, row: Row, zone = 'UTC'): Reading {
  const read = { abwab: readAbwab, consul: readConsul, open311: readOpen311 }[format];
  return checked(read(row), zone);
}

/** Which format a table's columns speak of, when nobody said. */
export function guessFormat(row: Row): Format {
  if ('service_request_id' in row || 'case_id' in row || 'service_code' in row) return 'open311';
  return 'comments_count' in row || ('summary' in row && 'id' in row) ? 'consul' : 'abwab';
}

const ABOUT_PERSONS = [
  /national.?(id|number)|\bid.?(card|number)\b|passport|الرقم.?الوطني|رقم.?الهوية|جواز|hejmara.?nasname/i, /birth|ميلاد|تولد|jidayikb/i,
  /(father|mother|husband|wife).?s?.?name|اسم.?(الأب|الام|الأم|الزوج)|الكنية|surname|last.?name|navê.?bav/i, /beneficiar|مستفيد|sûdmend/i,
  /(family|household).?(size|members|number)|أفراد|دفتر.?العائلة|endam/i, /phone|mobile|هاتف|جوال|موبايل|telefon/i,
];

/** A list of people who receive something is never held here: two columns about persons are enough to say no. */
export const looksLikeBeneficiaries = (row: Row): boolean => ABOUT_PERSONS.filter((pattern) => Object.keys(row).some((name) => pattern.test(name))).length >= 2;

type Raw = Omit<ImportedEntry, 'submittedAt' | 'kind'> & { kind: string; submittedAt: string };

function readAbwab(row: Row): Raw {
  return {
    // The columns of our own tables are read too: what one installation gives out, another takes in.
    externalId: text(row.externalId ?? row.number), kind: text(row.kind) || 'need', title: plain(text(row.title)), text: plain(lines(row.text)), language: text(row.language) || 'ar',
    place: text(row.place ?? row.place_code) || plain(text(row.place_words)), point: null, sectors: list(row.sectors), submittedAt: text(row.submittedAt ?? row.submitted_at), closed: false,
  };
}

function readConsul(row: Row): Raw {
  const parts = [lines(row.summary), lines(row.text ?? row.description)].filter((part, at, all) => part !== '' && all.indexOf(part) === at);
  return {
    externalId: text(row.id), kind: 'proposal', title: text(row.title), text: parts.join('\n\n'), language: 'es', place: text(row.geozone_name ?? ''), point: null,
    sectors: [], submittedAt: text(row.public_created_at ?? row.created_at), closed: false,
  };
}

function readOpen311(row: Row): Raw {
  const [lat, lon] = [Number(text(row.lat) || NaN), Number(text(row.lon ?? row.long) || NaN)];
  const status = text(row.status).toLowerCase();
  return {
    externalId: text(row.service_request_id ?? row.case_id), kind: 'need', title: text(row.service_name ?? row.title ?? row.type),
    text: lines(row.description ?? [row.subject, row.reason, row.type].filter(Boolean).join(' — ')), language: 'en',
    place: text(row.neighbourhood ?? row.address ?? ''), point: Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null,
    sectors: [], submittedAt: text(row.requested_datetime ?? row.opened_at), closed: status === 'closed',
  };
}

function checked(raw: Raw, zone: string): Reading {
  if (raw.externalId === '' || codePoints(raw.externalId) > 100) return { refused: 'externalId: missing, or longer than 100 characters' };
  if (raw.title === '') return { refused: 'title: missing' };
  if (codePoints(raw.title) > 300) return { refused: 'title: longer than 300 characters' };
  if (codePoints(raw.text) > 20_000) return { refused: 'text: longer than 20000 characters' };
  if (!(KINDS as readonly string[]).includes(raw.kind)) return { refused: `kind: «${raw.kind.slice(0, 40)}» is none of ${KINDS.join(', ')}` };
  const submittedAt = raw.submittedAt === '' ? null : momentOf(raw.submittedAt, zone);
  if (submittedAt && Number.isNaN(submittedAt.getTime())) return { refused: `submittedAt: «${raw.submittedAt.slice(0, 40)}» is not a time` };
  if (submittedAt && (submittedAt.getTime() > Date.now() + 86_400_000 || submittedAt.getFullYear() < 1990)) return { refused: 'submittedAt: in the future, or before 1990' };
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(raw.language)) return { refused: 'language: not a language tag' };
  return { entry: { ...raw, kind: raw.kind as EntryKind, submittedAt, place: raw.place.slice(0, 200), sectors: raw.sectors.slice(0, 5) } };
}

const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

function momentOf(written: string, zone: string): Date {
  const [, day, hours, minutes, rest] = LOCAL.exec(written) ?? [];
  const date = day === undefined ? null : parseDate(day);
  if (date === null) return new Date(written);
  return new Date(endOfLocalDay(addDays(date, -1), zone).getTime() + 1 + (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0)) * 1000);
}

/** A table defuses what would begin like a formula with an apostrophe, which is no part of the text. */
const plain = (written: string): string => (/^'[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(written) ? written.slice(1) : written);
const text = (value: unknown): string => cleanText(value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value), false);
const lines = (value: unknown): string => cleanText(value === null || value === undefined ? '' : String(value), true);

function list(value: unknown): string[] {
  const parts = Array.isArray(value) ? value : String(value ?? '').split(/[;,،|]/);
  return parts.map((part) => text(part).toUpperCase()).filter(Boolean);
}
