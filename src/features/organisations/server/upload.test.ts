import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { xlsxFile } from '#platform/web/tables.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { bringUploaded, dropUploaded, forgetOrganisations, listOrganisations, readUpload, uploadedTable, uploadOrganisations } from './index.ts';

const given = await world({ profile: 'aleppo' });
const registrar = await given.person([{ role: 'registry' }]);
const others = [VISITOR, await given.person(), await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'administrator' }])];
const refused = (because: string, more: object = {}) => ({ refusal: { because, ...more } });
const beside = (code: string) => refused('invalid', { fields: { file: code } });
async function send(table: string | Buffer): Promise<string> {
  const once = crypto.randomUUID();
  await given.as(registrar).act(uploadOrganisations, { once, rows: await readUpload(Buffer.from(table as string)) });
  return once;
}
const look = (id: string) => given.as(registrar).ask(uploadedTable, id);
const count = async () => Number((await given.sql<{ n: bigint }>('select count(*) as n from organisations'))[0]!.n);

const TABLE = `الاسم بالعربية,النوع,المجالات,الأماكن,العاملون
جمعية الرصيف,جمعية,EDU;CUL,SY0200,١٤
جمعية بلا مكان,جمعية,صحة,مدينة لا نعرفها,
,جمعية,EDU,SY0200,
جمعية بعدد غريب,جمعية,EDU,SY0200,كثير
`;

test('each row says what it would become, and nothing is there before somebody agrees', async () => {
  const before = await count();
  const view = await look(await send(TABLE));
  expect(view.rows).toMatchObject([
    { line: 2, names: { ar: 'جمعية الرصيف' }, becomes: 'listed', missing: [] },
    { line: 3, names: { ar: 'جمعية بلا مكان' }, becomes: 'draft', missing: ['places'], unplaced: ['مدينة لا نعرفها'] },
  ]);
  expect(view.refused.map((it) => it.line)).toEqual([4, 5]);
  expect(await count()).toBe(before);
});

test('what was shown is what comes in, once, however many press at once; afterwards the rows are there already', async () => {
  const id = await send(TABLE);
  const tries = await Promise.allSettled(Array.from({ length: 4 }, () => given.as(registrar).act(bringUploaded, { id })));
  expect(tries.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))).toEqual([{ imported: 1, drafts: 1, skipped: 0 }]);
  expect(tries.filter((it) => it.status === 'rejected')).toHaveLength(3);
  expect((await given.ask(listOrganisations, { q: 'الرصيف', kind: null, sector: '', place: '', standing: null, after: '' })).items).toMatchObject([{ standing: 'listed' }]);
  expect((await look(await send(TABLE))).rows.map((it) => it.becomes)).toEqual(['there', 'there']);
  const acts = await given.sql<{ kind: string; public: boolean }>(`select kind, public from acts where subject_id = $1 order by seq`, [id]);
  expect(acts).toEqual([{ kind: 'organisation.table-sent', public: false }, { kind: 'organisation.table-taken', public: false }]);
});

test('a spreadsheet and a table with tags are read the same way', async () => {
  const rows = [{ name: 'Sidewalk Society', kind: 'local', sectors: 'EDU', places: 'SY0200' }];
  const xlsx = await xlsxFile((['name', 'kind', 'sectors', 'places'] as const).map((key) => ({ key, of: (row: (typeof rows)[number]) => row[key] })), () => Promise.resolve({ items: rows, next: null }));
  expect((await look(await send(Buffer.from(xlsx)))).rows).toMatchObject([{ names: { en: 'Sidewalk Society' } }]);
  expect((await look(await send(readFileSync('tests/data/hxl/3w-ar.csv')))).rows.length).toBeGreaterThan(0);
});

test('a list of people is refused and nothing of it is kept; nor of what is no table', async () => {
  const people = 'الاسم الثلاثي,الرقم الوطني,الهاتف\nأحمد محمد علي,02010012345,0944555666\nسعاد خالد عمر,02010012346,0944555667\n';
  await expect(send(people)).rejects.toMatchObject(beside('people'));
  const cases: [string | Buffer, string][] = [['', 'required'], ['مرحبا\n', 'no-headings'], [Buffer.from([0xff, 0xfe, 0x41]), 'not-utf8'], [Buffer.from('PK\u0003\u0004 nothing else'), 'not-a-table'], ['النوع,المجالات\nجمعية,EDU\n', 'no-name'], ['الاسم بالعربية,النوع\n', 'empty'],
    [`name,kind\n${Array.from({ length: 2_001 }, (_, at) => `منظمة ${at},local`).join('\n')}`, 'too-many-rows'], [bomb(), 'not-a-table']];
  for (const [table, code] of cases) await expect(send(table), code).rejects.toMatchObject(beside(code));
  expect(await given.sql(`select 1 from organisation_uploads where rows::text like '%02010012345%'`)).toEqual([]);
});

/** A small archive that says one thing of its size and unpacks to 300 megabytes. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(300 * 1024 * 1024));
  const name = Buffer.from('xl/workbook.xml');
  const local = Buffer.alloc(30); local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(8, 8); local.writeUInt32LE(packed.length, 18); local.writeUInt32LE(100, 22); local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46); central.writeUInt32LE(0x02014b50, 0); central.writeUInt16LE(8, 10); central.writeUInt32LE(packed.length, 20); central.writeUInt32LE(100, 24); central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22); end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(1, 8); end.writeUInt16LE(1, 10); end.writeUInt32LE(central.length + name.length, 12); end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

test('a form that is sent twice lays one table aside; one that is left or forgotten is gone', async () => {
  const once = crypto.randomUUID();
  await Promise.all([0, 1].map(async () => given.as(registrar).act(uploadOrganisations, { once, rows: await readUpload(Buffer.from(TABLE)) })));
  await given.as(registrar).act(dropUploaded, { id: once });
  await expect(look(once)).rejects.toMatchObject(refused('not-found'));
  const old = await send(TABLE);
  given.clock.addDays(2);
  await given.as(SYSTEM).act(forgetOrganisations, undefined);
  await expect(given.as(registrar).act(bringUploaded, { id: old })).rejects.toMatchObject(refused('not-found'));
  given.clock.addDays(-2);
});

test('nobody but the registry sends, looks, takes in or leaves a table', async () => {
  const id = await send(TABLE);
  for (const who of others) {
    await expect(given.as(who).act(uploadOrganisations, { once: crypto.randomUUID(), rows: await readUpload(Buffer.from(TABLE)) })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(uploadedTable, id)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(bringUploaded, { id })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(dropUploaded, { id })).rejects.toMatchObject(refused('not-allowed'));
  }
});
