/** A network that comes and goes: what was read can be read again, what was written leaves once, and nothing private stays. */
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { openLine, type Line } from './line.ts';
import { expectNoViolations, noSidewaysScroll } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { bigPhoto, choose, fill, holds, open, press, reader, receipt, type Reader } from './walk.ts';

let server: TestServer;
let line: Line;
test.beforeAll(async () => {
  server = await startServer({ profile: 'test' });
  line = await openLine(server.url);
});
test.afterAll(async () => {
  await line.close();
  await server.stop();
});
test.afterEach(() => line.mend());

/** Somebody whose browser keeps pages: the first page is open and what belongs to it has been kept. */
async function settled(browser: Browser, path = '/'): Promise<Reader> {
  const it = await reader(browser, line.url, { own: true });
  await it.page.goto(path);
  await it.page.evaluate(() => navigator.serviceWorker.ready.then((found) => found.active?.state));
  await expect.poll(() => keptPaths(it)).toEqual(expect.arrayContaining(['/', '/help', '/new/need', '/follow', '/offline']));
  return it;
}

const keptPaths = ({ page }: Reader) => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat().map((it) => new URL(it.url).pathname + new URL(it.url).search));
const stored = ({ page }: Reader) => page.evaluate(() => Object.keys(localStorage));

async function lose(context: BrowserContext): Promise<void> {
  line.cut();
  await context.setOffline(true);
}

async function regain(context: BrowserContext): Promise<void> {
  line.mend();
  await context.setOffline(false);
}

async function toCheck(it: Reader, title: string): Promise<void> {
  await open(it, '/new/need');
  await fill(it, 'title', title);
  await fill(it, 'text', 'نصّ يكفي ليفهم من يقرؤه ما الذي ينقص هذا الشارع.');
  await press(it, it.w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'القلعة');
  for (const step of ['details', 'contact', 'check'] as const) {
    await press(it, it.w.t('intake.new.next'));
    await expect(it.page.locator('h1')).toHaveText(it.w.t(`intake.new.step.${step}`));
  }
}

test('pages that were read open again without a network, with the date of the copy; others say that there is none', async ({ browser }) => {
  const it = await settled(browser);
  const { page, w } = it;
  await page.goto('/bodies');
  await expect.poll(() => keptPaths(it)).toContain('/bodies');
  await lose(page.context());
  for (const path of ['/bodies', '/', '/help']) {
    await page.goto(path);
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('#line')).toContainText(w.t('offline.copy', { date: '' }).replace(/[.\s]+$/, ''));
    await expect(page.locator('#line')).toContainText(/٢٠٢|202/);
  }
  await page.goto('/needs');
  await expect(page.locator('h1')).toHaveText(w.t('offline.title'));
  await expect(page.locator('#kept a[href="/bodies"]')).toHaveCount(1);
  await noSidewaysScroll(page);
  await expectNoViolations(page);
  await regain(page.context());
  await page.goto('/bodies');
  await expect(page.locator('#line')).toBeHidden();
  await page.context().close();
});

test('each language keeps its own pages', async ({ browser }) => {
  const it = await reader(browser, line.url, { own: true, lang: 'ku' });
  await it.page.goto('/ku');
  await expect.poll(() => keptPaths(it)).toEqual(expect.arrayContaining(['/ku', '/ku/help', '/ku/new/need', '/ku/offline']));
  await lose(it.page.context());
  await it.page.goto('/ku/needs');
  await expect(it.page.locator('h1')).toHaveText(it.w.t('offline.title'));
  await expect(it.page.locator('html')).toHaveAttribute('dir', 'ltr');
  await it.page.context().close();
});

test('only the last twenty pages stay, and none that asks something or belongs to somebody', async ({ browser }) => {
  const it = await settled(browser);
  const { page } = it;
  const places = ['/a/TS01', '/a/TS02', '/needs', '/commitments', '/bodies', '/open', '/map', '/search', '/data'];
  for (const path of ['/needs?kind=need', '/search?q=x', '/track', '/login', '/settings', '/new/complaint', '/n/TST-1000-00', ...places]) await page.goto(path);
  await expect.poll(() => keptPaths(it)).toContain('/search');
  const kept = await keptPaths(it);
  expect(kept.filter((path) => /\?|track|login|settings|complaint|\/n\//.test(path))).toEqual([]);
  for (let at = 0; at < 3; at++) for (const lang of ['', '/en', '/ku']) for (const path of ['/needs', '/commitments', '/bodies', '/open', '/map', '/search', '/help', '/new']) await page.goto(lang + path);
  const pages = await page.evaluate(async () => (await (await caches.open('abwab pages 1')).keys()).length);
  expect(pages).toBeLessThanOrEqual(20);
  await page.context().close();
});

test('a page of somebody signed in is not kept; signing out leaves nothing on the device', async ({ browser }) => {
  const { out } = await server.command('admin', 'invite', '--role', 'administrator', '--name', 'اختبار', '--json');
  const link = new URL(/"link":"([^"]+)"/.exec(out)![1]!).pathname;
  const it = await reader(browser, line.url, { own: true });
  const { page, w } = it;
  await page.goto(link);
  await press(it, w.t('people.enter.go'));
  for (const path of ['/needs', '/me', '/follow', '/bodies']) await page.goto(path);
  for (const path of ['/offline', '/follow']) await expect.poll(() => keptPaths(it)).toContain(path);
  expect((await keptPaths(it)).filter((path) => /needs|me|bodies/.test(path))).toEqual([]);
  // What was kept in advance is what a stranger sees.
  const follow = await page.evaluate(async () => (await caches.match('/follow'))?.text());
  expect(follow).toContain(w.t('people.login.title'));
  await page.evaluate(async () => {
    localStorage.setItem('abwab draft need what', '{}');
    await (await caches.open('abwab pages 1')).put('/n/TST-1000-00', new Response('x'));
  });
  await page.goto('/me');
  await press(it, w.t('people.me.out'));
  await page.waitForURL((url) => url.pathname !== '/me');
  // The page after it begins anew, as for a stranger.
  expect(await keptPaths(it)).not.toContain('/n/TST-1000-00');
  await expect.poll(() => stored(it)).toEqual([]);
  await page.context().close();
});

test('sending without a network waits, says so, and happens once when it is back', async ({ browser }) => {
  const it = await settled(browser);
  const { page, w } = it;
  await toCheck(it, 'رصيف مكسور أمام المستوصف');
  const posts: string[] = [];
  page.on('request', (request) => { if (request.method() === 'POST') posts.push(request.url()); });
  await lose(page.context());
  await press(it, w.t('intake.new.send'));
  await press(it, w.t('intake.new.send'));
  await expect(page.locator('#main [role=status]')).toHaveText(w.t('offline.waiting'));
  await expectNoViolations(page);
  expect(posts).toEqual([]);
  await regain(page.context());
  await receipt(it);
  expect(posts).toHaveLength(1);
  await expect.poll(() => stored(it)).toEqual([]);
  await page.context().close();
});

test('the browser was closed while it waited: it leaves when a page is opened again', async ({ browser }) => {
  const first = await settled(browser);
  await toCheck(first, 'شجرة تميل على سور المدرسة');
  await lose(first.page.context());
  await press(first, first.w.t('intake.new.send'));
  await expect(first.page.locator('#main [role=status]')).toHaveText(first.w.t('offline.waiting'));
  const storageState = await first.page.context().storageState();
  await first.page.context().close();
  line.mend();
  const it = await reader(browser, line.url, { own: true, context: { storageState } });
  await it.page.goto('/');
  await expect(it.page.locator('#line')).toContainText(it.w.t('offline.sent'));
  await expect.poll(() => stored(it)).toEqual([]);
  await it.page.locator('#line a').click();
  await receipt(it);
  await it.page.context().close();
});

test('the network dies unnoticed while a page is sent: a page says what is kept, and it is there', async ({ browser }) => {
  const it = await settled(browser);
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'إشارة المرور معطّلة');
  await fill(it, 'text', 'لا تعمل إشارة المرور عند الدوّار منذ أسبوع.');
  line.cut();
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('offline.title'));
  await page.goto('/new/need');
  await holds(it, 'title', 'إشارة المرور معطّلة');
  await page.context().close();
});

test('several drafts of a kind stay apart, are listed, and each can be deleted', async ({ browser }) => {
  const it = await settled(browser);
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'المسوّدة الأولى');
  await expect.poll(() => stored(it)).toEqual(['abwab draft need what']);
  await open(it, '/help');
  await open(it, '/new/need');
  await page.getByRole('link', { name: w.t('offline.drafts.another') }).click();
  await holds(it, 'title', '');
  await fill(it, 'title', 'المسوّدة الثانية');
  await fill(it, 'text', 'نصّ يكفي ليفهم من يقرؤه ما الذي ينقص.');
  await press(it, w.t('intake.new.next'));
  await expect(page).toHaveURL(/step=where#2$/);
  await open(it, '/new');
  const list = page.locator('#drafts li');
  await expect(list).toHaveCount(2);
  await expectNoViolations(page);
  await list.filter({ hasText: 'المسوّدة الأولى' }).getByRole('button').click();
  await expect(list).toHaveCount(1);
  await list.getByRole('link').click();
  await holds(it, 'title', 'المسوّدة الثانية');
  await page.context().close();
});

test('a complaint touches no storage and loads nothing that could', async ({ browser }) => {
  const it = await settled(browser);
  const { page } = it;
  await open(it, '/new/complaint');
  await fill(it, 'title', 'طلب موظّف مالاً');
  await fill(it, 'text', 'طلب موظّف مالاً مقابل ورقة لا رسم عليها.');
  await lose(page.context());
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#entry')!.dispatchEvent(new Event('input')));
  await regain(page.context());
  await press(it, it.w.t('intake.new.next'));
  expect(await page.locator('script[src="/draft.js"], script[src="/site.js"]').count()).toBe(0);
  await expect.poll(() => stored(it)).toEqual([]);
  expect((await keptPaths(it)).filter((path) => path.includes('complaint'))).toEqual([]);
  await page.context().close();
});

test('a photo is made small on the phone, and the place where it was taken stays there', async ({ browser }) => {
  const it = await reader(browser, line.url, { own: true });
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'حفرة في الطريق');
  await fill(it, 'text', 'حفرة عميقة في منتصف الطريق تضرّ بالسيارات.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'القلعة');
  await press(it, w.t('intake.new.next'));
  await choose(page.locator('input[name=files]'), [await bigPhoto()]);
  await expect(page.locator('#main .f [role=status]')).toBeVisible();
  const sent = await page.locator('input[name=files]').evaluate(async (input: HTMLInputElement) => {
    const [file] = [...input.files!];
    const picture = await createImageBitmap(file!);
    return { bytes: file!.size, type: file!.type, longest: Math.max(picture.width, picture.height), exif: new TextDecoder('latin1').decode(await file!.arrayBuffer()).includes('Exif') };
  });
  expect(sent).toMatchObject({ type: 'image/jpeg', longest: 1280, exif: false });
  expect(sent.bytes).toBeLessThan(1_500_000);
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.contact'));
  await page.context().close();
});
