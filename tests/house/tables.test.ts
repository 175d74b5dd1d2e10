/** A feature writes only its own tables, and the types of its rows are the columns that the database has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { world } from '#testing/world.ts';
import { featureNames, HOME, places, sources } from './sources.ts';

const given = await world();

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const columnsOf = (type: ts.TypeNode): string[] =>
  ts.isTypeLiteralNode(type) ? type.members.filter(ts.isPropertySignature).map((it) => snake(it.name.getText())).sort() : [];

/** table → columns, of one feature's tables.ts */
function tablesOf(feature: string): Map<string, string[]> {
  const path = join(HOME, 'src/features', feature, 'server/tables.ts');
  const found = new Map<string, string[]>();
  if (!existsSync(path)) return found;
  for (const statement of ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true).statements) {
    if (!ts.isTypeAliasDeclaration(statement) || !statement.name.text.endsWith('Tables') || !ts.isTypeLiteralNode(statement.type)) continue;
    for (const member of statement.type.members) if (ts.isPropertySignature(member) && member.type) found.set(snake(member.name.getText()), columnsOf(member.type));
  }
  return found;
}

const BUILT = /\b(?:insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(\s*['"`]([a-zA-Z_]+)/g;
const RAW = /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+([a-z_]+)|\bupdate\s+([a-z_]+)(?:\s+(?:as\s+)?[a-z]+)?\s+set\b/gi;

const written = (text: string): string[] => [
  ...[...text.matchAll(BUILT)].map((it) => snake(it[1]!)),
  ...[...text.matchAll(RAW)].map((it) => (it[1] ?? it[2])!.toLowerCase()),
];

const features = featureNames();
const owned = new Map(features.map((feature) => [feature, tablesOf(feature)]));

test('the scan sees built and raw writes', () => {
  expect(written(`db.insertInto('entryTallies'); db.updateTable('a as b'); db.deleteFrom("notices")`)).toEqual(['entry_tallies', 'a', 'notices']);
  expect(written('`with x as (select 1) update supports s set a = 1`; `insert into follows (a)`; `delete from b where`; `select 1 for update`')).toEqual(['supports', 'follows', 'b']);
});

test.for(features)('%s writes only its own tables', (feature) => {
  const own = owned.get(feature)!;
  const foreign = sources(`src/features/${feature}`, /\/server\/.*\.ts$/, /\.test\.ts$/)
    .flatMap(({ path, text }) => written(text).filter((table) => !own.has(table)).map((table) => `${path} writes ${table}`));
  expect(foreign).toEqual([]);
});

test('every table belongs to one feature, and none is missing from the database', async () => {
  const rows = await given.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1`);
  expect([...owned.values()].flatMap((tables) => [...tables.keys()]).sort()).toEqual(rows.map((row) => row.name).sort());
});

test('rows have the columns that the database has', async () => {
  const rows = await given.sql<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name::text order by column_name::text collate "C") as columns from information_schema.columns where table_schema = 'public' group by 1`);
  const real = new Map(rows.map((row) => [row.table, row.columns]));
  const differing = [...owned].flatMap(([feature, tables]) => [...tables]
    .filter(([table, columns]) => columns.join() !== (real.get(table) ?? []).join())
    .map(([table, columns]) => ({ feature, table, only: { code: columns.filter((it) => !real.get(table)?.includes(it)), database: (real.get(table) ?? []).filter((it) => !columns.includes(it)) } })));
  expect(differing).toEqual([]);
});

test('queries are built in stores and queries', () => {
  const elsewhere = sources('src/features', /\/server\/.*\.ts$/, /\.test\.ts$|\/(store|queries)\/|(store|queries)\.ts$|\/load-[a-z-]+\.ts$|\/tables\.ts$/);
  expect(places(elsewhere, /\bdb\s*\.\s*(selectFrom|insertInto|updateTable|deleteFrom|with)\b|\bsql(<.*>)?`/)).toEqual([]);
});

test('other servers are reached only by jobs', () => {
  expect(places(sources('src/features', /\.(ts|svelte)$/, /\.test\.ts$|\/server\/jobs(\.ts$|\/)/), /(^|[^.\w])fetch\(/)).toEqual([]);
});
