/** What is typed stays on the phone until it is sent: through a closed browser and a lost network, and only there. */
import { expect, test } from '@playwright/test';
import { PHONE } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { fill, holds, open, press, reader, receipt, type Reader } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test' }); });
test.afterAll(() => server.stop());

const stored = ({ page }: Reader) => page.evaluate(() => Object.keys(localStorage));
/** Typing rests for a moment before it is kept. */
const kept = (it: Reader) => expect.poll(() => stored(it)).toEqual(['abwab draft need what']);

test('a closed browser loses nothing; what was sent is gone from the device', async ({ browser }) => {
  const first = await reader(browser, server.url, { own: true });
  await open(first, '/new/need');
  await fill(first, 'title', 'مكتبة الحيّ مغلقة');
  await fill(first, 'text', 'أُغلقت مكتبة الحيّ ولا يعرف أحد متى تفتح من جديد.');
  await kept(first);
  await expect(first.page.locator('#entry [role=status]')).toContainText(first.w.t('intake.draft.device'));
  const storageState = await first.page.context().storageState();
  await first.page.context().close();

  const it = await reader(browser, server.url, { own: true, context: { storageState, viewport: PHONE } });
  const { page, w } = it;
  await open(it, '/new/need');
  await expect(page.locator('#entry [role=status]')).toContainText(w.t('intake.draft.found'));
  await holds(it, 'title', 'مكتبة الحيّ مغلقة');
  await holds(it, 'text', 'أُغلقت مكتبة الحيّ ولا يعرف أحد متى تفتح من جديد.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'القلعة');
  for (const step of ['details', 'contact', 'check'] as const) {
    await press(it, w.t('intake.new.next'));
    await expect(page.locator('h1')).toHaveText(w.t(`intake.new.step.${step}`));
  }
  expect((await stored(it)).length).toBeGreaterThan(0);
  await press(it, w.t('intake.new.send'));
  await receipt(it);
  await expect.poll(() => stored(it)).toEqual([]);
  await open(it, '/new/need');
  await holds(it, 'title', '');
});

test('the network is lost while sending a page: the words are there when it is back', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'موقف الحافلة بلا ظلّ');
  await fill(it, 'text', 'ينتظر الناس الحافلة تحت الشمس، ولا مظلّة في الموقف.');
  await page.context().setOffline(true);
  await press(it, w.t('intake.new.next')).catch(() => undefined);
  await expect(page).not.toHaveURL(/step=where/);
  await page.context().setOffline(false);
  await open(it, '/new/need');
  await holds(it, 'title', 'موقف الحافلة بلا ظلّ');
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.where'));
});

test('«delete from this phone» leaves nothing, on the page and behind it', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'سأمحو هذا العنوان');
  await kept(it);
  await press(it, w.t('intake.draft.delete'));
  await holds(it, 'title', '');
  await expect.poll(() => stored(it)).toEqual([]);
  await page.reload();
  await holds(it, 'title', '');
  await expect.poll(() => stored(it)).toEqual([]);
});

test('each kind keeps its own words, in each language the same', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  await open(it, '/new/need');
  await fill(it, 'title', 'جسر المشاة مكسور');
  await kept(it);
  await open(it, '/new/proposal');
  await holds(it, 'title', '');
  await it.page.goto('/ku/new/need');
  await holds(it, 'title', 'جسر المشاة مكسور');
});

test('who cannot or will not keep anything writes all the same', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  await it.page.addInitScript(() => { Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }); });
  const failures: Error[] = [];
  it.page.on('pageerror', (error) => failures.push(error));
  await open(it, '/new/need');
  await fill(it, 'title', 'بلا ذاكرة في المتصفّح');
  await fill(it, 'text', 'يمنع المتصفّح كلّ حفظ، ومع ذلك تصل الحاجة.');
  await press(it, it.w.t('intake.new.next'));
  await expect(it.page.locator('h1')).toHaveText(it.w.t('intake.new.step.where'));
  expect(failures).toEqual([]);
});
