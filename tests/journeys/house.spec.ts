/** What holds on every public page, whatever it shows: readable by everybody, light, complete without script, alone. */
import { expect, test, type Page } from '@playwright/test';
import { DESK, demoUrl, expectNoViolations, noSidewaysScroll, onlyOwnHost, PHONE, scriptFree, SMALLEST, weigh, withoutOwnScripts } from './page.ts';

/** Every public address; of lists with pages of their own for each item, the item is found by its link. */
const PAGES: readonly { path: string; item?: RegExp }[] = [
  { path: '/' }, { path: '/new' }, { path: '/new/need' }, { path: '/needs', item: /^\/n\/[A-Z]+-[\d-]+$/ }, { path: '/track' }, { path: '/open' },
  { path: '/bodies', item: /^\/bodies\/[a-z0-9-]+$/ }, { path: '/commitments', item: /^\/commitments\/[A-Z]+-[\d-]+$/ }, { path: '/orgs', item: /^\/orgs\/[A-Z]+-[\d-]+$/ }, { path: '/map', item: /^\/a\/\w+$/ },
  { path: '/search' }, { path: '/follow' }, { path: '/settings' }, { path: '/help' }, { path: '/login' }, { path: '/data' }, { path: '/api' }, { path: '/log' }, { path: '/log/0' }, { path: '/log/watchers' }, { path: '/verify' },
];
const NOT_PAGES = ['/robots.txt', '/sitemap.xml', '/.well-known/security.txt', '/icon.svg', '/manifest.webmanifest', '/health'];
const MISSING = ['/no-such-page', '/n/HLB-1000-00', '/bodies/no-such-body', '/commitments/HLB-1000-00'];

const KILO = 1024;
const HEAVIEST_PAGE = 14 * KILO;
const HEAVIEST_ERROR = 6 * KILO;
const HEAVIEST_SCRIPTS = 8 * KILO;

type Lang = 'ar' | 'en' | 'ku';
type Look = { lang: Lang; scheme: 'light' | 'dark'; size: typeof PHONE | typeof DESK };
const LANGUAGE = { ar: { lang: /^ar(-|$)/, dir: 'rtl' }, en: { lang: /^en(-|$)/, dir: 'ltr' }, ku: { lang: /^ku(-|$)/, dir: 'ltr' } } as const;
const address = (lang: Lang, path: string) => (lang === 'ar' ? path : path === '/' ? `/${lang}` : `/${lang}${path}`);

const LOOKS: readonly Look[] = (['ar', 'en', 'ku'] as const).flatMap((lang) =>
  ([['light', PHONE], ['dark', PHONE], ['light', DESK], ['dark', DESK]] as const).map(([scheme, size]) => ({ lang, scheme, size })));

/** Each page in both sizes and both schemes, in Arabic; in English and Kurdish in the pairs that Arabic leaves, by turns. test:all sees all twelve. */
function looksOf(at: number): readonly Look[] {
  if (process.env.ABWAB_TEST_ALL) return LOOKS;
  const look = (lang: Lang, nth: number) => LOOKS.filter((it) => it.lang === lang)[nth]!;
  const [one, other] = at % 2 === 0 ? [1, 2] as const : [2, 1] as const;
  return [look('ar', 0), look('ar', 3), look('en', one), look('ku', other)];
}

/** The first link of a list that leads to an item. */
async function itemOn(page: Page, list: string, item: RegExp): Promise<string> {
  await page.goto(demoUrl() + list);
  const links = await page.locator('main a[href], main svg a').evaluateAll((all) => all.map((it) => it.getAttribute('href') ?? ''));
  const found = links.map((href) => href.split(/[?#]/)[0]!).find((href) => item.test(href));
  expect(found, `${list} leads to no page that looks like ${item}`).toBeDefined();
  return found!;
}

const SHOWN = PAGES.flatMap(({ path, item }) => [{ name: path, find: async (_: Page) => path }, ...(item ? [{ name: `an item of ${path}`, find: (page: Page) => itemOn(page, path, item) }] : [])]);

for (const [at, { name, find }] of SHOWN.entries()) {
  test.describe(name, () => {
    for (const { lang, scheme, size } of looksOf(at)) {
      test(`${lang}, ${scheme}, ${size.width} px: readable by everybody, and alone`, async ({ page }) => {
        const path = address(lang, await find(page));
        const alone = onlyOwnHost(page, demoUrl());
        await withoutOwnScripts(page);
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize(size);
        expect((await page.goto(demoUrl() + path))?.status()).toBe(200);
        await expect(page.locator('html')).toHaveAttribute('lang', LANGUAGE[lang].lang);
        await expect(page.locator('html')).toHaveAttribute('dir', LANGUAGE[lang].dir);
        await expect(page.locator('h1')).toHaveCount(1);
        expect((await page.title()).trim().length).toBeGreaterThan(1);
        await noSidewaysScroll(page);
        await expectNoViolations(page);
        alone();
      });
    }

    test('fits the smallest phone, and large letters', async ({ page }) => {
      const path = await find(page);
      await page.setViewportSize(SMALLEST);
      for (const lang of ['ar', 'en', 'ku'] as const) {
        await page.goto(demoUrl() + address(lang, path));
        await noSidewaysScroll(page);
      }
      await page.setViewportSize(PHONE);
      await page.evaluate(() => { document.documentElement.dataset.text = 'larger'; });
      await noSidewaysScroll(page);
    });

    test('weighs little and is complete without script', async ({ browser, page }) => {
      const path = await find(page);
      for (const lang of ['ar', 'en', 'ku'] as const) {
        const { status, bytes, encoding } = await weigh(demoUrl() + address(lang, path));
        expect([status, encoding]).toEqual([200, 'br']);
        expect(bytes, `${address(lang, path)} weighs ${bytes} bytes`).toBeLessThanOrEqual(HEAVIEST_PAGE);
      }
      const bare = await scriptFree(browser);
      await bare.goto(demoUrl() + path);
      await expect(bare.locator('h1')).toBeVisible();
      const html = await bare.content();
      expect(html).not.toMatch(/__sveltekit|kit\.start/);
      const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map((it) => it[1]!);
      const weights = await Promise.all(scripts.map((src) => weigh(new URL(src, demoUrl()).href)));
      expect(weights.reduce((sum, it) => sum + it.bytes, 0)).toBeLessThanOrEqual(HEAVIEST_SCRIPTS);
      await bare.context().close();
    });
  });
}

for (const path of MISSING) {
  test(`${path} says in three languages that nothing is there, in few bytes`, async ({ page }) => {
    await withoutOwnScripts(page);
    for (const lang of ['ar', 'en', 'ku'] as const) {
      const { status, bytes } = await weigh(demoUrl() + address(lang, path));
      expect(status).toBe(404);
      expect(bytes, `${address(lang, path)} weighs ${bytes} bytes`).toBeLessThanOrEqual(HEAVIEST_ERROR);
      await page.goto(demoUrl() + address(lang, path));
      await expect(page.locator('html')).toHaveAttribute('dir', LANGUAGE[lang].dir);
      await expect(page.locator('h1')).toHaveCount(1);
      await noSidewaysScroll(page);
      await expectNoViolations(page);
    }
  });
}

test('every way into the demonstration leads in', async ({ page }) => {
  await page.goto(`${demoUrl()}/demo`);
  const ways = await page.locator('#main a').evaluateAll((all) => all.map((it) => it.getAttribute('href')!));
  expect(ways.length).toBeGreaterThan(40);
  for (const way of ways) expect([way, (await fetch(demoUrl() + way)).status]).toEqual([expect.stringMatching(/^\/enter\/.+next=/), 200]);
});

test('a promise that waits for the word of residents can be read, its button too', async ({ page }) => {
  const path = await itemOn(page, '/commitments?state=done', /^\/commitments\/[A-Z]+-[\d-]+$/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(demoUrl() + path);
    await expect(page.locator('#main .note .btn')).toBeVisible();
    await expectNoViolations(page);
  }
});

test('no two pages have the same title', async ({ page }) => {
  const titles: string[] = [];
  for (const { path } of PAGES) {
    await page.goto(demoUrl() + path);
    titles.push(await page.title());
  }
  expect(titles.filter((it, at) => titles.indexOf(it) !== at)).toEqual([]);
});

test('what browsers and machines ask for by themselves is there', async () => {
  for (const path of NOT_PAGES) expect([path, (await weigh(demoUrl() + path)).status]).toEqual([path, 200]);
});

test('a neighbourhood that is typed narrows the list, with or without its article; one that is none says so beside its field', async ({ page }) => {
  await page.goto(`${demoUrl()}/needs`);
  for (const typed of ['الصاخور', 'صاخور']) {
    await page.locator('[name=near]').fill(typed);
    await page.locator('form[role=search] button, form.filters button').first().click();
    const places = await page.locator('#main article .meta span bdi').allInnerTexts();
    expect(places.length).toBeGreaterThan(0);
    expect(new Set(places)).toEqual(new Set(['الصاخور']));
  }
  await page.locator('[name=near]').fill('قصر لا وجود له');
  await page.locator('form[role=search] button, form.filters button').first().click();
  await expect(page.locator('#near-error')).toBeVisible();
  await expect(page.locator('[name=near]')).toHaveValue('قصر لا وجود له');
});
