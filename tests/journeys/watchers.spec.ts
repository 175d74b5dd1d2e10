/** Those who watch, somebody who changes the past, and a key that changes: on a real server, as a reader sees them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parseVerifier } from '../../src/engines/merkle-log/index.ts';
import { startEmbedded } from '../../src/platform/db/embedded.ts';
import { withClient } from '../../src/platform/db/connection.ts';
import { openSecrets } from '../../src/platform/secrets.ts';
import { openWitness, type WatchedLog } from '../../src/platform/tlog/witness.ts';
import { serveWitness } from '../../src/platform/tlog/witness-server.ts';
import { NOT_HERE, openOutside } from '../outside/outside.ts';
import { words } from '#platform/i18n/words.ts';
import { expectNoViolations, noSidewaysScroll, PHONE } from './page.ts';
import { startServer, type TestServer } from './server.ts';

const w = words('ar');
const base = mkdtempSync(join(tmpdir(), 'abwab-watchers-'));
test.afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Three witnesses that begin to watch once the record has its key. */
async function threeWitnesses() {
  const logs: WatchedLog[] = [];
  const open = async (name: string, port = 0) => {
    const keeper = await openWitness(join(base, name), `${name}.test/witness`, logs);
    const server = await serveWitness(keeper, { host: '127.0.0.1', port, prefix: '' });
    return { name, vkey: keeper.vkey, port: (server.address() as AddressInfo).port, stop: async () => { server.closeAllConnections(); server.close(); await keeper.close(); } };
  };
  const all = await Promise.all(['one', 'two', 'three'].map((name) => open(name)));
  const policy = join(base, 'policy');
  writeFileSync(policy, [...all.map(({ name, vkey, port }) => `witness ${name} ${vkey} http://127.0.0.1:${port}`), 'group enough 2 one two three', 'quorum enough', ''].join('\n'));
  return { all, policy, watch: (vkey: string) => logs.push({ key: parseVerifier(vkey), origin: parseVerifier(vkey).name }) };
}

test.describe.configure({ mode: 'serial' });
let server: TestServer;
let watchers: Awaited<ReturnType<typeof threeWitnesses>>;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  watchers = await threeWitnesses();
  server = await startServer({ demo: true, env: { ABWAB_WITNESSES: watchers.policy } });
  await expect.poll(async () => (await fetch(`${server.url}/record/log/vkey`)).status, { timeout: 60_000 }).toBe(200);
  watchers.watch((await read('/record/log/vkey')).trim());
});
test.afterAll(async () => {
  await server.stop();
  await watchers.all[2]!.stop();
});
const read = async (path: string) => (await fetch(`${server.url}${path}`)).text();
const cosignatures = async (path: string) => (await read(path)).split('\n— ').length - 2;

test('witnesses sign what is published, a page says who they are, and a receipt says how many saw its seal', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await expect.poll(() => cosignatures('/record/log/checkpoint'), { timeout: 60_000 }).toBe(3);
  await page.goto(`${server.url}/log/watchers`);
  await expect(page.getByText(w.t('record.watchers.enough'))).toBeVisible();
  await expect(page.locator('table')).toContainText('one.test/witness');
  await noSidewaysScroll(page);
  await expectNoViolations(page);
  await page.goto(`${server.url}/log/0`);
  await expect(page.getByText(/رأى ختمه [3٣] شهود من خارج الموقع/)).toBeVisible();
  const trusted = join(base, 'trusted');
  writeFileSync(trusted, await read('/record/log/policy'));
  expect((await server.command('verify', server.url, '--policy', trusted)).code).toBe(0);
});

test('the key changes while the site runs; whoever trusts the old one is led to the new one, and receipts of before hold', async ({ page }) => {
  const old = (await read('/record/log/vkey')).trim();
  const seen = join(base, 'seen');
  writeFileSync(seen, await read('/record/log/checkpoint'));
  await page.goto(`${server.url}/log/0`);
  const receipt = await (await fetch(server.url + (await page.getByRole('link', { name: w.t('record.card.receipt') }).getAttribute('href'))!)).text();
  expect((await server.command('signer', 'retire')).err).toContain('Begin with: abwab signer rotate');
  const rotated = await server.command('signer', 'rotate');
  const next = rotated.out.trim();
  expect([rotated.code, parseVerifier(next).name]).toEqual([0, parseVerifier(old).name]);
  watchers.watch(next);
  await expect.poll(async () => (await fetch(`${server.url}/record/log/rotation/1`)).status, { timeout: 60_000 }).toBe(200);
  await page.goto(`${server.url}/log`);
  await expect(page.getByText(w.t('record.fact.next'))).toBeVisible();
  // Until the old key goes it is the one in force, and stands beside the next.
  for (const key of [old, next]) await expect(page.getByText(key, { exact: true })).toBeVisible();
  await expect(page.getByText(w.t('acts.key.rotated')).first()).toBeVisible();
  expect((await server.command('signer', 'retire')).out.trim()).toBe(next);
  const verified = await server.command('verify', server.url, '--vkey', old);
  expect([verified.code, verified.err]).toEqual([0, expect.stringContaining('Its key has changed once')]);
  expect(await server.command('verify', server.url, '--old', seen)).toMatchObject({ code: 0, err: expect.stringContaining('Its key has changed once') });
  await page.goto(`${server.url}/verify`);
  await page.getByLabel('أو نصّه').fill(receipt);
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(page.locator('main [role=status].note')).toContainText('نعم: الإيصال صحيح');
  const form = new FormData();
  form.set('text', receipt);
  const answer = await fetch(`${server.url}/verify?/receipt`, { method: 'POST', body: form, headers: { origin: server.url, accept: 'text/html' } });
  expect(await answer.text()).toContain('نعم: الإيصال صحيح');
  const outside = openOutside();
  if (outside) expect(await outside('verify', next, `${server.url}/record/log`)).toMatchObject({ code: 0 });
  else process.stderr.write(`${NOT_HERE}\n`);
});

test('with two witnesses away the record goes on; a past that is rewritten is told within a minute, and nothing new is signed', async ({ page }) => {
  const database = await startEmbedded(server.data, openSecrets(server.data));
  const sql = (text: string) => withClient(database.adminUrl, (client) => client.query(text));
  const size = async () => Number((await read('/record/log/checkpoint')).split('\n')[1]);
  try {
    await watchers.all[0]!.stop();
    await watchers.all[1]!.stop();
    const before = await size();
    expect((await server.command('signer', 'rotate')).code).toBe(0);
    await expect.poll(size, { timeout: 60_000 }).toBeGreaterThan(before);
    await expect.poll(async () => (await (await page.goto(`${server.url}/log/watchers`))!.text()).includes('رأى الشهود ختماً سابقاً'), { timeout: 60_000 }).toBe(true);
    await expect(page.locator('table')).toContainText('لا يجيب منذ');

    const sealed = await size();
    await sql(`set session_replication_role = replica; update acts set leaf = replace(leaf, '"v":1', '"v":2') where id = (select act_id from record_leaves where log_index = 3)`);
    await expect.poll(async () => (JSON.parse(await read('/health')) as { record: { fault: string | null } }).record.fault, { timeout: 60_000 }).toBe('changed');
    await page.goto(`${server.url}/log`);
    await expect(page.getByText('سطر محفوظ لا يطابق ما نُشر')).toBeVisible();
    await page.goto(`${server.url}/verify?line=3`);
    await expect(page.locator('main')).not.toContainText('نعم:');
    expect(await server.command('record', 'publish')).toMatchObject({ code: 1, err: expect.stringContaining('The record stands still (changed, entry 3)') });
    expect((await server.command('verify', server.url)).code).toBe(0);
    expect(await size()).toBe(sealed);
  } finally {
    await database.stop();
  }
});
