import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvStream, xlsxFile, type Column } from '#platform/web/tables.ts';
import { exportPart } from '#features/open-data/server/index.ts';
import { setOf } from '#features/open-data/sets.ts';
import { joinCell, splitCell } from '#features/organisations/model.ts';
import { readOrganisations } from '#features/organisations/read-row.ts';
import { readTable } from '#features/organisations/read-table.ts';
import { importOrganisations } from '#features/organisations/server/index.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { readGrid } from './read-grid.ts';

const given = await world({ profile: 'aleppo' });
const folder = mkdtempSync(join(tmpdir(), 'abwab-table-'));
const columns = setOf('organisations')!.columns as readonly Column<unknown>[];
const query = { q: '', kind: null, sector: '', place: '', standing: null, hxl: '' } as never;
const parts = (after: string) => given.ask(exportPart, { set: 'organisations', origin: 'https://abwab.example', query, after } as never) as Promise<{ items: object[]; next: string | null }>;

async function bring(file: string) {
  const table = readTable(await readGrid(file));
  if ('refused' in table) throw new Error(table.refused);
  const read = readOrganisations(table.rows);
  expect(read.refused).toEqual([]);
  return given.as(SYSTEM).act(importOrganisations, { source: 'table', organisations: read.organisations });
}
/** All that was exported, but for what the installation gives itself. */
const said = async () => (await parts('')).items.map((it) => ({ ...it, number: '', url: '' }));

const START = `name_ar,name_en,name_ku,kind,about,sectors,places,services,expertise,staff,volunteers,answer_days,licence_number,licence_by,licence_until,phone,mail,web,address
جمعية الغار,"Laurel, Society",Komeleya Defneyê,association,"سطر أول
سطر ""ثان""؛ وفاصلة, هنا",EDU.5;CUL;SRV,SY0200;SY0203;SY0204,مكتبة متنقّلة;تدريب\\؛ وتأهيل,أ\\;ب;ج|د,14,0,3,0093/12,الشؤون الاجتماعية,2027-03-31,+963 21 555 0101;021 555 0102;021 555 0103,a@example.org;b@example.org,https://example.org/a?b=1\\;c,شارع تاسع\\; بناء 3
هيئة الزيتون,,,cultural,=نبذة تبدأ بعلامة,CUL,SY02,,,,,,,,,,,,
`;

test.each([['csv', false], ['csv', true], ['xlsx', false], ['xlsx', true]] as const)('what goes out as %s (tags: %s) comes in again without loss', async (ending, tagged) => {
  for (const table of ['organisation_contacts', 'organisations']) await given.sql(`delete from ${table}`);
  const file = join(folder, `${String(tagged)}.${ending}`);
  writeFileSync(join(folder, 'start.csv'), START);
  expect(await bring(join(folder, 'start.csv'))).toEqual({ imported: 2, drafts: 0, skipped: 0 });
  const before = await said();
  expect(before).toMatchObject([{ services: ['مكتبة متنقّلة', 'تدريب؛ وتأهيل'], expertise: ['أ;ب', 'ج', 'د'], licence: { number: '0093/12' } }, { about: '=نبذة تبدأ بعلامة' }]);
  expect((before[0] as unknown as { contacts: unknown[] }).contacts).toHaveLength(7);
  writeFileSync(file, ending === 'csv' ? Buffer.from(await new Response(csvStream(columns, parts, tagged)).arrayBuffer()) : await xlsxFile(columns, parts, tagged));
  expect(await bring(file), 'where it is there already nothing comes twice').toEqual({ imported: 0, drafts: 0, skipped: 2 });
  for (const table of ['organisation_contacts', 'organisations']) await given.sql(`delete from ${table}`);
  expect(await bring(file)).toEqual({ imported: 2, drafts: 0, skipped: 0 });
  expect(await said()).toEqual(before);
});

test('whatever stands in a list, it comes out of its cell as it went in', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'ب', ';', '؛', '|', '\n', '\\', ' ', ','), minLength: 1, maxLength: 8 });
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }), (all) => { expect(splitCell(joinCell(all))).toEqual(all); }), { numRuns: 500 });
});
