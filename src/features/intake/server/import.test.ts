import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as csv } from 'csv-parse';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { HOME } from '#testing/cluster.ts';
import { world, type World } from '#testing/world.ts';
import { readRow, type Format, type ImportedEntry } from '../import-formats.ts';
import { ListSchema } from '../input.ts';
import { importEntries, listEntries, showEntry } from './index.ts';

const TERMINAL = { actor: { kind: 'system', job: 'terminal' } as const, caller: null };
const given = await world({ profile: 'import' });
const folder = join(HOME, 'tests/data/participation');

function read(format: Format, rows: Record<string, unknown>[]): ImportedEntry[] {
  return rows.flatMap((row) => {
    const it = readRow(format, row);
    return 'entry' in it ? [it.entry] : [];
  });
}

const proposals = readFileSync(join(folder, 'decide-madrid/proposals.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
async function requests(): Promise<Record<string, unknown>[]> {
  const rows = [];
  for await (const row of createReadStream(join(folder, 'boston-311/requests.csv')).pipe(csv({ columns: true, bom: true }))) rows.push(row as Record<string, unknown>);
  return rows;
}

async function bring(it: World, format: Format, entries: ImportedEntry[]) {
  const total = { imported: 0, skipped: 0 };
  for (let at = 0; at < entries.length; at += 500) {
    const done = await it.as(TERMINAL).act(importEntries, { source: format, publish: true, entries: entries.slice(at, at + 500) });
    total.imported += done.imported;
    total.skipped += done.skipped;
  }
  return total;
}

test('all eighty proposals of Madrid come in once, also when brought twice', async () => {
  const entries = read('consul', proposals);
  expect(entries).toHaveLength(80);
  expect(await bring(given, 'consul', entries)).toEqual({ imported: 80, skipped: 0 });
  expect(await bring(given, 'consul', entries)).toEqual({ imported: 0, skipped: 80 });
  const found = await given.ask(listEntries, v.parse(ListSchema, { q: 'antenas colegios' }));
  expect(found.items[0]!.title).toContain('Antenas');
});

test('all 7,367 requests of Boston come in; what was closed there is outside all clocks here', async () => {
  const entries = read('open311', await requests());
  expect(entries).toHaveLength(7367);
  expect(await bring(given, 'open311', entries)).toEqual({ imported: 7367, skipped: 0 });
  const [count] = await given.sql<{ closed: number; clocked: number; placed: number; unrecorded: number }>(`select
    count(*) filter (where state = 'elsewhere')::int as closed, count(*) filter (where state = 'elsewhere' and answer_due is not null)::int as clocked,
    count(*) filter (where place is not null)::int as placed, count(*) filter (where not exists (select 1 from acts where subject_id = e.id))::int as unrecorded from entries e where source = 'open311'`);
  const closed = entries.filter((it) => it.closed).length;
  expect(count).toMatchObject({ closed, clocked: 0, unrecorded: 0 });
  // Every neighbourhood that the city named is one of the profile's places.
  expect(count!.placed).toBe(entries.filter((it) => it.place !== '').length);
  const page = await given.ask(listEntries, v.parse(ListSchema, {}));
  expect(page.total).toEqual({ count: 1000, more: true });
  expect(page.items).toHaveLength(20);
});

test('an exact point from elsewhere stays private', async () => {
  const [{ number }] = await given.sql<{ number: string }>(`select number from entries e join entry_points p on p.entry_id = e.id limit 1`) as [{ number: string }];
  expect(JSON.stringify(await given.ask(showEntry, { number }))).not.toMatch(/42\.\d|-71\.\d/);
});

test('rows that cannot be taken say why', () => {
  expect(readRow('abwab', { externalId: '1', kind: 'need' })).toEqual({ refused: 'title: missing' });
  expect(readRow('abwab', { externalId: '1', kind: 'poem', title: 'عنوان' })).toMatchObject({ refused: expect.stringContaining('kind') });
  expect(readRow('consul', { title: 'Sin id' })).toMatchObject({ refused: expect.stringContaining('externalId') });
  expect(readRow('abwab', { externalId: '1', title: 'عنوان', submittedAt: 'أمس' })).toMatchObject({ refused: expect.stringContaining('submittedAt') });
});

test('nobody but the terminal imports', async () => {
  const administrator = await given.person([{ role: 'administrator' }]);
  await expect(given.as(administrator).act(importEntries, { source: 'abwab', publish: true, entries: [] })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await expect(given.act(importEntries, { source: 'abwab', publish: true, entries: [] })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});
