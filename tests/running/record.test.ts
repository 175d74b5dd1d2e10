/** Two thousand acts by two writers while several processes publish, one of which is killed: one record without gap or double. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { auditLog, openCheckpoint, parseVerifier, toHex } from '#engines/merkle-log/index.ts';
import { withClient } from '#platform/db/connection.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { openSecrets } from '#platform/secrets.ts';
import { openFolder } from '#platform/tlog/files.ts';
import { workshop } from './commands.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const here = workshop();
const settings: Record<string, string> = {};
const servers = workshop('test', settings);
afterAll(async () => {
  await servers.clear();
  await here.clear();
});

const writer = (database: string, data: string) => new Promise<number | null>((done) => {
  spawn(process.execPath, [join(REPOSITORY, 'src/testing/write-child.ts'), database, '100', data], { cwd: REPOSITORY, stdio: 'inherit' }).once('close', done);
});

/** Two write while others publish, until all is published; `kill` comes in the middle. Then whatever anybody saw on the way is one record. */
async function publishedByMany(database: string, data: string, kill: () => void): Promise<void> {
  const folder = openFolder(join(data, 'record/log'));
  const notes = new Map<number, string>();
  const ended = Promise.all([writer(database, data), writer(database, data)]).then((codes) => { expect(codes).toEqual([0, 0]); return true; });
  let killed = false;
  for (let over = false; !over; over = await Promise.race([ended, wait(100, false)])) {
    const note = await folder.read('checkpoint');
    if (note) notes.set(Number(new TextDecoder().decode(note).split('\n')[1]), new TextDecoder().decode(note));
    if (killed || notes.size <= 3) continue;
    kill();
    killed = true;
  }
  // On a quick machine all is written before three seals were made; most of it is still to be published.
  if (!killed) kill();
  await expect.poll(() => existsSync(join(data, 'record/log/vkey')), { timeout: 200_000 }).toBe(true);
  const key = parseVerifier(readFileSync(join(data, 'record/log/vkey'), 'utf8').trim());
  const rows = () => withClient(database, async (client) => (await client.query<{ count: string; most: string; waiting: string; fault: string | null }>(`select count(*)::text as count, coalesce(max(log_index), -1)::text as most, (select count(*) from record_queue)::text as waiting, (select fault from record_log) as fault from record_leaves`)).rows[0]!);
  await expect.poll(async () => (await rows()).waiting, { timeout: 200_000 }).toBe('0');
  const { count, most } = await rows();
  expect([Number(count) >= 2_000, Number(most)]).toEqual([true, Number(count) - 1]);
  await expect.poll(async () => (await openCheckpoint((await folder.read('checkpoint'))!, key)).size, { timeout: 200_000 }).toBe(Number(count));
  // Every seal that anybody saw on the way is continued by the last one, so no size had two roots.
  const audit = await auditLog({ key, read: folder.read, old: [...notes.values()], proofs: 50 });
  expect([audit.entries, toHex(audit.checkpoint.root)]).toEqual([Number(count), toHex((await openCheckpoint(notes.get(Number(count)) ?? audit.checkpoint.note, key)).root)]);
  await expect.poll(async () => (await rows()).fault, { timeout: 200_000 }).toBeNull();
}

test('three processes publish what two write, and one of the three is killed', async () => {
  const data = join(here.folder, 'data');
  const home = here.checkout('home');
  const site = here.start(home, 'start', '--port', '0', '--data', data);
  await site.says(/^READY/m);
  const workers = [here.start(home, 'worker', '--data', data), here.start(home, 'worker', '--data', data)];
  for (const worker of workers) await worker.says(/jobs are running/);
  const database = await startEmbedded(data, openSecrets(data));
  try {
    await publishedByMany(database.adminUrl, data, () => workers[0]!.child.kill('SIGKILL'));
  } finally {
    await database.stop();
  }
}, 600_000);

test('two whole servers on one database and one record start at once, publish what two write, and one of them is killed', async () => {
  const data = join(servers.folder, 'shared');
  const home = servers.checkout('home');
  const own = join(servers.folder, 'elsewhere');
  const database = await startEmbedded(own, openSecrets(own), false);
  try {
    settings.DATABASE_URL = database.adminUrl;
    const both = [servers.start(home, 'start', '--port', '0', '--data', data), servers.start(home, 'start', '--port', '0', '--data', data)];
    for (const it of both) await it.says(/^READY/m);
    await publishedByMany(database.adminUrl, data, () => both[0]!.child.kill('SIGKILL'));
    both[1]!.child.kill('SIGTERM');
    expect((await both[1]!.ended).code).toBe(0);
  } finally {
    await database.stop();
  }
}, 600_000);
