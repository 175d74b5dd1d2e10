/** No column that says something about people stays for longer than somebody decided, and none is forgotten in the table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLASS_NAMES, CLASSES, columnsOf, PLAIN, RETENTION, retentionTable } from '#features/privacy/retention.ts';
import { world } from '#testing/world.ts';
import { HOME } from './sources.ts';

const given = await world();
const tables = new Map((await given.sql<{ table: string; columns: string[] }>(
  `select table_name as table, array_agg(column_name::text) as columns from information_schema.columns where table_schema = 'public' group by 1`)).map((it) => [it.table, it.columns]));
const persons = new Set((await given.sql<{ table: string }>(`select conrelid::regclass::text as table from pg_constraint where contype = 'f' and confrelid = 'persons'::regclass`)).map((it) => it.table));

test('every table is plain or has a class for every column (src/features/privacy/retention.ts)', () => {
  const differing = [...tables].filter(([table]) => !PLAIN.includes(table)).map(([table, columns]) => {
    const known = RETENTION[table] ? columnsOf(RETENTION[table]) : [];
    return { table, missing: columns.filter((it) => !known.includes(it)), unknown: known.filter((it) => !columns.includes(it)) };
  }).filter((it) => it.missing.length + it.unknown.length > 0);
  expect(differing).toEqual([]);
});

test('no table is named that there is not, or named twice', () => {
  expect([...PLAIN, ...Object.keys(RETENTION)].filter((it) => !tables.has(it))).toEqual([]);
  expect(PLAIN.filter((it) => it in RETENTION)).toEqual([]);
});

test('a table that points at people is never plain', () => {
  expect(PLAIN.filter((it) => persons.has(it))).toEqual([]);
});

test('every term has a beat of the worker that keeps it, and every class is used', () => {
  const worker = readFileSync(join(HOME, 'src/worker.ts'), 'utf8');
  for (const name of CLASS_NAMES) {
    const { days, job } = CLASSES[name];
    expect(days === null, name).toBe(job === null);
    if (job) expect(worker.includes(`name: '${job}'`), `the worker keeps ${name}`).toBe(true);
  }
  expect(retentionTable().filter((it) => it.columns.length === 0)).toEqual([]);
});
