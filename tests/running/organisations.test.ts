/** A table of organisations, brought in by the public command: complete rows are listed, the others wait, and a list of people is not taken. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { workshop } from './commands.ts';

const here = workshop('import');
afterAll(here.clear);
const home = here.checkout('home');
const bring = (file: string) => here.run(home, 'import', 'organisations', file, '--data', join(here.folder, 'data'));

test('organisations come in once from CSV and spreadsheet, with tags or without; what is broken stands beside with its reason', async () => {
  const csv = join(here.folder, 'partners.csv');
  writeFileSync(csv, '\uFEFFالاسم بالعربية;النوع;المجالات;الأماكن;الهاتف\r\nجمعية الغار;جمعية;EDU|CUL;IMBOS;021 555 0101\r\nجمعية الأرز;جمعية;CUL;IMBOS;\r\nجمعية بلا مكان;جمعية;CUL;مدينة لا نعرفها;\r\nمديرية المياه;جهة حكومية;SRV;IMBOS;\r\n');
  const first = await bring(csv);
  expect([first.code, first.out]).toEqual([0, 'imported 2, drafts 1, skipped 0, refused 1\n']);
  expect(JSON.parse(readFileSync(`${csv}.refused.jsonl`, 'utf8'))).toMatchObject({ line: 5, reason: expect.stringContaining('public body') });
  expect((await bring(csv)).out).toBe('imported 0, drafts 0, skipped 3, refused 1\n');

  const sheet = join(here.folder, 'partners.xlsx');
  const rows = [['دليل الشركاء', '', '', ''], ['الجهة', 'x', 'y', 'z'], ['#org+name', '#org+type', '#sector+code+list', '#loc+code+list'], ['جمعية السنديان', 'local', 'CUL', 'IMBOS']];
  await (writeExcel(rows.map((row) => row.map((value) => ({ value })))) as { toFile(path: string): Promise<void> }).toFile(sheet);
  expect((await bring(sheet)).out).toBe('imported 1, drafts 0, skipped 0, refused 0\n');
}, 600_000);

test('a list of people is refused before anything is stored', async () => {
  const list = join(here.folder, 'people.csv');
  writeFileSync(list, 'اسم المستفيد,الرقم الوطني,المكان\nأحمد محمد,02010123456,IMBOS\n');
  const refused = await bring(list);
  expect([refused.code, refused.out, refused.err]).toEqual([1, '', expect.stringContaining('never held here')]);
  expect(existsSync(`${list}.refused.jsonl`)).toBe(false);
}, 300_000);
