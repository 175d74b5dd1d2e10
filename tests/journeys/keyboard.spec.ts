/** The keyboard alone: a resident sends a need, an officer answers it. At every stop one sees where one is. */
import { expect, test, type Page } from '@playwright/test';
import { workingDayIn } from './desk.ts';
import { startServer, type TestServer } from './server.ts';
import { invitation, open, publish, reader, receipt, send, staff, codeOf, type Reader } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test', settings: { approvalDelayMinutes: 0 } }); });
test.afterAll(() => server.stop());

const MOST_STOPS = 60;

/** What has the focus: whether it is the one that is looked for, and whether it can be seen that it has it. */
const stop = (page: Page, wanted: string) => page.evaluate((selector) => {
  const at = document.activeElement!;
  const label = at.closest('label');
  // A card's link is as large as the card: its frame is drawn around what lies over it.
  const seen = [getComputedStyle(at), getComputedStyle(at, '::after'), ...(label ? [getComputedStyle(label)] : [])]
    .some((style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none');
  const box = at.getBoundingClientRect();
  return { here: at.matches(selector), hidden: seen && box.width > 0 && box.bottom > 0 && box.top < innerHeight ? null : at.outerHTML.slice(0, 120) };
}, wanted);

/** Goes on with Tab until something has the focus. */
async function tabTo({ page }: Reader, selector: string): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const { here, hidden } = await stop(page, selector);
    expect(hidden, `the focus cannot be seen on the way to ${selector}`).toBe(null);
    if (here) return;
  }
  throw new Error(`${MOST_STOPS} stops of Tab do not lead to ${selector} on ${page.url()}`);
}

async function type(it: Reader, name: string, text: string): Promise<void> {
  await tabTo(it, `#main [name="${name}"]`);
  await it.page.keyboard.type(text);
}

async function pressAt(it: Reader, selector: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(it, selector);
  const gone = it.page.waitForEvent('framenavigated');
  await it.page.keyboard.press(key);
  await gone;
  await it.page.waitForLoadState('domcontentloaded');
}

test('a resident sends a need', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page, w } = it;
  await open(it, '/');
  await page.keyboard.press('Tab');
  expect((await stop(page, 'a[href="#main"]'))).toEqual({ here: true, hidden: null });
  await page.keyboard.press('Enter');
  await pressAt(it, '#main a[href="/new"]');
  await pressAt(it, '#main a[href="/new/need"]');
  await type(it, 'title', 'درج');
  await pressAt(it, '#main form button');
  // The summary has the focus; its first link leads to the field.
  await expect(page.locator('.note.error')).toBeFocused();
  await tabTo(it, '.note.error a');
  await page.keyboard.press('Enter');
  await expect(page.locator('#title')).toBeFocused();
  await page.keyboard.type(' الحديقة مكسور ويؤذي كبار السنّ');
  await type(it, 'text', 'درج الحديقة مكسور منذ الشتاء ولا حاجز بجانبه.');
  await pressAt(it, '#main form button', 'Space');
  await type(it, 'placeQuery', 'القلعة');
  await pressAt(it, '#main form button');
  await tabTo(it, '#main input[type=checkbox]');
  await page.keyboard.press('Space');
  await expect(page.locator('#main input[type=checkbox]').first()).toBeChecked();
  await pressAt(it, '#main form button');
  await pressAt(it, '#main form button');
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.check'));
  await pressAt(it, '#main form button');
  const { number } = await receipt(it);
  await pressAt(it, '#main a[href^="/track"]');
  await expect(page.locator('#main [name=number]')).toHaveValue(number);
});

test('an officer comes in by a link, finds the case and answers it', async ({ browser }) => {
  const resident = await reader(browser, server.url);
  await open(resident, '/new/need');
  const { number } = await send(resident, { title: 'مختبر المدرسة بلا كهرباء', text: 'لا كهرباء في مختبر المدرسة منذ بداية العام.', place: 'المدرسة' });
  await publish(await staff(browser, server, 'coordinator', null, 'منسّق'), number, 'education');
  const it = await reader(browser, server.url, { context: { viewport: { width: 1280, height: 800 } } });
  const { page, w } = it;
  await page.goto(await invitation(server, 'officer', 'education', 'موظّف بلا فأرة'));
  await pressAt(it, '#main form button');
  await type(it, 'code', codeOf((await page.locator('#main ol .code').innerText()).replaceAll(' ', '')));
  await pressAt(it, '#main form button');
  await pressAt(it, '#main a.btn');
  await pressAt(it, '#main a[href="/desk"]');
  await pressAt(it, `#main a[href="/desk/n/${number}"]`);
  await pressAt(it, `#main a[href="/desk/n/${number}/answer"]`);
  await tabTo(it, '#main [name=outcome]');
  await page.keyboard.press('Space');
  await expect(page.locator('[name=outcome][value=accepted]')).toBeChecked();
  await type(it, 'summary', 'نوصل الكهرباء إلى المختبر هذا الشهر.');
  await type(it, 'reason', 'فحص فنّي المديرية الخطّ ووجد القاطع تالفاً.');
  await type(it, 'what-1', 'استبدال القاطع في مختبر المدرسة');
  const [year, month, day] = workingDayIn(14).split('-');
  await type(it, 'due-1-day', String(Number(day)));
  await tabTo(it, '#main [name=due-1-month]');
  for (let at = 0; at < Number(month); at++) await page.keyboard.press('ArrowDown');
  await type(it, 'due-1-year', year!);
  await pressAt(it, '#answer button');
  await expect(page.locator('section[aria-labelledby=preview]')).toContainText('استبدال القاطع');
  await pressAt(it, '#main form button');
  await expect(page.locator('#main')).toContainText(w.t('answers.done.sent'));
});
