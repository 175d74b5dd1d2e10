/** Rows of a table as organisations, with what they do where; sectors and places still in the words of the table. Pure. */
import { foldDigits } from '#kernel/digits.ts';
import { cleanText, codePoints } from '#kernel/text-limits.ts';
import { parseDate, type PlainDate } from '#kernel/working-days.ts';
import type { AnyKey } from './columns.ts';
import { LIMITS } from './input.ts';
import { KINDS, MOST, splitCell, type ActivityState, type ContactKind, type OrganisationKind } from './model.ts';
import { isArabic, nameKey, type TableRow } from './read-table.ts';

export type ImportedActivity = { line: number; sector: string; places: readonly string[]; what: string; state: ActivityState; starts: PlainDate | null; ends: PlainDate | null; targeted: number | null; reached: number | null };
export type ImportedOrganisation = {
  line: number; externalId: string; names: { ar: string; en: string; ku: string }; kind: OrganisationKind | null; about: string; sectors: string[]; places: string[]; services: string[]; expertise: string[];
  staff: number | null; volunteers: number | null; answerDays: number | null; licence: { number: string; by: string; until: PlainDate | null };
  contacts: { kind: ContactKind; value: string }[]; activities: ImportedActivity[];
};
export type RefusedLine = { line: number; reason: string };
/** A table as it was read: what can come in, and the lines that cannot. */
export type UploadedRows = { organisations: ImportedOrganisation[]; refused: RefusedLine[] };

const LABELS: Record<string, OrganisationKind | 'public'> = {
  جمعيه: 'association', 'جمعيه اهليه': 'association', 'جمعيه خيريه': 'association', منظمه: 'association', 'منظمه محليه': 'association', local: 'association', national: 'association', ngo: 'association', nngo: 'association', lngo: 'association',
  'national ngo': 'association', 'local ngo': 'association', cso: 'association', 'civil society': 'association', cbo: 'association', association: 'association', charity: 'association', 'هيئه ثقافيه': 'cultural', 'cultural body': 'cultural', cultural: 'cultural',
  نقابه: 'union', اتحاد: 'union', union: 'union', syndicate: 'union', 'لجنه حي': 'committee', 'neighbourhood committee': 'committee', committee: 'committee', جامعه: 'university', university: 'university', academic: 'university',
  شركه: 'company', company: 'company', 'private sector': 'company', 'جهه مانحه': 'donor', donor: 'donor', foundation: 'donor', 'منظمه دوليه': 'international', international: 'international', ingo: 'international', 'international ngo': 'international', un: 'international', 'un agency': 'international',
  'شخصيه عامه': 'figure', 'public figure': 'figure', government: 'public', حكومي: 'public', 'جهه حكوميه': 'public', ministry: 'public',
};

const kindOf = (text: string): OrganisationKind | 'public' | null => KINDS.find((it) => it === text.toLowerCase()) ?? LABELS[nameKey(text)] ?? null;
const STATES: Record<string, ActivityState> = { ongoing: 'ongoing', active: 'ongoing', جار: 'ongoing', جاري: 'ongoing', مستمر: 'ongoing', planned: 'planned', 'مخطط له': 'planned', مخطط: 'planned', done: 'done', completed: 'done', منته: 'done', منتهي: 'done' };

const list = (text: string | undefined, max: number = LIMITS.lines): string[] => [...new Set(splitCell(text ?? '').map((part) => cleanText(part, false)).filter((part) => part !== ''))].slice(0, max);

/** Every organisation once, however many lines speak of it; and the lines that cannot be one, with the reason. */
export function readOrganisations(rows: readonly TableRow[]): UploadedRows {
  const found = new Map<string, ImportedOrganisation>();
  const refused: RefusedLine[] = [];
  for (const row of rows) {
    const read = readRow(row);
    if ('refused' in read) refused.push({ line: row.line, reason: read.refused });
    else merge(found, read);
  }
  return { organisations: [...found.values()], refused };
}

function merge(found: Map<string, ImportedOrganisation>, it: ImportedOrganisation): void {
  const known = found.get(it.externalId);
  if (!known) return void found.set(it.externalId, it);
  known.sectors = [...new Set([...known.sectors, ...it.sectors])];
  known.places = [...new Set([...known.places, ...it.places])];
  known.services = [...new Set([...known.services, ...it.services])].slice(0, LIMITS.lines);
  known.activities.push(...it.activities);
}

function readRow({ line, cells }: TableRow): ImportedOrganisation | { refused: string } {
  const get = (key: AnyKey): string => cleanText(cells[key] ?? '', key === 'about');
  const names = namesOf(get);
  const shown = names.ar || names.en || names.ku;
  if (shown === '') return { refused: 'name: missing' };
  const long = Object.values(names).find((name) => codePoints(name) > LIMITS.name);
  if (long !== undefined) return { refused: `name: longer than ${LIMITS.name} characters` };
  if (codePoints(get('about')) > LIMITS.about) return { refused: `about: longer than ${LIMITS.about} characters` };
  const kind = get('kind') === '' ? null : kindOf(get('kind'));
  if (kind === 'public') return { refused: 'kind: a public body is kept among the bodies' };
  const until = day(get('licence_until'));
  if (until === 'broken') return { refused: 'licence_until: no date such as 2027-03-31' };
  const numbers = (['staff', 'volunteers', 'answer_days'] as const).map((key) => number(get(key)));
  if (numbers.includes('broken')) return { refused: 'staff, volunteers or answer_days: not a whole number' };
  const [staff, volunteers, answerDays] = numbers as (number | null)[];
  if (answerDays !== null && answerDays !== undefined && (answerDays < 1 || answerDays > 60)) return { refused: 'answer_days: from 1 to 60' };
  const activity = activityOf(line, cells, get);
  if (activity && 'refused' in activity) return activity;
  const sectors = [...list(cells.sectors, 40), ...(get('sector') ? [get('sector')] : [])];
  return {
    line, externalId: get('number').slice(0, 200) || nameKey(shown), names, kind, about: get('about'), sectors, places: [...list(cells.places, LIMITS.places), ...narrowest(cells.place)], services: list(cells.services).filter(fits), expertise: list(cells.expertise).filter(fits),
    staff: staff ?? null, volunteers: volunteers ?? null, answerDays: answerDays ?? null, licence: { number: get('licence_number').slice(0, LIMITS.licenceNumber), by: get('licence_by').slice(0, LIMITS.licenceBy), until },
    contacts: (['phone', 'mail', 'web', 'address'] as const).flatMap((key) => list(cells[key], MOST.contacts).filter((value) => value.length <= LIMITS.contact).map((value) => ({ kind: key, value }))),
    activities: activity ? [activity] : [],
  };
}

const fits = (line: string): boolean => codePoints(line) <= LIMITS.line;

/** A name without its language is Arabic where it is written so. */
function namesOf(get: (key: AnyKey) => string) {
  const plain = get('name');
  return { ar: get('name_ar') || (isArabic(plain) ? plain : ''), en: get('name_en') || (isArabic(plain) ? '' : plain), ku: get('name_ku') };
}

/** Columns of places go from the wide to the narrow, each with its name and its code: the last of them is where it is. */
const narrowest = (text: string | undefined): string[] => list(text, LIMITS.places).slice(-1);

function activityOf(line: number, cells: TableRow['cells'], get: (key: AnyKey) => string): ImportedActivity | { refused: string } | null {
  const what = get('what');
  if (what === '') return null;
  const [starts, ends] = [day(get('starts')), day(get('ends'))];
  const [targeted, reached] = [number(get('targeted')), number(get('reached'))];
  if (starts === 'broken' || ends === 'broken') return { refused: 'start or end: no date such as 2027-03-31' };
  if (starts !== null && ends !== null && starts > ends) return { refused: 'end: before the start' };
  if (targeted === 'broken' || reached === 'broken') return { refused: 'targeted or reached: not a whole number' };
  return { line, sector: get('sector') || (list(cells.sectors)[0] ?? ''), places: [...narrowest(cells.place), ...list(cells.places).slice(-1)], what: what.slice(0, LIMITS.what), state: STATES[nameKey(get('state'))] ?? 'ongoing', starts, ends, targeted, reached };
}

function day(text: string): PlainDate | null | 'broken' {
  if (text === '') return null;
  const folded = foldDigits(text);
  const [, d, m, y] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(folded) ?? [];
  return parseDate(y ? `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}` : folded.slice(0, 10)) ?? 'broken';
}

function number(text: string): number | null | 'broken' {
  if (text === '') return null;
  const folded = foldDigits(text).replace(/[\s,٬]/g, '').replace(/\.0+$/, '');
  return /^\d{1,8}$/.test(folded) ? Number(folded) : 'broken';
}
