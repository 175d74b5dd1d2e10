/** What happens to what was acknowledged when the site and its database are killed at random moments. */
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startEmbedded } from '#platform/db/embedded.ts';
import { openSecrets } from '#platform/secrets.ts';
import { postmasterIn, signal, workshop, type Started } from './commands.ts';
import { fallenApart, SEEN, spoil } from './fallen-apart.ts';
import { ALL, READY, realSite, REPOSITORY, send, signedIn, withAdmin, withDatabase } from './real-site.ts';

const here = workshop('test');
afterAll(here.clear);
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const it of undo.splice(0).toReversed()) await it();
  await here.stopAll();
});
const home = here.checkout('home');

/** Forty entries that may be supported, in an installation of their own. */
async function furnished(data: string): Promise<void> {
  const file = join(here.folder, 'rows.jsonl');
  writeFileSync(file, Array.from({ length: 40 }, (_, at) => JSON.stringify({ externalId: `k-${at}`, kind: 'need', title: `حاجة رقم ${at}` })).join('\n'));
  const told = await here.run(home, 'import', 'entries', file, '--publish', '--data', data);
  expect(told.code, told.err).toBe(0);
}

async function kill(data: string): Promise<void> {
  for (;;) {
    const pid = postmasterIn(data);
    if (pid !== null) return signal(pid, 'SIGKILL');
    await wait(20);
  }
}

test('through the doors: what was acknowledged is there with its act, and nothing is there by half', async () => {
  const data = join(here.folder, 'doors');
  await furnished(data);
  const database = await startEmbedded(data, openSecrets(data, {}));
  undo.push(database.stop);
  const persons = await withAdmin(database.adminUrl, async (client) => (await signedIn(client, 20)).map((it) => it.id));
  const entries = await withAdmin(database.adminUrl, async (client) => (await client.query<{ number: string }>('select number from entries order by number')).rows.map((row) => row.number));

  const total = ALL ? 500 : 90;
  const kills = ALL ? 12 : 3;
  const acknowledged: string[] = [];
  const sent = () => new Set(acknowledged.filter((line) => line.startsWith('sent '))).size;
  let writer: ChildProcess;
  let ended = Promise.resolve();
  const write = () => {
    // Whoever comes after a kill begins where acknowledgements end, and sends the last ones again.
    writer = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), data, database.adminUrl, String(Math.max(0, sent() - 16)), String(total)], { cwd: REPOSITORY, env: { ...process.env, ABWAB_HOME: home, WRITE_ON: JSON.stringify({ entries, persons }) }, stdio: ['ignore', 'pipe', 'ignore'] });
    let part = '';
    writer.stdout!.on('data', (text: Buffer) => {
      const lines = (part + text.toString()).split('\n');
      part = lines.pop()!;
      acknowledged.push(...lines);
    });
    ended = new Promise((resolve) => { writer.once('close', () => resolve()); });
  };
  write();
  undo.push(() => writer.kill('SIGKILL'));
  for (let nth = 0; nth < kills; nth++) {
    const goal = acknowledged.length + 8 + Math.floor(Math.random() * ((total * 1.2) / kills));
    while (acknowledged.length < goal && writer!.exitCode === null) await wait(5);
    await wait(Math.random() * 30);
    if (nth % 2 === 0) {
      writer!.kill('SIGKILL');
      await ended;
      write();
    } else await kill(data);
  }
  await ended;
  expect(sent()).toBe(total);
  expect(await fallenApart(database.adminUrl, acknowledged)).toEqual([]);
  expect(await spoil(database.adminUrl, acknowledged)).toEqual(expect.arrayContaining(SEEN));
}, 600_000);

type Walker = { url(): string; entries: readonly string[]; people: readonly { id: string; token: string }[]; noted(line: string): void };

/** Like people: a form that is not answered, or answered with "later", is sent again as it is. */
async function until(ask: () => Promise<{ status: number; to: string; text: string }>): Promise<{ to: string }> {
  for (;;) {
    const told = await ask().catch(() => null);
    if (told?.status === 303) return told;
    // Killed, starting, in a rush: everything else is a fault.
    if (told && told.status !== 503) throw new Error(`${told.status}: ${told.text.slice(0, 100)}`);
    await wait(40);
  }
}

async function walk({ url, entries, people, noted }: Walker, at: number): Promise<void> {
  const once = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const from = { 'x-forwarded-for': `10.${at >> 8}.${at & 255}.7` };
  const text = `المصابيح مكسورة منذ الشتاء والطريق مظلم رقم ${at}`;
  let step = (await until(() => send(url(), '/new/need?/keep', { title: `شارع رقم ${at}`, text }, from))).to;
  for (const values of [{ placeWords: 'قرب المدرسة' }, { served: '' }, { contact: '' }]) {
    const address = step.replace('?', '?/keep&');
    step = (await until(() => send(url(), address, values as Record<string, string>, from))).to;
  }
  const last = step.replace('?', '?/send&');
  await until(() => send(url(), last, { once }, from));
  noted(`sent ${once}`);
  const person = people[at % people.length]!;
  const number = entries[Math.floor(at / people.length) % entries.length]!;
  const to = (await until(() => send(url(), `/n/${number}?/support`, {}, { ...from, cookie: `abwab_session=${person.token}` }))).to;
  // Whoever is led to sign in has not been heard.
  if (to.includes('/login')) throw new Error(`${person.token} was led to ${to}`);
  noted(`supported ${number} ${person.id}`);
}

test('over the network: the site and its database are killed while people write, and nobody who was thanked is forgotten', async () => {
  const data = join(here.folder, 'http');
  await furnished(data);
  const settings = { ABWAB_PROXY: '1' };
  let site: Started = await realSite(here, data, settings);
  const sites = [site];
  let url = await site.says(READY);
  const people = await withDatabase(data, (client) => signedIn(client, 20));
  const entries = await withDatabase(data, async (client) => (await client.query<{ number: string }>('select number from entries order by number')).rows.map((row) => row.number));

  const total = ALL ? 500 : 36;
  const kills = ALL ? 17 : 3;
  const acknowledged: string[] = [];
  let next = 0;
  const walker: Walker = { url: () => url, entries, people, noted: (line) => { acknowledged.push(line); } };
  let over = false;
  const walking = Promise.all(Array.from({ length: 8 }, async () => { while (next < total && !over) await walk(walker, next++); })).finally(() => { over = true; });
  walking.catch(() => undefined);
  undo.push(() => { over = true; });
  for (let nth = 0; nth < kills && !over; nth++) {
    const goal = Math.min(acknowledged.length + 4 + Math.floor(Math.random() * ((total * 1.6) / kills)), 2 * total - 8);
    while (acknowledged.length < goal && !over) await wait(5);
    await wait(Math.random() * 100);
    if (nth % 2 === 1) {
      site.child.kill('SIGKILL');
      await site.ended;
      sites.push((site = await realSite(here, data, settings)));
      url = await site.says(READY);
    } else await kill(data);
  }
  await walking.catch((fault: Error) => { throw new Error(`${fault.message}\n${sites.map((it) => it.told.err.slice(-4_000)).join('\n')}`, { cause: fault }); });
  expect(acknowledged.length).toBe(2 * total);
  await expect.poll(() => withDatabase(data, async () => true).catch(() => false), { timeout: 120_000 }).toBe(true);
  const adminUrl = await withDatabase(data, async (client) => `postgres://postgres:${openSecrets(data, {}).derive('database superuser')}@127.0.0.1:${client.port}/abwab`);
  expect(await fallenApart(adminUrl, acknowledged)).toEqual([]);
  expect(await spoil(adminUrl, acknowledged)).toEqual(expect.arrayContaining(SEEN));
}, 900_000);
