/** Somebody complains, and is not exposed by it: not on the device, not on a page, not by a number. */
import { expect, test } from '@playwright/test';
import { makeReference } from '#kernel/reference-number.ts';
import { startServer, type TestServer } from './server.ts';
import { fill, open, press, reader, receipt, refused, seen, staff, track } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test' }); });
test.afterAll(() => server.stop());

/** A page without the number that it was asked for and without what is new each time. */
const bare = (html: string, number: string): string => html.replaceAll(number, 'N').replace(/\p{Nd}+([.,٫]\p{Nd}+)? (kB|ك\.ب)/gu, '');

test('a complaint has a way of its own: a quick exit, nothing on the device, on no public page', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  const { page, w } = it;
  const kept = () => page.evaluate(async () => ({ local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length, cookies: document.cookie, caches: (await caches.keys()).length }));
  const nothing = { local: 0, session: 0, databases: 0, cookies: '', caches: 0 };
  await open(it, '/new/complaint');
  await seen(it, '50 complaint');
  await expect(page.locator('#leave')).toBeVisible();
  await fill(it, 'title', 'معاملة سيئة عند النافذة الثالثة');
  await fill(it, 'text', 'طلب الموظّف مبلغاً بلا إيصال، ثم رفض أن يأخذ أوراقي.');
  await page.waitForTimeout(600);
  await expect.poll(kept).toEqual(nothing);
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'المحطّة');
  for (const step of ['details', 'contact', 'check'] as const) {
    await press(it, w.t('intake.new.next'));
    await expect(page.locator('h1')).toHaveText(w.t(`intake.new.step.${step}`));
    await expect(page.locator('#leave')).toBeVisible();
    await expect.poll(kept).toEqual(nothing);
  }
  await expect(page.locator('dl.check')).not.toContainText(w.t('intake.check.open'));
  await seen(it, '51 complaint check');
  await press(it, w.t('intake.new.send'));
  const { number, key } = await receipt(it);
  await seen(it, '52 complaint sent');
  await expect.poll(kept).toEqual(nothing);
  await expect(page.locator('a[href^="https://wa.me/"]')).toHaveCount(0);

  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّق الشكاوى');
  await open(coordinator, `/gov/triage/${number}`);
  await coordinator.page.locator('select[name=body]').selectOption('health');
  await press(coordinator, coordinator.w.t('triage.decide.go'));

  const stranger = await reader(browser, server.url);
  expect((await open(stranger, `/n/${number}`))?.status()).toBe(404);
  for (const path of ['/', '/needs', '/needs?q=النافذة', '/search?q=النافذة', `/search?q=${number}`, '/open', '/map', '/a/TN06', '/bodies/health', '/sitemap.xml']) {
    const html = await (await stranger.page.request.get(path)).text();
    expect(html, path).not.toContain('النافذة الثالثة');
    // Its number looks like one that was never given.
    const unknown = makeReference('TST', 777_777);
    if (path.includes(number)) expect(bare(html, number)).toBe(bare(await (await stranger.page.request.get(path.replace(number, unknown))).text(), unknown));
    else expect(html, path).not.toContain(number);
  }
  await track(stranger, number, '1111 1111 1111 1111 1111');
  await refused(stranger, { number: w.t('intake.track.not-found') });
  await track(stranger, number, key);
  await expect(stranger.page.locator('#main')).toContainText('النافذة الثالثة');
});

test('the quick exit leaves at once, and «back» does not return to what was written', async ({ browser }) => {
  const it = await reader(browser, server.url, { own: true });
  const { page } = it;
  await page.route('https://*.wikipedia.org/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' }));
  await open(it, '/new');
  await open(it, '/new/complaint');
  await fill(it, 'text', 'ما لا يجوز أن يُرى');
  await page.locator('#leave button').click();
  await expect(page).toHaveTitle('Weather');
  await page.goBack();
  await expect(page).toHaveURL(/\/new$/);
});
