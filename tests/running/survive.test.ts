/** What happens to what was acknowledged when processes are killed, when more is asked than can be answered, and when the database or the room is gone. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { startEmbedded } from '#platform/db/embedded.ts';
import { roomIn } from '#platform/disk.ts';
import { openSecrets } from '#platform/secrets.ts';
import { ensureBuilt } from '#testing/site.ts';
import { workshop } from './commands.ts';

const ALL = process.env.ABWAB_TEST_ALL !== undefined;
const REPOSITORY = join(import.meta.dirname, '../..');
const settings: Record<string, string> = {};
const here = workshop('test', settings);
afterAll(here.clear);
const home = here.checkout('home');
const data = join(here.folder, 'data');

async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every way in which an acknowledged thing, its state and its act can fall apart; empty when they have not. */
async function fallenApart(url: string, acknowledged: readonly string[]): Promise<string[]> {
  const sent = acknowledged.flatMap((line) => (line.startsWith('sent ') ? [line.slice(5)] : []));
  const supported = acknowledged.flatMap((line) => (line.startsWith('supported ') ? [line.slice(10)] : []));
  return withAdmin(url, async (client) => {
    const ids = async (text: string, values: unknown[] = []) => (await client.query<{ it: string }>({ text, values })).rows.map((row) => row.it);
    const submissions = new Set(await ids('select once::text as it from entry_submissions'));
    const supports = new Set(await ids(`select e.number || ' ' || s.person_id as it from supports s join entries e on e.id = s.entry_id`));
    return [
      ...sent.filter((once) => !submissions.has(once)).map((once) => `acknowledged and gone: ${once}`),
      ...supported.filter((it) => !supports.has(it)).map((it) => `acknowledged and gone: support ${it}`),
      ...(await ids(`select 'state without act: ' || e.id as it from entries e where not exists (select 1 from acts a where a.subject_id = e.id and a.kind in ('entry.received', 'entry.imported'))`)),
      ...(await ids(`select 'act without state: ' || a.id as it from acts a where a.subject_kind = 'entry' and not exists (select 1 from entries e where e.id = a.subject_id)`)),
      ...(await ids(`select 'entry without submission: ' || e.id as it from entries e where e.source is null and not exists (select 1 from entry_submissions s where s.entry_id = e.id)`)),
      ...(await ids(`select 'supports and acts differ: ' || e.number as it from entries e where (select count(*) from supports s where s.entry_id = e.id) <> (select count(*) from acts a where a.subject_id = e.id and a.kind = 'entry.supported')`)),
      ...(await ids(`select 'tally differs: ' || e.number as it from entries e join entry_tallies t on t.entry_id = e.id where t.supports <> (select count(*) from supports s where s.entry_id = e.id)`)),
    ];
  });
}

const postmaster = () => Number(readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);

test('whatever is killed at whatever moment: what was acknowledged is there with its act, and nothing is there by half', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => JSON.stringify({ externalId: `k-${at}`, kind: 'need', title: `حاجة رقم ${at}` })).join('\n');
  const file = join(here.folder, 'rows.jsonl');
  writeFileSync(file, rows);
  expect((await here.run(home, 'import', 'entries', file, '--publish', '--data', data)).code).toBe(0);
  const database = await startEmbedded(data, openSecrets(data, {}));
  const persons = Array.from({ length: 20 }, (_, at) => `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
  const entries = await withAdmin(database.adminUrl, async (client) => {
    await client.query(`insert into persons (id, created_at, verified) select id, now(), 'contact' from unnest($1::uuid[]) id`, [persons]);
    return (await client.query<{ number: string }>('select number from entries order by number')).rows.map((row) => row.number);
  });

  const total = ALL ? 500 : 90;
  const kills = ALL ? 12 : 3;
  const acknowledged: string[] = [];
  let writer: ChildProcess;
  let ended: Promise<void>;
  let part = '';
  const write = () => {
    // Whoever comes after a kill begins where acknowledgements end, and sends the last ones again.
    const from = Math.max(0, acknowledged.filter((line) => line.startsWith('sent')).length - 16);
    writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), data, database.adminUrl, String(from), String(total)], { cwd: REPOSITORY, env: { ...process.env, ABWAB_HOME: home, WRITE_ON: JSON.stringify({ entries, persons }) }, stdio: ['ignore', 'pipe', 'ignore'] });
    part = '';
    writer.stdout!.on('data', (text: Buffer) => {
      const lines = (part + text.toString()).split('\n');
      part = lines.pop()!;
      acknowledged.push(...lines);
    });
    ended = new Promise((resolve) => { writer.once('close', () => resolve()); });
  };
  write();
  for (let kill = 0; kill < kills; kill++) {
    const goal = acknowledged.length + 8 + Math.floor(Math.random() * ((total * 1.2) / kills));
    while (acknowledged.length < goal && writer!.exitCode === null) await wait(5);
    await wait(Math.random() * 30);
    if (kill % 2 === 0) {
      writer!.kill('SIGKILL');
      await ended!;
      write();
    } else process.kill(postmaster(), 'SIGKILL');
  }
  await ended!;
  expect(acknowledged.filter((line) => line.startsWith('sent')).length).toBeGreaterThanOrEqual(total);
  expect(await fallenApart(database.adminUrl, acknowledged)).toEqual([]);

  // The same eyes see one that was lost, a state without its act and an act without its state.
  await withAdmin(database.adminUrl, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(`delete from entry_submissions where once = $1`, [acknowledged[0]!.slice(5)]);
    await client.query(`delete from acts where ctid = (select ctid from acts where kind = 'entry.supported' limit 1)`);
    await client.query(`delete from entries where ctid = (select ctid from entries where source is null limit 1)`);
  });
  expect((await fallenApart(database.adminUrl, acknowledged)).map((line) => line.split(':')[0])).toEqual(expect.arrayContaining(['acknowledged and gone', 'supports and acts differ', 'act without state']));
  await database.stop();
}, 300_000);

/** What one processor can answer in a second is a thousand milliseconds; this is three times as much. */
const COST_MS = 10;
const PER_SECOND = (3 * 1000) / COST_MS;
const sites: ChildProcess[] = [];
afterAll(() => { for (const it of sites) it.kill('SIGKILL'); });

async function busySite(how: 'queue' | 'open' | 'idle'): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'busy-server.ts'), how === 'idle' ? '0' : String(COST_MS), how], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
  sites.push(child);
  const port = await new Promise<string>((resolve) => { child.stdout!.once('data', (text: Buffer) => resolve(text.toString().split(' ')[1]!.trim())); });
  return `http://127.0.0.1:${port}`;
}

/** Open load, as people come: nobody waits for others before asking. */
async function rush(url: string, perSecond: number, seconds: number, path: (at: number) => string) {
  const answers: Promise<{ status: number; ms: number; retry: string | null; text: string }>[] = [];
  const began = performance.now();
  for (let at = 0; at < perSecond * seconds; at++) {
    const due = began + (at * 1000) / perSecond;
    const left = due - performance.now();
    if (left > 0) await wait(left);
    const since = performance.now();
    answers.push(fetch(url + path(at)).then(async (answer) => ({ text: await answer.text(), status: answer.status, retry: answer.headers.get('retry-after'), ms: performance.now() - since })));
  }
  return Promise.all(answers);
}

test('three times what it can take: who is let in is answered, the rest hear so in their language, and afterwards all is as before', async () => {
  const url = await busySite('queue');
  const languages = ['/', '/en/needs', '/ku/needs', '/api/v1/entries'];
  const answers = await rush(url, PER_SECOND, ALL ? 10 : 3, (n) => languages[n % languages.length]!);
  const at = (all: readonly { ms: number }[], share: number) => all.map((it) => it.ms).toSorted((a, b) => a - b)[Math.floor(all.length * share)]!;
  const accepted = answers.filter((it) => it.status === 200);
  const refused = answers.filter((it) => it.status === 503);
  expect(accepted.length + refused.length).toBe(answers.length);
  expect([accepted.length > 20, refused.length > 20]).toEqual([true, true]);
  for (const it of refused) expect(Number(it.retry)).toBeGreaterThan(0);
  const said = refused.map((it) => it.text).join('');
  for (const words of ['الزوّار كثيرون الآن', 'There are many visitors', 'Niha gelek mêvan hene', '"code":"busy"']) expect(said).toContain(words);
  for (const it of refused) expect(it.text.length).toBeLessThan(3_000);
  // The promise itself is held to where nothing else runs; what a machine takes for nothing at all is allowed for.
  if (ALL) {
    const idle = await rush(await busySite('idle'), PER_SECOND, 2, () => '/');
    expect(at(accepted, 0.9)).toBeLessThan(2_000 + 2 * at(idle, 0.9));
  }
  for (let after = 0; after < 20; after++) expect((await fetch(url)).status).toBe(200);

  // Without a queue the same rush is answered late or not at all: the test sees it.
  const late = await rush(await busySite('open'), PER_SECOND, 4, () => '/');
  expect(at(late, 0.9)).toBeGreaterThan(at(accepted, 0.9));
}, 120_000);

/** The built pages, as people get them. */
async function realSite(folder: string, more: Record<string, string> = {}) {
  await ensureBuilt();
  Object.assign(settings, more);
  return here.start(REPOSITORY, 'start', '--port', '0', '--data', folder);
}
const READY = /^READY (http:\/\/127\.0\.0\.1:\d+)$/m;
const FORM = { title: 'الشارع الذي كتبتُ عنه طويلاً', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.' };
const post = async (url: string) => {
  const answer = await fetch(`${url}/new/need?/keep`, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(FORM).toString() });
  return { status: answer.status, text: await answer.text() };
};

test('without its database and without room the site reads on, keeps what is typed, and heals by itself', async () => {
  const folder = join(here.folder, 'real');
  const free = roomIn(here.folder)!;
  const site = await realSite(folder, { ABWAB_LEAST_FREE_MB: String(Math.floor((free - 3e9) / 1e6)) });
  const url = await site.says(READY);
  for (const path of ['/', '/needs', '/en/needs', '/api/v1/entries']) expect((await fetch(url + path)).status).toBe(200);
  expect((await post(url)).status).toBe(303);

  const pid = Number(readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  // Stopped, not killed: it neither answers nor hangs up, which is the worse of both.
  const group = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean).map(Number);
  for (const it of [pid, ...group]) process.kill(it, 'SIGSTOP');
  const since = performance.now();
  const written = await post(url);
  const took = performance.now() - since;
  for (const path of ['/', '/needs', '/en/needs', '/api/v1/entries']) expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
  for (const it of [pid, ...group]) process.kill(it, 'SIGCONT');
  expect([written.status, written.text]).toEqual([503, expect.stringContaining(FORM.title)]);
  expect(written.text).toContain(FORM.text);
  expect(took).toBeLessThan(4_000);

  process.kill(pid, 'SIGKILL');
  expect((await fetch(`${url}/needs`)).status).toBe(200);
  // Those who serve a session outlive their postmaster for a moment, and may still take what is sent: hence first the word, then the form.
  await site.says(/database started again/);
  for (let tries = 0; (await post(url)).status !== 303; tries++) {
    expect(tries).toBeLessThan(200);
    await wait(100);
  }

  const ballast = join(here.folder, 'ballast');
  expect(spawnSync('fallocate', ['-l', '6G', ballast]).status).toBe(0);
  await wait(1_200);
  const full = await post(url);
  expect([full.status, full.text]).toEqual([503, expect.stringContaining('لا مكان لما يُكتب الآن')]);
  expect(full.text).toContain(FORM.title);
  expect((await fetch(`${url}/needs`)).status).toBe(200);
  rmSync(ballast);
  await wait(1_200);
  expect((await post(url)).status).toBe(303);
  site.child.kill('SIGTERM');
  expect((await site.ended).code).toBe(0);
}, 240_000);

test('the clock of the server alone jumps: nothing expires early or late', async () => {
  const folder = join(here.folder, 'shifted');
  for (const minutes of ALL ? [-60, -10, 10, 60] : [-60, 60]) {
    const site = await realSite(folder, { ABWAB_LEAST_FREE_MB: '0', NODE_OPTIONS: `--import ${join(import.meta.dirname, 'shift-clock.ts')}`, SHIFT_MINUTES: String(minutes) });
    const url = await site.says(READY);
    const port = readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
    const hash = (text: string) => spawnSync('sha256sum', { input: text, encoding: 'utf8' }).stdout.slice(0, 64);
    await withAdmin(`postgres://postgres:${openSecrets(folder, {}).derive('database superuser')}@127.0.0.1:${port}/abwab`, async (client) => {
      const person = '20000000-0000-4000-8000-000000000001';
      await client.query(`insert into persons (id, created_at, verified) values ($1, now(), 'contact') on conflict do nothing`, [person]);
      await client.query('delete from sessions');
      for (const [token, left] of [['living', 5], ['over', -5]] as const) {
        await client.query(`insert into sessions (id, token_hash, person_id, via, created_at, seen_at, locks_at, expires_at) values (gen_random_uuid(), decode($1, 'hex'), $2, 'code', now() - interval '1 day', now(), now() + $3 * interval '1 minute', now() + $3 * interval '1 minute')`, [hash(token), person, left]);
      }
    });
    const me = async (token: string) => (await fetch(`${url}/me`, { redirect: 'manual', headers: { cookie: `abwab_session=${token}` } })).status;
    expect([minutes, await me('living'), await me('over')]).toEqual([minutes, 200, 303]);
    expect((await post(url)).status).toBe(303);
    site.child.kill('SIGTERM');
    await site.ended;
    delete settings.NODE_OPTIONS;
  }
}, 240_000);
