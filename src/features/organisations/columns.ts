/**
 * The table of organisations: one row each, the same columns going out and coming in, so that what was exported can be brought in again.
 * Each column has a key, its heading in Arabic and English, other headings by which people call it, and its HXL tag.
 */
import { norm } from '#engines/text/index.ts';
import { HEADINGS, type FieldKey } from './model.ts';

/** What a table of activities (3W) says besides. */
export const EXTRA = ['name', 'sector', 'place', 'what', 'state', 'starts', 'ends', 'targeted', 'reached'] as const;
export type ExtraKey = (typeof EXTRA)[number];
export type AnyKey = FieldKey | ExtraKey;

/** Words by which people head the same columns. */
const CALLED: Partial<Record<AnyKey, readonly string[]>> = {
  number: ['id', 'externalId', 'external_id', 'code', 'org id', 'رقم المنظمة', 'الرمز', 'المعرّف'],
  name: ['name', 'organisation', 'organization', 'org name', 'organisation name', 'organization name', 'اسم المنظمة', 'المنظمة', 'الجهة', 'اسم الجمعية', 'الجمعية', 'اسم الجهة', 'الاسم'],
  name_ar: ['arabic name', 'name ar', 'الاسم العربي'], name_en: ['english name', 'name en', 'الاسم الإنكليزي', 'الاسم الانجليزي', 'الاسم بالإنجليزية'], name_ku: ['kurdish name', 'name ku', 'الاسم الكردي'],
  kind: ['type', 'org type', 'organisation type', 'organization type', 'نوع الجهة', 'نوع المنظمة'], about: ['description', 'وصف', 'الوصف', 'تعريف'],
  sectors: ['sector', 'القطاع', 'القطاعات', 'المجال', 'cluster', 'sector/cluster'], services: ['service', 'الخدمة'], expertise: ['skills', 'capacities', 'capacity', 'الاختصاص', 'الاختصاصات', 'القدرات', 'الخبرة'],
  places: ['place', 'locations', 'location', 'المكان', 'أماكن العمل', 'places of work', 'منطقة العمل', 'مناطق العمل', 'المحافظة', 'المنطقة', 'الناحية', 'الحي', 'governorate', 'district', 'subdistrict', 'province'],
  staff: ['employees', 'عدد العاملين', 'الموظفون'], volunteers: ['عدد المتطوعين'], answer_days: ['response days', 'مهلة الردّ'],
  licence_number: ['license number', 'registration number', 'licence', 'رقم الإشهار', 'رقم الشهر', 'رقم القرار', 'الترخيص'], licence_by: ['license authority', 'licence authority', 'registered with', 'جهة الإشهار', 'الجهة المرخِّصة'],
  licence_until: ['license expiry', 'licence expiry', 'valid until', 'تاريخ انتهاء الترخيص', 'صالح حتى'],
  phone: ['telephone', 'tel', 'هاتف', 'رقم الهاتف', 'contact phone'], mail: ['email', 'e-mail', 'البريد الإلكتروني', 'الإيميل'], web: ['website', 'url of website', 'الموقع الإلكتروني'], address: ['عنوان', 'مقر', 'المقر'],
  what: ['activity', 'النشاط', 'project', 'المشروع'], state: ['status', 'الحالة'], starts: ['start', 'start date', 'من', 'تاريخ البدء'], ends: ['end', 'end date', 'إلى', 'تاريخ الانتهاء'],
  targeted: ['المستهدفون', 'people targeted'], reached: ['الواصل إليهم', 'people reached'],
};

const bare = (text: string): string => norm(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const KNOWN: ReadonlyMap<string, AnyKey> = new Map([
  ...HEADINGS.flatMap(({ key, ar, en }) => [key, ar, en].map((word) => [bare(word), key] as const)),
  ...(Object.entries(CALLED) as [AnyKey, readonly string[]][]).flatMap(([key, words]) => words.map((word) => [bare(word), key] as const)),
]);

/** What a heading means, in Arabic or English; null where it is none of ours. */
export const keyOfHeading = (text: string): AnyKey | null => KNOWN.get(bare(text)) ?? null;

/** A tag such as `#org +name +ar`: its word and its attributes. Null where the cell holds none. */
export function readTag(cell: string): { tag: string; with: readonly string[] } | null {
  const match = /^#\s*([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_]*)*)$/.exec(cell.trim().toLowerCase());
  return match ? { tag: match[1]!, with: match[2]!.split('+').map((it) => it.trim()).filter(Boolean) } : null;
}

/** What a tag means; null where it says nothing about organisations. */
export function keyOfTag(cell: string): AnyKey | null {
  const read = readTag(cell);
  if (!read) return null;
  const has = (...attributes: string[]) => attributes.some((it) => read.with.includes(it));
  switch (read.tag) {
    case 'org': return orgKey(has);
    case 'sector': case 'subsector': return has('list') ? 'sectors' : 'sector';
    case 'loc': return has('list') ? 'places' : 'place';
    case 'adm1': case 'adm2': case 'adm3': case 'adm4': return 'place';
    case 'service': return 'services';
    case 'capacity': return has('staff') ? 'staff' : has('volunteers') ? 'volunteers' : 'expertise';
    case 'activity': return has('code') ? null : 'what';
    case 'status': return has('standing') ? 'standing' : 'state';
    case 'date': return has('licence') ? 'licence_until' : has('verified') ? 'verified_until' : has('start') ? 'starts' : has('end') ? 'ends' : null;
    case 'targeted': case 'reached': return read.tag;
    case 'contact': return has('phone') ? 'phone' : has('email') ? 'mail' : has('url') ? 'web' : has('address') ? 'address' : null;
    case 'meta': return has('url') ? 'url' : null;
    default: return null;
  }
}

function orgKey(has: (...attributes: string[]) => boolean): AnyKey | null {
  if (has('licence')) return has('by') ? 'licence_by' : 'licence_number';
  if (has('type')) return 'kind';
  if (has('description')) return 'about';
  if (has('answer')) return 'answer_days';
  if (has('code', 'id')) return 'number';
  if (has('acronym', 'funding')) return null;
  return has('ar') ? 'name_ar' : has('en') ? 'name_en' : has('ku', 'kmr') ? 'name_ku' : 'name';
}
