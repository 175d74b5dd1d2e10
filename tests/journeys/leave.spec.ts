/** Somebody who complains on a phone that others take up leaves at once, and nothing of it comes back. */
import { expect, test, type Page } from '@playwright/test';
import { demoUrl, expectNoViolations, PHONE, scriptFree } from './page.ts';

const TITLE = 'موظّف يطلب مالاً مقابل ختم';
const TEXT = 'طلب مني مالاً مرتين هذا الأسبوع مقابل ختم على ورقة، أمام غيري.';

/** The first page of a complaint, sent; the next one is open then. */
async function begin(page: Page): Promise<string> {
  await page.goto(`${demoUrl()}/new/complaint`);
  await page.locator('[name=title]').fill(TITLE);
  await page.locator('[name=text]').fill(TEXT);
  await page.locator('#entry button').last().click();
  await expect(page).toHaveURL(/step=where/);
  return page.url();
}

/** Whoever comes afterwards to the same address finds an empty form. */
async function expectGone(page: Page, address: string): Promise<void> {
  await page.goto(address.replace('step=where', 'step=what'));
  await expect(page.locator('[name=title]')).toHaveValue('');
  expect(await page.content()).not.toContain(TITLE);
}

test.use({ viewport: PHONE });

test('without script: what was written is deleted before the page goes on', async ({ browser }) => {
  const page = await scriptFree(browser);
  await page.route('https://ar.wikipedia.org/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>w</title>' }));
  const address = await begin(page);
  await page.locator('#leave button').click();
  await expect(page).toHaveURL('https://ar.wikipedia.org/');
  await expectGone(page, address);
  await page.context().close();
});

test('with script: one press, and «back» finds nothing', async ({ page }) => {
  await page.route('https://ar.wikipedia.org/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>w</title>' }));
  const address = await begin(page);
  await expectNoViolations(page);
  const gone = page.waitForRequest(/\/leave$/);
  await page.locator('#leave button').click();
  await expect(page).toHaveURL('https://ar.wikipedia.org/');
  await (await gone).response();
  await page.goBack();
  expect(await page.content()).not.toContain(TITLE);
  await expectGone(page, address);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('after sending, leaving takes the private key from the page', async ({ browser }) => {
  const page = await scriptFree(browser);
  await page.route('https://ar.wikipedia.org/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>w</title>' }));
  await begin(page);
  await page.locator('[name=placeWords]').fill('نافذة الأختام');
  for (const step of ['details', 'contact', 'check']) {
    await page.locator('#entry button').last().click();
    await expect(page).toHaveURL(new RegExp(`step=${step}`));
  }
  await page.locator('main form[action*="send"] button').last().click();
  await expect(page).toHaveURL(/\/sent\?once=/);
  const receipt = page.url();
  const key = /\d{4}([ -]\d{4}){4}/;
  expect(await page.locator('main').innerText()).toMatch(key);
  await page.locator('#leave button').click();
  await expect(page).toHaveURL('https://ar.wikipedia.org/');
  await page.goto(receipt);
  expect(await page.locator('main').innerText()).not.toMatch(key);
  await page.context().close();
});
