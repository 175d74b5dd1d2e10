/**
 * Generated data, the same on every machine: needs in plausible Arabic, spread over places, sectors and two years as a governorate would
 * see them. Entries come in through `abwab import`, which is measured; people, supports and promises by COPY.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** How much of each belongs to so many entries. */
export const sizes = (entries: number) => ({ entries, supports: entries * 10, commitments: entries / 5, persons: Math.max(200, entries / 2) });

/** A small generator of numbers with a seed: the same row gets the same words everywhere. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) % sides;
  };
}

const THINGS = ['الإنارة', 'المياه', 'الصرف الصحي', 'الأرصفة', 'الطريق الفرعي', 'الحديقة العامة', 'المدرسة الابتدائية', 'المستوصف', 'موقف الحافلات', 'حاوية القمامة', 'خزان المياه', 'شبكة الكهرباء', 'السوق الشعبي', 'الملعب', 'سور المقبرة', 'جسر المشاة', 'مصرف الأمطار', 'المكتبة', 'روضة الأطفال', 'الفرن'];
const FAULTS = ['معطّلة منذ', 'مكسورة منذ', 'لا تعمل منذ', 'تحتاج إلى صيانة منذ', 'مهملة منذ', 'خطرة على الأطفال منذ', 'مسدودة منذ', 'غير كافية منذ'];
const SINCE = ['أسبوع', 'أسبوعين', 'شهر', 'شهرين', 'ثلاثة أشهر', 'الشتاء الماضي', 'سنة', 'العيد'];
const NEAR = ['قرب الجامع الكبير', 'خلف المدرسة', 'أمام الفرن', 'عند الدوّار', 'في آخر الشارع', 'مقابل البلدية', 'بجانب الحديقة', 'قرب موقف الحافلات', 'عند مدخل الحيّ', 'وراء السوق'];
const TELL = ['تحدّثنا مع المختار ولم يتغيّر شيء.', 'يمرّ من هنا مئات الطلاب كل صباح.', 'كبار السنّ لا يستطيعون المرور.', 'جمعنا توقيعات من الجيران.', 'في الليل لا يرى أحد الحفر.', 'اشتكى الأهالي أكثر من مرّة.', 'نقترح أن تبدأ الورشة من الطرف الشرقي.', 'المسافة نحو مئتي متر.', 'عدد العائلات المتضرّرة نحو أربعين.', 'نستطيع أن نساعد بالعمل التطوّعي.'];
export const WORDS = ['إنارة', 'المياه معطلة', 'مدرسه', 'الصرف الصحي', 'حديقة', 'رصيف مكسور', 'الكهرباء', 'جسر', 'مستوصف', 'الفرن', 'حاويات', 'الطريق', 'شبكه الكهرباء', 'اطفال', 'موقف الحافلات', 'خزان'];
const KINDS = ['need', 'need', 'need', 'need', 'proposal', 'proposal', 'question'] as const;
const SECTORS = ['SRV', 'EDU', 'HLT', 'CUL', 'ENV', 'TRN'];

export function entryRow(at: number, places: readonly string[]): object {
  const roll = dice(at * 7919 + 17);
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)]!;
  const thing = pick(THINGS);
  const near = pick(NEAR);
  const text = Array.from({ length: 2 + roll(5) }, () => pick(TELL)).join(' ');
  const day = new Date(Date.UTC(2026, 10, 1) - roll(700) * 86_400_000 - roll(86_400) * 1_000);
  return {
    externalId: `b-${at}`, kind: pick(KINDS), title: `${thing} ${near} ${pick(FAULTS)} ${pick(SINCE)}`, text: `${thing} ${near}. ${text}`, place: pick(places), sectors: [pick(SECTORS)], submittedAt: day.toISOString(), language: 'ar',
  };
}

export async function writeEntries(path: string, from: number, to: number, places: readonly string[]): Promise<void> {
  const file = createWriteStream(path);
  for (let at = from; at < to; at++) if (!file.write(`${JSON.stringify(entryRow(at, places))}\n`)) await new Promise<void>((resolve) => { file.once('drain', () => resolve()); });
  file.end();
  await finished(file);
}

const uuid = (name: string): string => {
  const hex = createHash('md5').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const personId = (at: number): string => uuid(`person ${at}`);
export const sessionToken = (at: number): string => createHash('sha256').update(`session ${at}`).digest('base64url');

async function copy(client: pg.Client, into: string, rows: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(rows), client.query(copyFrom(`copy ${into} from stdin`)));
}

/** People with sessions, who support what there is; a few entries are loved, most have some supporters. */
export async function fillAround(adminUrl: string, entries: number): Promise<void> {
  const { supports, commitments, persons } = sizes(entries);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; number: string }>('select id, number from entries order by number');
  await copy(client, 'persons (id, created_at, verified)', lines(persons, (at) => `${personId(at)}\t2026-01-01\tcontact\n`));
  await copy(client, 'sessions (id, token_hash, person_id, via, created_at, seen_at, locks_at, expires_at)', lines(Math.min(persons, 2_000), (at) =>
    `${uuid(`session ${at}`)}\t\\\\x${createHash('sha256').update(sessionToken(at)).digest('hex')}\t${personId(at)}\tcode\t${NOW}\t${NOW}\t2036-01-01\t2036-01-01\n`));
  await copy(client, 'supports (entry_id, person_id, at)', supportRows(rows.map((row) => row.id), supports, persons));
  await client.query('update entry_tallies t set supports = n from (select entry_id, count(*)::int as n from supports group by 1) s where s.entry_id = t.entry_id');
  await promise(client, commitments);
  await client.query('vacuum analyze');
  await client.end();
}

const NOW = '2026-11-25';

function* lines(count: number, line: (at: number) => string): Iterable<string> {
  for (let at = 0; at < count; at++) yield line(at);
}

/** Each pair once: the supporters of an entry are neighbours in the list of persons. */
function* supportRows(ids: readonly string[], most: number, persons: number): Iterable<string> {
  let left = most;
  for (let round = 0; left > 0; round++) {
    for (const [at, id] of ids.entries()) {
      const roll = dice(at * 31 + round);
      const count = Math.min(left, round === 0 && roll(500) === 0 ? Math.min(400, persons / 4) : 4 + roll(11));
      const first = (at * 97 + round * (persons / 2)) % persons;
      for (let n = 0; n < count; n++) yield `${id}\t${personId((first + n) % persons)}\t2026-10-${String(1 + roll(28)).padStart(2, '0')}\n`;
      if ((left -= count) <= 0) return;
    }
    if (round > 0) return;
  }
}

/** Every fifth entry was answered, and its answer is a promise: most are open, some done, confirmed, late or broken. */
async function promise(client: pg.Client, count: number): Promise<void> {
  await client.query(`
    with chosen as (select id, row_number() over (order by number) as n from entries where published_at is not null order by number limit $1),
      homes as (select array_agg(id order by code) as ids from bodies where active),
      made as (select c.id as entry_id, c.n, md5('answer' || c.n)::uuid as answer_id, md5('promise' || c.n)::uuid as promise_id, h.ids[1 + c.n % array_length(h.ids, 1)] as body_id from chosen c, homes h),
      answered as (insert into answers (id, entry_id, body_id, outcome, summary, reason, state, drafted_by, drafters, drafted_at, approved_by, approved_at, publish_at, published_at, due, days)
        select answer_id, entry_id, body_id, 'accepted', 'سنصلحها هذا الفصل', 'كشفنا على المكان ووجدنا أن العمل ممكن ضمن خطّة هذا الفصل.', 'published', $2, array[$2::uuid], '2026-10-01', $3, '2026-10-02', '2026-10-02', '2026-10-02', '2026-10-15', 9 from made returning 1),
      moved as (update entries e set body_id = m.body_id, state = 'delivery', outcome = 'accepted', answered_at = '2026-10-02', search_norm = e.search_norm from made m where e.id = m.entry_id returning 1)
    insert into commitments (id, number, source_kind, source_id, subject_id, body_id, public, what, who, first_due, due, state, opened_at, done_at, settled_at, broken_reason)
      select promise_id, 'HLB-' || (9000000 + n) || '-00', 'answer', answer_id, entry_id, body_id, true, 'إصلاح ما ذُكر في الطلب رقم ' || n || ' قبل نهاية الفصل', 'ورشة الصيانة', d, d,
        case when n % 10 < 6 then 'open' when n % 10 = 6 then 'done' when n % 10 < 9 then 'confirmed' else 'broken' end, '2026-10-02',
        case when n % 10 between 6 and 8 then timestamptz '2026-11-10' end, case when n % 10 > 6 then timestamptz '2026-11-20' end, case when n % 10 = 9 then 'لا ميزانية لهذا العمل' end
      from made, lateral (select date '2026-10-20' + (n * 13 % 120)::int as d) x`, [count, personId(0), personId(1)]);
}
