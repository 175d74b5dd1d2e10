/** Letters end with one press, by whoever holds one and by their mail program; nobody else's end with it. */
import { request } from 'node:http';
import { randomBytes } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { openSecrets } from '../../src/platform/secrets.ts';
import { stopToken } from '../../src/features/notices/server/stop-token.ts';
import { DESK, expectNoViolations, noSidewaysScroll, PHONE, scriptFree, SMALLEST } from './page.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
test.beforeAll(async () => { test.setTimeout(150_000); server = await startServer(); });
test.afterAll(() => server.stop());

const someone = () => stopToken(openSecrets(server.data), { contactHash: randomBytes(32) });

/** What a mail program sends: no cookie, no origin, and it follows nowhere. */
function post(path: string, headers: Record<string, string>, body: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, { method: 'POST', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => { text += part.toString(); });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const ONE_CLICK = 'List-Unsubscribe=One-Click';

test('a mail program unsubscribes with one POST, in both shapes that the standard allows', async ({ page }) => {
  const parts = `--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n`;
  for (const send of [(path: string) => post(path, FORM, ONE_CLICK), (path: string) => post(path, { 'content-type': 'multipart/form-data; boundary=x' }, parts)]) {
    const path = `/stop/${someone()}`;
    expect((await send(path)).status).toBe(200);
    expect((await send(path)).status).toBe(200);
    await page.goto(server.url + path);
    await expect(page.getByRole('status')).toContainText('أوقفنا الرسائل كلها');
  }
});

test('opening the address stops nothing; the button does, without script, and another takes it back', async ({ browser }) => {
  const page = await scriptFree(browser);
  const path = `/stop/${someone()}`;
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(server.url + path);
    await expect(page.getByRole('button', { name: 'أوقف الرسائل كلها' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'أوقف الرسائل كلها' }).click();
  await expect(page.getByRole('status')).toContainText('أوقفنا');
  await page.getByRole('button', { name: 'أعد الرسائل كما كانت' }).click();
  await expect(page.getByRole('status')).toContainText('من جديد');
  await expect(page.getByRole('button', { name: 'أوقف الرسائل كلها' })).toBeVisible();
  await page.context().close();
});

test('a token that was forged or cut shows a calm page in three languages, and never a failure', async ({ page }) => {
  for (const token of ['AAAA', someone().slice(0, -2), 'x'.repeat(300), '%D8%A7%D8%A8']) {
    expect((await post(`/stop/${token}`, FORM, ONE_CLICK)).status).toBe(404);
    for (const [lang, size] of [['', PHONE], ['/en', DESK], ['/ku', SMALLEST]] as const) {
      await page.setViewportSize(size);
      expect((await page.goto(`${server.url}${lang}/stop/${token}`))?.status()).toBe(200);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('main form')).toHaveCount(0);
      await noSidewaysScroll(page);
    }
    await expectNoViolations(page);
  }
});

test('a foreign page still cannot send a form in a reader\'s name', async () => {
  const path = `/stop/${someone()}`;
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { cookie: 'abwab_session=x' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
    expect((await post(path, { ...FORM, ...headers }, ONE_CLICK)).status).toBe(403);
  }
});

test('what somebody follows, and when we write, is asked of a visitor to sign in for; forms lead there too', async ({ page }) => {
  await page.goto(`${server.url}/follow`);
  await expect(page.locator('main a[href^="/login?next="]')).toBeVisible();
  await expectNoViolations(page);
  for (const action of ['rhythm', 'pause', 'wake', 'unfollow']) {
    const answer = await page.request.post(`${server.url}/follow?/${action}`, { form: { rhythm: 'none', days: '7', number: 'x' }, headers: { origin: server.url, accept: 'text/html' }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toContain('/login?next=');
  }
  const desk = await page.request.get(`${server.url}/admin/notices`, { maxRedirects: 0 });
  expect([desk.status(), desk.headers().location]).toEqual([303, '/login?next=%2Fadmin%2Fnotices']);
});

test('signing out clears the device: the sign-in, what was being written, and by header everything else', async ({ page }) => {
  await page.goto(await server.says(/First administrator: (\S+)/));
  await page.locator('main form button').click();
  await page.goto(`${server.url}/me`);
  await expect(page.locator('#mine')).toBeVisible();
  await page.evaluate(() => { localStorage.setItem('abwab draft need what', '{"at":1,"values":{"title":"سرّ"}}'); });
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('form[data-sign-out] button').click();
  const headers = await (await answer).allHeaders();
  expect(headers['clear-site-data']).toBe('"cache", "storage"');
  await page.waitForURL(`${server.url}/`);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain('abwab_session');
  await page.goto(`${server.url}/me`);
  expect(new URL(page.url()).pathname).toBe('/login');
});
