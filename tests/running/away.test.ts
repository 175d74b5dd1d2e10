/** The database hangs, is killed, or has no room left: the site reads on, keeps what is typed, and heals by itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { freeze, postmasterIn, signal, thaw, workshop } from './commands.ts';
import { ALL, FORM, post, READY, realSite, send, signedIn, withDatabase } from './real-site.ts';

const here = workshop('test');
afterAll(here.clear);
afterEach(here.stopAll);
const READ = ['/', '/needs', '/en/needs', '/api/v1/entries'];
const written = (url: string) => expect.poll(async () => (await post(url)).status, { timeout: 120_000 }).toBe(303);

test('a database that hangs: writing says so and keeps what was typed, reading goes on, and afterwards all is as before', async () => {
  const data = join(here.folder, 'hung');
  const site = await realSite(here, data);
  const url = await site.says(READY);
  for (const path of READ) await expect.poll(async () => (await fetch(url + path)).status, { timeout: 60_000 }).toBe(200);
  await written(url);
  const [person] = await withDatabase(data, (client) => signedIn(client, 1));
  const cookie = { cookie: `abwab_session=${person!.token}` };

  freeze(data);
  // One after the other, so that the first finds out and the others are told; and one of somebody who is signed in.
  for (const headers of [{}, {}, cookie, cookie] as Record<string, string>[]) {
    const since = performance.now();
    const told = await post(url, headers);
    if (ALL) expect(performance.now() - since).toBeLessThan(2_000);
    expect([told.status, told.text]).toEqual([503, expect.stringContaining(FORM.title)]);
    expect(told.text).toContain(FORM.text);
  }
  for (const path of READ) expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
  // Whoever is signed in is not told to sign in again.
  expect((await fetch(`${url}/me`, { redirect: 'manual', headers: cookie })).status).toBe(503);
  thaw(data);
  await written(url);
  expect((await fetch(`${url}/me`, { redirect: 'manual', headers: cookie })).status).toBe(200);
}, 240_000);

test('a database that is killed is started again, and nobody loses what they typed meanwhile', async () => {
  const data = join(here.folder, 'killed');
  const site = await realSite(here, data);
  const url = await site.says(READY);
  await expect.poll(async () => (await fetch(`${url}/needs`)).status, { timeout: 60_000 }).toBe(200);
  await written(url);
  signal(postmasterIn(data)!, 'SIGKILL');
  expect((await fetch(`${url}/needs`)).status).toBe(200);
  for (let status = 0; status !== 503 && !/database started again/.test(site.told.err);) {
    const told = await post(url);
    ({ status } = told);
    if (status === 503) expect(told.text).toContain(FORM.title);
  }
  await site.says(/database started again/);
  await written(url);
}, 240_000);

test('without room nothing is written, which is said, and with room again it is', async () => {
  const room = join(here.folder, 'room');
  writeFileSync(room, '5000000000');
  const site = await realSite(here, join(here.folder, 'full'), { ABWAB_LEAST_FREE_MB: '600', NODE_OPTIONS: `--import ${join(import.meta.dirname, 'say-room.ts')}`, SAY_ROOM: room });
  const url = await site.says(READY);
  await expect.poll(async () => (await fetch(`${url}/needs`)).status, { timeout: 60_000 }).toBe(200);
  await written(url);
  writeFileSync(room, '500000000');
  // It looks once in a second.
  await expect.poll(async () => (await post(url)).status, { timeout: 60_000 }).toBe(503);
  const full = await send(url, '/new/need?/keep', FORM);
  expect(full.text).toContain('لا مكان لما يُكتب الآن');
  expect(full.text).toContain(FORM.title);
  expect((await fetch(`${url}/needs`)).status).toBe(200);
  writeFileSync(room, '5000000000');
  await written(url);
  site.child.kill('SIGTERM');
  expect((await site.ended).code).toBe(0);
}, 240_000);

test('a site starts where the disk is nearly full: people read, and whoever runs it is told', async () => {
  const site = await realSite(here, join(here.folder, 'narrow'), { ABWAB_LEAST_FREE_MB: '999999999' });
  const url = await site.says(READY);
  await site.says(/(There is too little room on the disk)/);
  await expect.poll(async () => (await fetch(`${url}/needs`)).status, { timeout: 60_000 }).toBe(200);
  expect((await post(url)).status).toBe(503);
  for (const path of ['/open311/v2/requests.json', '/open311/v2/requests.xml']) {
    const sent = await fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams({ service_code: 'SRV.5', description: 'حفرة', lat: '36.2', long: '37.1', email: 'x@example.org' }) });
    expect([path, sent.status, sent.headers.get('retry-after')]).toEqual([path, 503, '30']);
  }
  site.child.kill('SIGTERM');
  expect((await site.ended).code).toBe(0);
}, 240_000);
