/** The public record as a reader meets it, and as somebody checks it who believes nothing. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { entriesOf, parseVerifier, auditLog } from '../../src/engines/merkle-log/index.ts';
import { readLeaf } from '../../src/features/record/leaf.ts';
import { demoUrl, expectNoViolations, noSidewaysScroll, PHONE, scriptFree, withoutOwnScripts } from './page.ts';
import { startServer } from './server.ts';

const bytes = async (path: string) => {
  const answer = await fetch(`${demoUrl()}/record/log/${path}`);
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
};

test('the log lists what was written last, each line leads to its verdict, and its receipt is checked again, without script', async ({ browser }) => {
  const page = await scriptFree(browser);
  await page.goto(`${demoUrl()}/log`);
  await expect(page.getByText('السجلّ سليم')).toBeVisible();
  await expect(page.getByText('لا أحد من خارج الموقع حتى الآن')).toBeVisible();
  await page.locator('.feed a').first().click();
  await expect(page.getByRole('status')).toContainText('في السجلّ العام كما كُتب');
  const href = await page.getByRole('link', { name: 'نزّل الإيصال' }).getAttribute('href');
  const receipt = await (await fetch(demoUrl() + href!)).text();
  expect(receipt).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
  await page.getByLabel('أو نصّه').fill(receipt);
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(page.getByRole('status')).toContainText('نعم: الإيصال صحيح');
  await page.getByLabel('أو نصّه').fill(receipt.replace(/index \d+/, 'index 0'));
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(page.getByRole('status')).toContainText('لا يثبت السطر');
  await page.context().close();
});

test('a history leads to the record, and a number is answered in any digits, with a sentence for what is not there', async ({ page }) => {
  await withoutOwnScripts(page);
  await page.setViewportSize(PHONE);
  await page.goto(`${demoUrl()}/needs`);
  const number = (await page.locator('main a[href^="/n/"]').first().getAttribute('href'))!.split('/').at(-1)!;
  await page.goto(`${demoUrl()}/n/${number}`);
  await page.locator('.feed a').first().click();
  await expect(page.getByRole('status')).toContainText('كما كُتب');
  await page.getByLabel('رقم المتابعة أو رقم السطر').fill(number.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!));
  await page.getByRole('button', { name: 'تحقّق' }).first().click();
  await expect(page.getByRole('status')).toContainText('في السجلّ كما كُتب');
  await noSidewaysScroll(page);
  await expectNoViolations(page);
  await page.goto(`${demoUrl()}/verify?q=${encodeURIComponent('ليس رقماً')}`);
  await expect(page.getByText('لا يوجد شيء منشور بهذا الرقم').first()).toBeVisible();
  await expectNoViolations(page);
  await page.goto(`${demoUrl()}/verify?line=999999`);
  await expect(page.getByRole('status')).toContainText('لم يُنشر هذا السطر بعد');
});

test('a receipt is checked in the reader’s own device, from a square, and without a network', async ({ page, context }) => {
  await page.setViewportSize(PHONE);
  await page.goto(`${demoUrl()}/log/7`);
  const picture = await fetch(new URL((await page.locator('img.receipt-qr').getAttribute('src'))!, demoUrl()));
  expect([picture.headers.get('content-type'), (await picture.arrayBuffer()).byteLength < 8_000]).toEqual(['image/png', true]);
  await noSidewaysScroll(page);
  await expectNoViolations(page);
  const receipt = await (await fetch(demoUrl() + (await page.getByRole('link', { name: 'نزّل الإيصال' }).getAttribute('href'))!)).text();
  const sent: string[] = [];
  page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.url()); });
  const verdict = page.locator('main [role=status].note');
  await page.goto(`${demoUrl()}/verify#${encodeURI(receipt)}`);
  await expect(verdict).toContainText('نعم: الإيصال صحيح');
  await expectNoViolations(page);
  await page.getByLabel('أو نصّه').fill(receipt.replace('index 7', 'index 8'));
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(verdict).toContainText('لا يثبت السطر');
  await expect.poll(() => page.evaluate(async () => Boolean((await caches.match('/verify')) && (await caches.match('/verify.js'))))).toBe(true);
  await context.setOffline(true);
  await page.goto(`${demoUrl()}/verify`);
  await page.getByLabel('أو نصّه').fill(receipt);
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(verdict).toContainText('نعم: الإيصال صحيح، وقد وقّعه هذا السجل');
  await page.getByLabel('أو نصّه').fill(receipt.replace(/\n(\d+)\n([A-Za-z0-9+/]{43}=)\n\n— /, '\n$1\n$2\n\n— x'));
  await page.getByRole('button', { name: 'تحقّق' }).last().click();
  await expect(verdict).toContainText('لا:');
  await page.getByLabel('رقم المتابعة أو رقم السطر').fill('12');
  await page.getByRole('button', { name: 'تحقّق' }).first().click();
  await expect(verdict).toContainText('يحتاج إلى الشبكة');
  expect(sent).toEqual([]);
  await context.setOffline(false);
});

test('no published entry holds anything personal', async () => {
  const key = parseVerifier(new TextDecoder().decode((await bytes('vkey'))!).trim());
  const seen: string[] = [];
  const audit = await auditLog({ key, read: bytes, proofs: 50, onEntry: (entry) => seen.push(new TextDecoder().decode(entry)) });
  expect(seen.length).toBe(audit.entries);
  expect(audit.entries).toBeGreaterThan(100);
  for (const entry of seen) {
    expect(readLeaf(entry), entry).not.toBeNull();
    const codes = entry.replace(/"(id|content|prev)":"[0-9a-f-]+"/g, '');
    expect(codes, entry).not.toMatch(/\+?963\d{6}|\b0?9\d{8}\b|\b\d{11}\b|@|\d\d\.\d{4,}|[\u0600-\u06ff]/);
  }
  expect(entriesOf((await bytes('tile/entries/000'))!, 256, 'bundle')).toHaveLength(256);
});

test('abwab verify says that a record holds, from its address and from its folder, and what is wrong with one that was changed', async () => {
  const server = await startServer();
  try {
    await server.command('admin', 'invite');
    const seen = join(server.data, 'seen');
    await expect.poll(async () => (await server.command('verify', server.url, '--save', seen)).code).toBe(0);
    const folder = join(server.data, 'record/log');
    expect(await server.command('verify', folder, '--old', seen, '--vkey', readFileSync(join(folder, 'vkey'), 'utf8').trim(), '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"holds":true') });
    const checkpoint = readFileSync(join(folder, 'checkpoint'), 'utf8');
    writeFileSync(join(folder, 'checkpoint'), checkpoint.replace(/\n\d+\n/, '\n77\n'));
    expect(await server.command('verify', folder)).toMatchObject({ code: 1, err: expect.stringContaining('FAIL E_NOTE_SIG: The signature of') });
    expect((await server.command('verify')).code).toBe(2);
    expect((await server.command('record', 'nonsense')).code).toBe(2);
  } finally {
    await server.stop();
  }
});
