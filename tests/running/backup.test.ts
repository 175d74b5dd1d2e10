/** A backup is worth what its restore is worth: real ones, started and verified afterwards; and every one that is not put back, with its reason. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openSecrets } from '#platform/secrets.ts';
import { workshop } from './commands.ts';

const server: Record<string, string> = {};
const here = workshop('import');
const onServer = workshop('import', server);
afterAll(async () => { await onServer.clear(); await here.clear(); });
const home = here.checkout('home');
const data = join(here.folder, 'data');
const keys = join(here.folder, 'keys');
const READY = /^READY (http:\/\/127\.0\.0\.1:\d+)$/m;

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => JSON.stringify({ externalId: `x-${from + n}`, kind: 'need', title: `حاجة رقم ${from + n}`, text: 'سطر أول\nسطر\tثان \\N \\. «نصّ»' })).join('\n');
async function bring(folder: string, from: number, to: number) {
  const file = join(here.folder, `rows-${from}.jsonl`);
  writeFileSync(file, rows(from, to));
  return (await here.run(home, 'import', 'entries', file, '--publish', '--data', folder)).out;
}
const published = async (folder: string) => JSON.parse((await here.run(home, 'record', 'publish', '--json', '--data', folder)).out) as { published: number };
const verified = (folder: string, vkey: string) => here.run(home, 'verify', join(folder, 'record/log'), '--vkey', vkey, '--json');
const backup = async (...more: string[]) => JSON.parse((await here.run(home, 'backup', '--json', '--data', data, ...more)).out) as { folder: string; rows: number };

test('what was copied while the site ran is put back elsewhere, verified, started, and goes on', async () => {
  expect(await bring(data, 0, 40)).toBe('imported 40, drafts 0, skipped 0, refused 0\n');
  const site = here.start(home, 'start', '--port', '0', '--data', data);
  await site.says(READY);
  while (!existsSync(join(data, 'record/log/checkpoint'))) await wait(100);
  const copy = await backup('--to', join(here.folder, 'copies'), '--keys', keys);
  expect(copy.rows).toBeGreaterThan(80);
  const held = readdirSync(copy.folder, { recursive: true }).map(String);
  expect(held.filter((name) => /secret|signer|key$/.test(name) && !name.endsWith('vkey') && !/public\./.test(name))).toEqual([]);
  site.child.kill('SIGTERM');
  await site.ended;
  // What happens afterwards is not in it.
  await bring(data, 40, 55);
  const { published: size } = await published(data);
  const vkey = readFileSync(join(data, 'record/log/vkey'), 'utf8').trim();

  const again = join(here.folder, 'again');
  const back = await here.run(home, 'restore', copy.folder, '--keys', keys, '--data', again, '--json');
  expect([back.code, back.err]).toEqual([0, expect.stringContaining('all of it reads as it was written')]);
  expect(await verified(again, vkey)).toMatchObject({ code: 0 });
  // Others have seen a longer record: it comes back from their copy, and nothing is signed beside it.
  const caught = await here.run(home, 'record', 'catch-up', '--from', join(data, 'record/log'), '--json', '--data', again);
  expect([caught.code, caught.err]).toEqual([0, expect.stringContaining('came back')]);
  await published(again);
  const before = await here.run(home, 'verify', join(again, 'record/log'), '--vkey', vkey, '--old', join(data, 'record/log/checkpoint'), '--json');
  expect([before.code, JSON.parse(before.out)]).toMatchObject([0, { holds: true, size, old: 1 }]);

  const restored = here.start(home, 'start', '--port', '0', '--data', again);
  expect(await (await fetch(await restored.says(READY))).text()).toBe('مفتوح');
  restored.child.kill('SIGTERM');
  expect((await restored.ended).code).toBe(0);
  // Its rows are known, those after it are not; numbers go on where they were.
  expect(await bring(again, 0, 40)).toBe('imported 0, drafts 0, skipped 40, refused 0\n');
  expect(await bring(again, 40, 50)).toBe('imported 10, drafts 0, skipped 0, refused 0\n');
  expect((await published(again)).published).toBeGreaterThan(size);
  expect(await verified(again, vkey)).toMatchObject({ code: 0 });
}, 300_000);

test('what is there is kept unless it is said otherwise, and moved aside then', async () => {
  const copy = await backup();
  const refused = await here.run(home, 'restore', copy.folder, '--data', data);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('holds data already')]);
  const over = await here.run(home, 'restore', copy.folder, '--over', '--data', data);
  expect([over.code, over.err]).toEqual([0, expect.stringContaining('lies in')]);
  expect(readdirSync(join(data, readdirSync(data).find((name) => name.startsWith('replaced-'))!)).toSorted()).toEqual(['pg', 'record', 'secret']);
  expect(await bring(data, 40, 55)).toBe('imported 0, drafts 0, skipped 15, refused 0\n');
}, 600_000);

test('a damaged, a newer and a foreign backup are named, and nothing is touched', async () => {
  const good = (await backup('--keep', '1')).folder;
  expect(readdirSync(join(data, 'backups')).filter((name) => name.endsWith('-backup'))).toHaveLength(1);
  const empty = join(here.folder, 'nowhere');
  const spoilt = (name: string, spoil: (folder: string) => void) => {
    const folder = join(here.folder, name);
    cpSync(good, folder, { recursive: true });
    spoil(folder);
    return folder;
  };
  const flip = (path: string) => { const bytes = readFileSync(path); bytes[bytes.length >> 1]! ^= 1; writeFileSync(path, bytes); };
  const rewrite = (folder: string, change: (text: string) => string) => {
    const text = change(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    writeFileSync(join(folder, 'manifest.json'), text);
    writeFileSync(join(folder, 'manifest.sha256'), createHash('sha256').update(text).digest('hex'));
  };
  const cases: [string, string, ...string[]][] = [
    [spoilt('rows', (folder) => flip(join(folder, 'public.entries.copy.gz'))), 'public.entries.copy.gz is not as it was written'],
    [spoilt('gone', (folder) => rmSync(join(folder, 'public.acts.copy.gz'))), 'public.acts.copy.gz is missing'],
    [spoilt('file', (folder) => flip(join(folder, 'record/log/checkpoint'))), 'record/log/checkpoint is not as it was written'],
    [spoilt('manifest', (folder) => flip(join(folder, 'manifest.json'))), 'manifest.json is not as it was written'],
    [spoilt('newer', (folder) => rewrite(folder, (text) => text.replace('"format": 2', '"format": 3'))), 'newer code (format 3'],
    [spoilt('step', (folder) => rewrite(folder, (text) => text.replace('"steps": [', '"steps": [{ "name": "9999-01-01-later.sql", "hash": "x" },'))), 'newer code (9999-01-01-later.sql)'],
    [spoilt('climbs', (folder) => rewrite(folder, (text) => text.replace('"record/log/vkey"', '"../../vkey"'))), 'nothing that can be understood'],
    [spoilt('other', (folder) => rewrite(folder, (text) => text.replace('"profile": "import"', '"profile": "aleppo"'))), 'ABWAB_PROFILE=aleppo'],
    [here.folder, 'is no backup'],
    [good, 'secret that belongs to this backup is not here'],
  ];
  for (const [folder, sentence] of cases) {
    const told = await here.run(home, 'restore', folder, '--data', empty);
    expect([told.code, told.err, existsSync(join(empty, 'pg'))]).toEqual([1, expect.stringContaining(sentence), false]);
  }
}, 600_000);

test('a database of DATABASE_URL, by a user who is not its superuser, is filled, and not while it is in use or full', async () => {
  const site = here.start(home, 'start', '--port', '0', '--data', data);
  await site.says(READY);
  const copy = await backup();
  const port = readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
  const admin = new pg.Client({ connectionString: `postgres://postgres:${openSecrets(data).derive('database superuser')}@127.0.0.1:${port}/postgres` });
  await admin.connect();
  await admin.query(`create role keeper login createrole password 'kept'; grant abwab_owner, abwab_app, abwab_jobs to keeper with admin option`);
  await admin.query('create database other owner keeper');
  await admin.end();
  server.DATABASE_URL = `postgres://keeper:kept@127.0.0.1:${port}/other`;
  const other = join(here.folder, 'beside');
  mkdirSync(other);
  const restore = (...more: string[]) => onServer.run(home, 'restore', copy.folder, '--keys', keys, '--data', other, ...more);
  const first = await restore();
  expect([first.code, first.err]).toEqual([0, expect.stringContaining('all of it reads as it was written')]);
  renameSync(join(other, 'record'), join(other, 'elsewhere'));
  expect((await restore()).err).toContain('DATABASE_URL names holds data already');
  renameSync(join(other, 'elsewhere'), join(other, 'record'));
  const worker = onServer.start(home, 'worker', '--data', other);
  await worker.says(/jobs are running/);
  expect((await restore('--over')).err).toContain('use this database now');
  worker.child.kill('SIGTERM');
  await worker.ended;
  expect((await restore('--over')).code).toBe(0);
  site.child.kill('SIGTERM');
  await site.ended;
}, 300_000);
