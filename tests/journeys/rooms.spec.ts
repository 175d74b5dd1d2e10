/** What holds on every page of work, in the demonstration: readable by everybody on a phone and at a desk, no wider than the screen, each stop of the keyboard seen. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { DESK, demoUrl, expectNoViolations, noSidewaysScroll, PHONE, withoutOwnScripts } from './page.ts';

type Stop = string | { on: string; route: string };
const item = (on: string, route: string): Stop => ({ on, route });
/** Addresses of a route: each of its names is one piece of the address. */
const shapeOf = (route: string): RegExp => new RegExp(`^${route.replaceAll('.', '\\.').replace(/\[\w+\]/g, '[\\w.-]*[\\d-][\\w.-]*')}$`);

/** Pages by who works there. Of lists whose items have a page, the first item's. */
const ROOMS: Readonly<Record<string, readonly Stop[]>> = {
  '/admin': [
    '/admin', '/admin/bodies', item('/admin/bodies', '/admin/bodies/[id]'), '/admin/places', item('/admin/places?q=الصاخور', '/admin/places/[code]'), '/admin/calendar', item('/admin/calendar', '/admin/calendar/[code]/[day]'), '/admin/site',
    '/admin/texts', '/admin/texts/home.title', '/admin/texts/help.dates.answer', '/admin/texts/desk.slip.key', '/admin/texts/desk.sheet.next', '/admin/texts/site.room.door.need', '/admin/notices', '/admin/notices/texts', '/admin/notices/texts/received',
    '/admin/lexicon', item('/admin/lexicon', '/admin/lexicon/[id]'), '/admin/keys', '/admin/webhooks', '/admin/health', '/admin/jobs', '/admin/users', '/admin/roles', '/unusual',
  ],
  '/gov': ['/gov', '/gov/triage', item('/gov/triage', '/gov/triage/[number]'), '/gov/approvals', '/gov/commitments', item('/gov/commitments', '/desk/commitments/[number]'), '/gov/moderation', '/gov/orgs'],
  '/desk': ['/desk', item('/desk', '/desk/n/[number]'), '/desk/commitments'],
  '/desk/approvals': ['/desk/approvals'],
  '/desk/counter': ['/desk/counter', '/desk/counter/offline', '/desk/paper', '/desk/paper/sheets', '/desk/hearings', '/desk/codes'],
  '/gov/moderation': ['/gov/moderation', item('/gov/moderation', '/gov/moderation/[id]')],
  '/gov/orgs': ['/gov/orgs', '/gov/orgs/import', item('/gov/orgs', '/gov/orgs/[number]')],
  '/org': ['/org', item('/org', '/org/[number]')],
  '/unusual': ['/unusual'],
};

/** These stand at the end of something that somebody does; the journeys that lead there look at them. */
const ELSEWHERE = [
  '/admin/webhooks/[id]', '/desk/approvals/[id]', '/desk/counter/receipt', '/desk/hearings/[id]', '/desk/n/[number]/answer', '/desk/paper/sheets/[id]', '/gov/merge/[number]', '/gov/orgs/import/[id]',
  '/org/[number]/[task]', '/org/[number]/activities', '/org/[number]/contacts', '/org/[number]/documents', '/org/[number]/people', '/org/join/[token]',
];

const routes = readdirSync(join(import.meta.dirname, '../../src/routes/(work)'), { recursive: true, withFileTypes: true }).filter((it) => it.name === '+page.svelte').map((it) => it.parentPath.split('(work)')[1]!);
const nameOf = (stop: Stop): string => (typeof stop === 'string' ? stop : `${stop.route}, by a link of ${stop.on}`);

test('every page of work is walked here, or named as the end of another journey', () => {
  const walked = Object.values(ROOMS).flat();
  const matches = (route: string) => walked.some((stop) => (typeof stop === 'string' ? new RegExp(`^${route.replace(/\[\w+\]/g, '[^/]+')}$`).test(stop) : stop.route === route));
  expect(routes.filter((route) => !matches(route) && !ELSEWHERE.includes(route))).toEqual([]);
  expect(ELSEWHERE.filter((route) => !routes.includes(route))).toEqual([]);
});

const wayIn = async (page: Page, start: string): Promise<string> => {
  await page.goto(`${demoUrl()}/demo`);
  const ways = await page.locator('#main a').evaluateAll((all) => all.map((it) => it.getAttribute('href')!));
  return ways.find((way) => way.endsWith(`next=${encodeURIComponent(start)}`))!;
};

/** Where it is: the address itself, or the first link of its list; null where this demonstration has none. */
async function addressOf(page: Page, stop: Stop): Promise<string | null> {
  if (typeof stop === 'string') return stop;
  await page.goto(demoUrl() + stop.on);
  const links = await page.locator('#main a[href]').evaluateAll((all) => all.map((it) => it.getAttribute('href')!.split(/[?#]/)[0]!));
  return links.find((href) => shapeOf(stop.route).test(href)) ?? null;
}

/** Some stops of the keyboard: wherever it is, it can be seen. */
async function seeFocus(page: Page, stops: number): Promise<void> {
  for (let at = 0; at < stops; at++) {
    await page.keyboard.press('Tab');
    const hidden = await page.evaluate(() => {
      const it = document.activeElement!;
      const label = it.closest('label');
      const shown = [getComputedStyle(it), getComputedStyle(it, '::after'), ...(label ? [getComputedStyle(label)] : [])].some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none');
      return it === document.body || (shown && it.getBoundingClientRect().width > 0) ? null : it.outerHTML.slice(0, 120);
    });
    expect(hidden, 'the focus cannot be seen').toBeNull();
  }
}

const OTHER = ['en', 'ku'] as const;
for (const [start, stops] of Object.entries(ROOMS)) {
  test.describe(`who begins at ${start}`, () => {
    let page: Page;
    test.beforeAll(async ({ browser }) => {
      page = await browser.newPage();
      await withoutOwnScripts(page);
      await page.goto(demoUrl() + (await wayIn(page, start)));
      await page.locator('#main form button').first().click();
      await expect(page).toHaveURL(demoUrl() + start);
    });
    test.afterAll(() => page.close());

    for (const [at, stop] of stops.entries()) {
      test(nameOf(stop), async () => {
        const path = await addressOf(page, stop);
        expect(path, `${nameOf(stop)} is there in the demonstration`).not.toBeNull();
        const lang = OTHER[(at >> 1) % 2]!;
        const views = [[path!, PHONE, 'light'], [`/${lang}${path}`, DESK, 'dark']] as const;
        // Every other page is seen at a desk; test:all sees each in both ways.
        for (const [address, size, colorScheme] of process.env.ABWAB_TEST_ALL ? views : [views[at % 2]!]) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          expect((await page.goto(demoUrl() + address))?.status(), address).toBe(200);
          await expect(page.locator('h1')).toHaveCount(1);
          await noSidewaysScroll(page);
          await expectNoViolations(page);
        }
        await seeFocus(page, 12);
      });
    }
  });
}
