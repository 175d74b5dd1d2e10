import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { readOrganisations } from '../read-row.ts';
import { readTable } from '../read-table.ts';
import { importOrganisations, isPublicOrganisation, listOrganisations, organisationTitles, searchOrganisations, showOrganisation } from './index.ts';

const given = await world({ profile: 'aleppo' });
const ALL = { q: '', kind: null, sector: '', place: '', standing: null, after: '' };

function rows(text: string) {
  const table = readTable(parse(text, { relax_column_count: true, bom: true }) as string[][]);
  if ('refused' in table) throw new Error(table.refused);
  return readOrganisations(table.rows).organisations;
}
const bring = (text: string, source = 'test', as = given.as(SYSTEM)) => as.act(importOrganisations, { source, organisations: rows(text) });
const TABLE = `الاسم بالعربية,الاسم بالإنكليزية,النوع,المجالات,الأماكن,الخدمات,الخبرات,العاملون,الهاتف
جمعية الغار للثقافة,Laurel Culture Society,هيئة ثقافية,CUL;EDU.5,N0139;SY0200,مكتبة متنقّلة;دورات خط,ترميم المخطوطات,١٤,021 555 0101
جمعية بلا مكان,,جمعية,صحة,مدينة لا نعرفها,,,,
`;

test('complete rows are listed, others are drafts; sectors and places by name or code', async () => {
  expect(await bring(TABLE)).toEqual({ imported: 1, drafts: 1, skipped: 0 });
  const { items, total } = await given.ask(listOrganisations, ALL);
  expect(total).toEqual({ count: 1, more: false });
  expect(items).toMatchObject([{ kind: 'cultural', standing: 'listed', names: { ar: 'جمعية الغار للثقافة' }, sectors: [{ code: 'CUL' }, { code: 'EDU.5' }], services: ['مكتبة متنقّلة', 'دورات خط'] }]);
  const shown = await given.ask(showOrganisation, items[0]!.number);
  expect(shown).toMatchObject({ staff: 14, contacts: [{ kind: 'phone', value: '021 555 0101' }], expertise: ['ترميم المخطوطات'], source: 'test', promises: [], record: { total: 0, judged: 0 } });
  expect(await given.sql(`select reason, sectors, state from organisations where name_ar = 'جمعية بلا مكان'`)).toEqual([{ reason: 'مدينة لا نعرفها', sectors: ['HLT'], state: 'draft' }]);
});

test('run again, also by several at once, it adds nothing twice', async () => {
  expect(await bring(TABLE)).toEqual({ imported: 0, drafts: 0, skipped: 2 });
  const tries = await Promise.all(Array.from({ length: 5 }, () => bring(TABLE, 'another')));
  expect(tries.reduce((sum, it) => sum + it.imported, 0)).toBe(1);
  await given.sql(`delete from organisation_contacts where organisation_id in (select id from organisations where source = 'another')`);
  await given.sql(`delete from organisations where source = 'another'`);
});

test('a 3W brings activities, each once; people below the least number are not told', async () => {
  const text = readFileSync('tests/data/hxl/3w-ar.csv', 'utf8');
  expect(await bring(text, '3w')).toEqual({ imported: 2, drafts: 0, skipped: 0 });
  await bring(text.replace('تأهيل شبكة', 'حفر بئر').replace(',500,120', ',9,12'), '3w');
  const [found] = await given.ask(searchOrganisations, { q: 'جمعية أهلية', limit: 5 });
  const { activities } = await given.ask(showOrganisation, found!.number);
  expect(activities.map((it) => [it.what, it.targeted, it.reached]).toSorted()).toEqual([['تأهيل شبكة', 500, 120], ['حفر بئر', null, 12]]);
});

test('the list is narrowed by kind, sector with its parts, places with what lies in and around them, and standing', async () => {
  const found = async (more: object) => (await given.ask(listOrganisations, { ...ALL, ...more })).items.map((it) => it.names.ar);
  expect(await found({ kind: 'cultural' })).toEqual(['جمعية الغار للثقافة']);
  expect(await found({ sector: 'EDU' })).toEqual(['جمعية الغار للثقافة']);
  expect(await found({ sector: 'CUL.2' })).toEqual(['جمعية الغار للثقافة']);
  expect(await found({ place: 'SY02', kind: 'cultural' })).toEqual(['جمعية الغار للثقافة']);
  expect(await found({ place: 'SY0207' })).toEqual([]);
  expect(await found({ standing: 'verified' })).toEqual([]);
  expect(await found({ standing: 'listed', sector: 'HLT' })).toEqual(['منظمة ب']);
});

test.each(['الغار', 'غار للثقافه', 'laurel', 'مكتبه متنقله', 'مخطوطات', 'lurel culture'])('«%s» finds it', async (q) => {
  expect((await given.ask(listOrganisations, { ...ALL, q })).items[0]?.names.ar).toBe('جمعية الغار للثقافة');
});

test('pages follow each other without repeating', async () => {
  await bring(`name,kind,sectors,places\n${Array.from({ length: 25 }, (_, at) => `منظمة رقم ${at + 100},local,EDU,SY0203`).join('\n')}\n`);
  const first = await given.ask(listOrganisations, { ...ALL, place: 'SY0203', limit: 10 });
  const second = await given.ask(listOrganisations, { ...ALL, place: 'SY0203', limit: 100, after: first.next! });
  expect(new Set([...first.items, ...second.items].map((it) => it.number)).size).toBe(25);
  for (const after of ['x', 'WyJ4Il0', '\0']) expect((await given.ask(listOrganisations, { ...ALL, after })).items.length).toBeGreaterThan(0);
});

test('a draft is nobody’s to find, and nobody but the terminal imports', async () => {
  const [draft] = await given.sql<{ id: string; number: string }>(`select id, number from organisations where state = 'draft' limit 1`);
  await expect(given.ask(showOrganisation, draft!.number)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  expect(await given.ask(isPublicOrganisation, draft!.number)).toBe(false);
  expect((await given.ask(organisationTitles, [draft!.id])).size).toBe(0);
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'registry' }]), await given.person([{ role: 'administrator' }])]) {
    await expect(bring(TABLE, 'x', given.as(who))).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
});
