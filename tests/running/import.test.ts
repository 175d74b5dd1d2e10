/** What others hold, brought in by the public command: all of it, once, and in seconds. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { workshop } from './commands.ts';

const here = workshop('import');
afterAll(here.clear);
const home = here.checkout('home');
const data = join(here.folder, 'data');
const samples = join(import.meta.dirname, '../data/participation');
const bring = async (what: 'entries' | 'comments' | 'places', file: string, ...more: string[]) => here.run(home, 'import', what, file, ...more, '--data', data);
const place = (name: string, from: string) => { const to = join(here.folder, name); copyFileSync(from, to); return to; };

test('eighty proposals and 7,367 requests come in once, and what is broken stands beside them with its reason', async () => {
  const madrid = place('proposals.jsonl', join(samples, 'decide-madrid/proposals.jsonl'));
  writeFileSync(madrid, 'not a row\n{"id": 1}\n', { flag: 'a' });
  const proposals = await bring('entries', madrid, '--format', 'consul', '--publish');
  expect([proposals.code, proposals.out]).toEqual([0, 'imported 80, drafts 0, skipped 0, refused 2\n']);
  const refused = readFileSync(`${madrid}.refused.jsonl`, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { line: number; reason: string });
  expect(refused.map(({ line, reason }) => [line, reason])).toEqual([[81, 'not JSON'], [82, 'title: missing']]);

  const boston = place('requests.csv', join(samples, 'boston-311/requests.csv'));
  const began = performance.now();
  const requests = await bring('entries', boston, '--publish', '--json');
  expect([requests.code, JSON.parse(requests.out)]).toEqual([0, { imported: 7367, drafts: 0, skipped: 0, refused: 0 }]);
  if (process.env.ABWAB_TEST_ALL) expect(performance.now() - began).toBeLessThan(60_000);
  expect(existsSync(`${boston}.refused.jsonl`)).toBe(false);

  const [once, again] = await Promise.all([bring('entries', madrid), bring('entries', boston)]);
  expect([once.out, again.out]).toEqual(['imported 0, drafts 0, skipped 80, refused 2\n', 'imported 0, drafts 0, skipped 7367, refused 0\n']);
}, 600_000);

test('the 5,210 comments of Madrid come to their proposals, once; those of no proposal, and what is broken, stand beside with their reason', async () => {
  const file = place('comments.jsonl', join(samples, 'decide-madrid/comments.jsonl'));
  writeFileSync(file, '{"id": 1, "proposal_id": 10195}\n{"id": 2, "proposal_id": 999999, "text": "Sin propuesta."}\n{"id": 3, "proposal_id": 10195, "text": "Llamadme al +34 612 345 678."}\n', { flag: 'a' });
  const brought = await bring('comments', file, '--format', 'consul', '--publish');
  expect([brought.code, brought.out]).toEqual([0, 'imported 5210, drafts 1, skipped 0, refused 2\n']);
  const refused = readFileSync(`${file}.refused.jsonl`, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { line: number; reason: string });
  expect(refused.map(({ line, reason }) => [line, reason])).toEqual([[5211, 'text: missing'], [5212, 'entry: there is none of this source and id']]);
  expect((await bring('comments', file)).out).toBe('imported 0, drafts 0, skipped 5211, refused 2\n');
  expect((await bring('comments', file, '--format', 'open311')).code).toBe(2);
}, 600_000);

test('our own rows come as CSV with Arabic text, and as a spreadsheet; a list of people who receive something does not', async () => {
  const csv = join(here.folder, 'own.csv');
  writeFileSync(csv, '\uFEFFexternalId,kind,title,text,place,sectors,submittedAt\r\nأ-1,need,"ماء، لا يصل",منذ يومين,Allston,SRV;SRV.1,2026-01-02T10:00\r\nأ-2,poem,قصيدة,,,,\r\n');
  expect((await bring('entries', csv)).out).toBe('imported 1, drafts 0, skipped 0, refused 1\n');
  expect(readFileSync(`${csv}.refused.jsonl`, 'utf8')).toContain('«poem»');

  const sheet = join(here.folder, 'own.xlsx');
  await (writeExcel([['externalId', 'kind', 'title', 'text'].map((value) => ({ value })), ['x-1', 'question', 'متى يفتح المركز؟', ''].map((value) => ({ value }))]) as { toFile(path: string): Promise<void> }).toFile(sheet);
  expect((await bring('entries', sheet)).out).toBe('imported 1, drafts 0, skipped 0, refused 0\n');

  const list = join(here.folder, 'people.csv');
  writeFileSync(list, 'externalId,title,الرقم الوطني,عدد أفراد الأسرة,رقم الهاتف\n1,سلة غذائية,123,5,0944\n');
  const refused = await bring('entries', list);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('never held here')]);
}, 300_000);

test('places come in below those that are there, parents first, and once', async () => {
  const file = join(here.folder, 'places.geojson');
  const square = { type: 'Polygon', coordinates: [[[37, 36], [37, 37], [38, 37], [38, 36], [37, 36]]] };
  const feature = (pcode: string, parent: string, geometry: unknown = square) => ({ type: 'Feature', properties: { pcode, name_ar: `مكان ${pcode}`, name_en: pcode, parent }, geometry });
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [feature('NEW02', 'NEW01'), feature('NEW01', 'IMBOS'), feature('LOST1', 'NOWHERE'), feature('BAD', 'IMBOS', { type: 'Cube' })] }));
  expect((await bring('places', file)).out).toBe('imported 2, drafts 0, skipped 0, refused 2\n');
  expect(readFileSync(`${file}.refused.jsonl`, 'utf8')).toContain('NOWHERE');
  expect((await bring('places', file)).out).toBe('imported 0, drafts 0, skipped 2, refused 2\n');
}, 300_000);
