/** What somebody who runs the site sees in the terminal: starting, stopping, being killed, taking a newer version. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { withFolderLock } from '#platform/db/folder-lock.ts';
import { freePort, workshop } from './commands.ts';

const TOKEN = 'a-word-of-more-than-16';
const here = workshop('test', { ABWAB_METRICS_TOKEN: TOKEN });
afterAll(here.clear);
const home = here.checkout('home');
const newer = here.checkout('newer', { '9999-01-01-later.sql': 'create table later (id int primary key);' });
const data = join(here.folder, 'data');
const serve = (...more: string[]) => here.start(home, 'start', '--port', '0', '--data', data, ...more);
const postmaster = () => Number(readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
/** Its file goes last; the process itself may stay in the system's list for a moment. */
const serves = () => existsSync(join(data, 'pg/postmaster.pid'));
const READY = /^READY (http:\/\/127\.0\.0\.1:\d+)$/m;

test('a first start asks nothing, says READY and prints the way in; others are told why they cannot start', async () => {
  const site = serve();
  const url = await site.says(READY);
  const link = await site.says(/First administrator: (\S+)/);
  expect(link.startsWith(`${url}/enter/`)).toBe(true);
  expect(await (await fetch(url)).text()).toBe('مفتوح');

  const { port } = new URL(url);
  const [again, taken, invited] = await Promise.all([
    serve().ended, here.run(home, 'start', '--port', port, '--data', join(here.folder, 'elsewhere')), here.run(home, 'admin', 'invite', '--json', '--data', data),
  ]);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('runs on')]);
  expect([taken.code, taken.err]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
  expect(invited.code).toBe(0);
  expect(JSON.parse(invited.out)).toMatchObject({ role: 'administrator', link: expect.stringContaining(`${url}/enter/`) });

  // Whoever knows the word reads how the house is.
  const figures = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  for (const name of ['database_up', 'jobs_waiting', 'jobs_failed', 'jobs_behind_seconds', 'record_size', 'record_waiting', 'record_fault', 'letters_failed', 'disk_free_bytes']) expect(figures).toMatch(new RegExp(`^abwab_${name} \\d`, 'm'));
  expect(figures).toMatch(/^abwab_database_up 1$/m);
  expect(await (await fetch(`${url}/metrics`)).text()).toBe('مفتوح');

  // What was begun ends; nothing new is let in; the database goes last.
  const slow = fetch(`${url}/slow`).then((response) => response.text());
  await site.says(/asked slowly/);
  site.child.kill('SIGINT');
  expect(await slow).toBe('مفتوح');
  const end = await site.ended;
  expect(end.code, end.err).toBe(0);
  expect(serves()).toBe(false);
}, 300_000);

test('after a hard kill the database that lives on is adopted, and stopped by whoever adopted it', async () => {
  const killed = serve();
  await killed.says(READY);
  const pid = postmaster();
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(serves()).toBe(true);

  const site = serve();
  await site.says(/First administrator: (\S+)/);
  expect(postmaster()).toBe(pid);
  site.child.kill('SIGTERM');
  const end = await site.ended;
  expect(end.code, end.err).toBe(0);
  expect(serves()).toBe(false);
}, 300_000);

test('while it is not ready yet, the port says so', async () => {
  const fresh = join(here.folder, 'fresh');
  mkdirSync(fresh);
  const port = String(await freePort());
  // While another command holds the folder, a start waits.
  const site = await withFolderLock(fresh, async () => {
    const starting = here.start(home, 'start', '--port', port, '--data', fresh);
    let first: Response | null = null;
    while (!first) first = await fetch(`http://127.0.0.1:${port}/health`).catch(() => wait(20, null));
    expect(first.status).toBe(503);
    expect(await first.json()).toMatchObject({ status: 'starting', record: null });
    return starting;
  });
  await site.says(READY);
  site.child.kill('SIGTERM');
  const end = await site.ended;
  expect(end.code, end.err).toBe(0);
}, 300_000);

test('a newer version backs up before it changes anything, and an older one refuses what is newer', async () => {
  const same = await here.run(home, 'migrate', '--json', '--data', data);
  expect([same.code, JSON.parse(same.out)]).toEqual([0, { applied: [] }]);
  const changed = await here.run(newer, 'migrate', '--json', '--data', data);
  expect([changed.code, JSON.parse(changed.out)]).toEqual([0, { applied: ['9999-01-01-later.sql'] }]);

  const [backup] = readdirSync(join(data, 'backups'));
  expect(backup).toContain('before-9999-01-01-later');
  const folder = join(data, 'backups', backup!);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { tables: { name: string; rows: number; columns: string[] }[]; steps: { name: string }[] };
  expect(manifest.steps.map((it) => it.name)).not.toContain('9999-01-01-later.sql');
  for (const { name, rows } of manifest.tables) {
    const lines = gunzipSync(readFileSync(join(folder, `${name}.copy.gz`))).toString('utf8').split('\n').length - 1;
    expect([name, lines]).toEqual([name, rows]);
  }
  expect(manifest.tables.find((it) => it.name === 'public.persons')!.rows).toBeGreaterThan(0);
  expect(existsSync(join(folder, 'secret'))).toBe(false);

  const older = await here.run(home, 'start', '--port', '0', '--data', data);
  expect([older.code, older.err]).toEqual([1, expect.stringContaining('made by newer code (9999-01-01-later.sql)')]);
}, 300_000);

test('a folder that the database cannot reach is named in a sentence', async () => {
  if (process.getuid?.() !== 0) return;
  const locked = join(here.folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o700);
  const refused = await here.run(home, 'start', '--port', '0', '--data', join(locked, 'data'));
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`cannot walk into ${locked}`)]);
}, 300_000);

test('wrong calls end with 2 and the usage, and every command explains itself', async () => {
  const commands = ['start', 'import', 'recount', 'opinions', 'backup', 'restore'];
  const helped = await Promise.all(commands.map((name) => here.run(home, name, '--help')));
  for (const [at, told] of helped.entries()) expect([told.code, told.err]).toEqual([0, expect.stringContaining(`abwab ${commands[at]}`)]);
  const wrong = [['no-such'], ['start', '--port', 'abc'], ['start', 'now'], ['admin', 'invite', '--role', 'officer'], ['import', 'entries'], ['restore'], ['backup', '--keep', '0']];
  const told = await Promise.all(wrong.map((args) => here.run(home, ...args)));
  expect(told.map((it, at) => [wrong[at], it.code])).toEqual(wrong.map((args) => [args, 2]));
}, 300_000);
