/** What `abwab doctor` says of an installation that is well, and of one that somebody has spoilt in one way after the other. */
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openSecrets } from '#platform/secrets.ts';
import { workshop } from './commands.ts';

// Any free port: what else runs on this machine is no fault of the installation.
const settings: Record<string, string> = { ABWAB_ORIGIN: 'https://abwab.example', PORT: '0' };
const here = workshop('test', settings);
afterAll(here.clear);
const home = here.checkout('home');
const data = join(here.folder, 'data');
const doctor = async () => {
  const told = await here.run(home, 'doctor', '--json', '--data', data);
  return { ...told, wrong: (JSON.parse(told.out) as { findings: { is: string; about: string; says: string }[] }).findings.filter((it) => it.is === 'wrong').map((it) => `${it.about}: ${it.says}`) };
};

async function spoilt(what: string, mend: string): Promise<string[]> {
  const port = readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
  const admin = new pg.Client({ connectionString: `postgres://postgres:${openSecrets(data, {}).derive('database superuser')}@127.0.0.1:${port}/abwab` });
  await admin.connect();
  await admin.query(what);
  const { wrong, code } = await doctor();
  expect([what, code]).toEqual([what, 1]);
  await admin.query(mend);
  await admin.end();
  return wrong;
}

test('an empty place, a stopped site and a running one are told apart, and nothing is changed by looking', async () => {
  const nothing = await here.run(home, 'doctor', '--data', data);
  expect([nothing.code, nothing.err, existsSync(data)]).toEqual([1, expect.stringContaining('There is no installation'), false]);
  expect((await here.run(home, 'migrate', '--data', data)).code).toBe(0);
  const resting = await doctor();
  expect([resting.wrong, resting.code]).toEqual([[], 0]);
  expect(resting.err).toContain('No site runs');
  expect(existsSync(join(data, 'pg/postmaster.pid'))).toBe(false);

  const site = here.start(home, 'start', '--port', '0', '--data', data);
  await site.says(/^READY/m);
  while (!existsSync(join(data, 'record/log/checkpoint'))) await wait(100);
  // The pages of this checkout are a stand-in: whatever is asked, they answer.
  const running = await doctor();
  expect([running.wrong, running.code]).toEqual([[], 0]);
  expect(running.err).toMatch(/Jobs are done as they come/);

  expect(await spoilt('alter table acts disable trigger acts_stay', 'alter table acts enable trigger acts_stay')).toMatchObject([expect.stringContaining('append-only is not as it was made')]);
  expect(await spoilt('grant delete on acts to abwab_app', 'revoke delete on acts from abwab_app')).toMatchObject([expect.stringContaining('grant delete')]);
  expect(await spoilt('alter role abwab_app bypassrls', 'alter role abwab_app nobypassrls')).toMatchObject([expect.stringContaining('sees past row security')]);
  expect(await spoilt(`alter role abwab_app password 'other'`, `alter role abwab_app password '${openSecrets(data, {}).derive('database role abwab_app')}'`)).toMatchObject([expect.stringContaining('cannot enter')]);
  expect(await spoilt(`update migrations set hash = 'x' where name like '%-record.sql'`, `update migrations set hash = '${await hashOf('2026-11-24-01-record.sql')}' where name like '2026-11-24-01-record.sql'`)).toMatchObject([expect.stringContaining('changed after')]);
  const photo = '00000000-0000-4000-8000-000000000001';
  expect(await spoilt(`insert into attachments (id, owner_kind, owner_id, position, media, state, bytes, created_at) values ('${photo}', 'entry', '${photo}', 1, 'photo', 'ready', 5, now())`, `delete from attachments where id = '${photo}'`))
    .toMatchObject([expect.stringContaining('1 photos or papers are named')]);
  site.child.kill('SIGTERM');
  await site.ended;
}, 600_000);

async function hashOf(step: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(readFileSync(join(home, 'db/migrations', step), 'utf8')).digest('hex');
}

test('what is wrong on the disk and in the settings is said with what to do', async () => {
  chmodSync(join(data, 'secret'), 0o644);
  expect((await doctor()).wrong).toMatchObject([expect.stringContaining('chmod 600')]);
  chmodSync(join(data, 'secret'), 0o600);
  renameSync(join(data, 'secret'), join(data, 'elsewhere'));
  expect((await doctor()).wrong).toMatchObject([expect.stringContaining('The secret is missing')]);
  renameSync(join(data, 'elsewhere'), join(data, 'secret'));
  renameSync(join(home, 'build'), join(home, 'unbuilt'));
  expect((await doctor()).wrong).toMatchObject([expect.stringContaining('not built')]);
  mkdirSync(join(home, 'build'));
  writeFileSync(join(home, 'build/handler.js'), '');
  for (const [name, value, says] of [
    ['ABWAB_ORIGIN', 'http://abwab.example', 'would travel open'], ['ABWAB_LEAST_FREE_MB', '999999999', 'nothing is written any more'], ['ABWAB_SMTP_URL', 'smtp://127.0.0.1:9', 'is not reached'],
    ['DATABASE_URL', 'postgres://nobody:x@127.0.0.1:9/abwab', 'does not let us in'], ['ABWAB_PROFILE', 'nowhere', 'cannot be read'], ['PORT', 'door', 'not a port number'],
  ] as const) {
    const before = settings[name];
    settings[name] = value;
    const { wrong, code } = await doctor();
    expect([name, code, wrong]).toEqual([name, 1, expect.arrayContaining([expect.stringContaining(says)])]);
    if (before === undefined) delete settings[name]; else settings[name] = before;
  }
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { other.once('listening', resolve); });
  settings.PORT = String((other.address() as { port: number }).port);
  expect((await doctor()).wrong).toMatchObject([expect.stringContaining(`Port ${settings.PORT} is taken by another program`)]);
  settings.PORT = '0';
  other.close();
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(join(data, 'pg'));
    chownSync(join(data, 'pg'), 12_345, 12_345);
    expect((await doctor()).wrong).toMatchObject([expect.stringContaining('belongs to user 12345')]);
    chownSync(join(data, 'pg'), uid, gid);
  }
  rmSync(join(data, 'record/log/checkpoint'));
  const { wrong } = await doctor();
  expect(wrong.join()).toMatch(/^$|record repair/);
}, 300_000);
