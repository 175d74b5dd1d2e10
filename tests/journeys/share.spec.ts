/** What leaves the site: the picture beside a link, the sheet from a printer, what machines ask for; and what is said when something is away. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { expectNoViolations, noSidewaysScroll, scriptFree, weigh, withoutOwnScripts } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { enter, invitation, publish, reader, send, type Reader } from './walk.ts';

const NEED = { title: 'المياه لا تصل إلى شارع المدرسة', text: 'انقطعت المياه عن الشارع منذ أسبوعين، ويصل صهريج واحد.', place: 'القلعة' };
const LANGS = ['', '/en', '/ku'];
const HEAVIEST_ERROR = 6 * 1024;

let server: TestServer;
let shown: string;
let hidden: string;

test.beforeAll(async ({ browser }) => {
  server = await startServer({ profile: 'test' });
  const resident = await reader(browser, server.url);
  shown = (await send(resident, NEED)).number;
  hidden = (await send(resident, { ...NEED, title: 'شكوى لا يراها أحد' }, 'complaint')).number;
  const coordinator = await reader(browser, server.url);
  await enter(coordinator, await invitation(server, 'coordinator', null, 'منسّقة'));
  await publish(coordinator, shown, null);
});
test.afterAll(() => server.stop());

const picture = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });

test('a public number has a picture in each language, named with its whole address', async ({ page }) => {
  await withoutOwnScripts(page);
  for (const lang of LANGS) {
    for (const path of [`/n/${shown}`, '/bodies', '/']) {
      await page.goto(server.url + (path === '/' ? lang || '/' : lang + path));
      const address = await page.locator('meta[property="og:image"]').getAttribute('content');
      expect(address).toBe(`${server.url}${lang}${path.startsWith('/n/') ? path : ''}/preview.jpg`);
      const answer = await fetch(address!);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.length).toBeLessThanOrEqual(150_000);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
      await expect(page.locator('meta[property="og:title"]')).toHaveCount(1);
    }
  }
});

test('who has the picture is not sent it again; a change makes another', async () => {
  const first = await picture(`/n/${shown}/preview.jpg`);
  const etag = first.headers.get('etag')!;
  const again = await picture(`/n/${shown}/preview.jpg`, { 'if-none-match': etag });
  expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
  expect((await picture(`/en/n/${shown}/preview.jpg`)).headers.get('etag')).not.toBe(etag);
});

test('a confidential number and one that does not exist have the same picture: none', async () => {
  const answers = await Promise.all([hidden, 'TST-1000-00', 'TST-9'].map(async (number) => {
    const answer = await picture(`/n/${number}/preview.jpg`, { accept: 'image/*' });
    return [answer.status, answer.headers.get('cache-control'), (await answer.text()).replaceAll(number, '')];
  }));
  expect(answers[0]![0]).toBe(404);
  expect(new Set(answers.map((it) => JSON.stringify(it))).size).toBe(1);
});

/** A printed sheet, kept as a picture as well where SHOTS=folder is set. */
async function printed({ page }: Reader, name: string): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, `${name}.pdf`), pdf);
  const document = await PDFDocument.load(pdf);
  const { width, height } = document.getPage(0).getSize();
  expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  return document.getPageCount();
}

test('a receipt fits one sheet, with number, address and code at its top; the key is in no code', async ({ browser }) => {
  for (const lang of ['ar', 'en', 'ku'] as const) {
    const it = await reader(browser, server.url, { lang });
    const { number, key } = await send(it, NEED);
    expect(await printed(it, `receipt ${lang}`)).toBe(1);
    await it.page.emulateMedia({ media: 'print' });
    const head = it.page.locator('.print-only');
    await expect(head).toContainText(number);
    await expect(head).toContainText(`/n/${number}`);
    await expect(head.locator('svg.qr')).toHaveAttribute('aria-label', `${server.url}${it.w.href(`/n/${number}`)}`);
    for (const gone of ['header.top', 'footer.foot', '#main .btn']) await expect(it.page.locator(gone).first()).toBeHidden();
    expect(await head.innerHTML()).not.toContain(key.replaceAll(' ', ''));
    await it.page.context().close();
  }
});

test('a public page is printed with its number, and without menus', async ({ browser }) => {
  const it = await reader(browser, server.url);
  await it.page.goto(`/n/${shown}`);
  expect(await printed(it, 'entry')).toBeLessThanOrEqual(2);
  await it.page.emulateMedia({ media: 'print' });
  await expect(it.page.locator('.print-only svg.qr')).toBeVisible();
  await expect(it.page.locator('h1')).toBeVisible();
  await expect(it.page.locator('nav').first()).toBeHidden();
  await it.page.context().close();
});

test('machines find what they ask for', async () => {
  const text = async (path: string) => (await fetch(server.url + path)).text();
  expect(await text('/robots.txt')).toMatch(/Disallow: \/ku\/me[\s\S]*Sitemap: http:\/\/127/);
  const map = await text('/sitemap.xml');
  expect(map).toContain(`<loc>${server.url}/ku/n/${shown}</loc>`);
  expect(map).not.toContain(hidden);
  expect(await text('/.well-known/security.txt')).toMatch(/^Contact: (mailto:|http)\S+\nExpires: 20\d\d-/);
  const manifest = JSON.parse(await text('/manifest.webmanifest')) as { icons: { src: string; sizes: string }[]; start_url: string };
  for (const { src, sizes } of manifest.icons) {
    const bytes = Buffer.from(await (await fetch(server.url + src)).arrayBuffer());
    if (src.endsWith('.png')) expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: Number(sizes.split('x')[0]) });
  }
  expect((await fetch(`${server.url}/favicon.ico`)).status).toBe(200);
});

test('what is printed below a page is what it weighs', async ({ page }) => {
  await withoutOwnScripts(page);
  for (const path of ['/', '/needs', `/n/${shown}`, '/help']) {
    const { bytes } = await weigh(server.url + path);
    await page.goto(server.url + path);
    const said = Number((await page.locator('.foot p.sm').last().innerText()).replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit))).replace(/\D/g, ''));
    expect(Math.abs(said - bytes / 1024)).toBeLessThanOrEqual(1);
  }
});

test('when the database is away every page says so, calmly, in the reader’s language and in few bytes', async ({ browser }) => {
  const own = await startServer({ profile: 'test' });
  await own.says(/First administrator: (\S+)/);
  const pid = Number(readFileSync(join(own.data, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  // It would be started again by itself, unless it cannot.
  appendFileSync(join(own.data, 'pg/postgresql.conf'), '\nno setting at all\n');
  process.kill(pid, 'SIGINT');
  await expect.poll(async () => (await fetch(`${own.url}/needs`)).status).toBe(503);
  for (const lang of ['ar', 'en', 'ku'] as const) {
    const it = await reader(browser, own.url, { lang });
    for (const path of ['/needs', '/', '/new/need?d=abcdefghijklmnopqrstuv']) {
      const { status, bytes } = await weigh(own.url + it.w.href(path));
      expect([path, status]).toEqual([path, 503]);
      expect(bytes).toBeLessThanOrEqual(HEAVIEST_ERROR);
    }
    await it.page.goto(it.w.href('/needs'));
    await expect(it.page.locator('h1')).toHaveText(it.w.t('site.error.away'));
    await noSidewaysScroll(it.page);
    await expectNoViolations(it.page);
    await it.page.context().close();
  }
  await own.stop();
});

test('a page that cannot be drawn at all is still a page, in three languages and without script', async ({ browser }) => {
  const page = await scriptFree(browser);
  await page.setContent(readFileSync('src/error.html', 'utf8').replaceAll('%sveltekit.status%', '500'));
  for (const lang of ['ar-SY', 'en', 'ku']) await expect(page.locator(`[lang="${lang}"] h1`).first()).toBeVisible();
  await noSidewaysScroll(page);
  await page.context().close();
});

