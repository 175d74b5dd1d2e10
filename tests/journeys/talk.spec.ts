/** What people say under a need, what moderators decide about it, and how somebody without an account follows a place. */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { DESK, expectNoViolations, noSidewaysScroll, PHONE, scriptFree, SMALLEST } from './page.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
test.beforeAll(async () => { test.setTimeout(180_000); server = await startServer({ demo: true }); });
test.afterAll(() => server.stop());

/** In a role of the demonstration; with `also`, in the second account that holds it. */
async function enter(browser: Browser, role: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: DESK, locale: 'ar-SY' })).newPage();
  await page.goto(`${server.url}/demo`);
  await page.locator(`a[href*="/enter/"]`, { hasText: role }).first().click();
  const go = page.locator('main form button').first();
  if (page.url().includes('/enter/')) await go.click();
  return page;
}
async function openNeed(): Promise<string> {
  const { items } = (await (await fetch(`${server.url}/api/v1/entries?state=delivery&limit=1`)).json()) as { items: { number: string }[] };
  return items[0]!.number;
}
async function looksRight(page: Page): Promise<void> {
  await expectNoViolations(page);
  await page.setViewportSize(SMALLEST);
  await noSidewaysScroll(page);
  await page.setViewportSize(PHONE);
}

test('without account and script a comment waits, is removed with a reason, objected to, and comes back', async ({ browser }) => {
  test.setTimeout(240_000);
  const number = await openNeed();
  const writer = await scriptFree(browser);
  await writer.goto(`${server.url}/n/${number}`);
  await writer.getByRole('link', { name: 'اكتب تعليقاً' }).click();
  await writer.locator('textarea[name=text]').fill('اتصلوا بي ٠٩٤٤ ٥٥٥ ٦٦٦');
  await writer.locator('#write button').click();
  await expect(writer.getByRole('alert')).toContainText('رقم هاتف');
  await expect(writer.locator('textarea[name=text]')).toHaveValue('اتصلوا بي ٠٩٤٤ ٥٥٥ ٦٦٦');
  await writer.locator('textarea[name=text]').fill('الوعود كثيرة والعمل قليل');
  await writer.locator('#write button').click();
  await expect(writer.getByRole('main')).toContainText('لا يراه قبل ذلك إلا أنت');
  const own = writer.url();

  const moderator = await enter(browser, 'مشرف على التعليقات');
  await moderator.goto(`${server.url}/gov/moderation`);
  await looksRight(moderator);
  await moderator.getByRole('link', { name: 'الوعود كثيرة' }).click();
  await looksRight(moderator);
  await moderator.locator('input[name=decision][value=remove]').check();
  await moderator.locator('main form button').click();
  await expect(moderator.getByRole('alert')).toBeVisible();
  await moderator.locator('input[name=decision][value=remove]').check();
  await moderator.locator('input[name=rule][value=insult]').check();
  await moderator.locator('textarea[name=reason]').fill('ظننّا أنه يشتم الجهة');
  await moderator.locator('main form button').click();
  await expect(moderator.getByRole('status')).toBeVisible();

  await writer.goto(own);
  await expect(writer.getByRole('main')).toContainText('ظننّا أنه يشتم الجهة');
  await writer.locator('#objection').fill('هذا نقد وليس شتماً لأحد');
  await writer.locator('form[action$="?/object"] button').click();
  await expect(writer.getByRole('status')).toContainText('وصل اعتراضك');

  const office = await enter(browser, 'منسّق المحافظة');
  await office.goto(`${server.url}/gov/moderation`);
  await office.getByRole('link', { name: 'الوعود كثيرة' }).click();
  await office.locator('input[name=outcome][value=reversed]').check();
  await office.locator('textarea[name=reason]').fill('نقد، والنقد لا يُحذف');
  await office.locator('main form button').click();

  const reader = await (await browser.newContext({ viewport: PHONE, locale: 'ar-SY' })).newPage();
  await reader.goto(`${server.url}/n/${number}/comments`);
  await expect(reader.getByText('الوعود كثيرة والعمل قليل')).toBeVisible();
  await looksRight(reader);
  await reader.locator('.talk a[href*="/comments/"]').first().click();
  await reader.locator('#report summary').click();
  await looksRight(reader);
  await reader.locator('input[name=rule][value=spam]').check();
  await reader.locator('#report button').click();
  await expect(reader.getByRole('status')).toContainText('مشرف');
  await reader.goto(`${server.url}/moderation`);
  await looksRight(reader);
});

test('a place is followed without an account: the code comes first, and one page ends it', async ({ browser }) => {
  const page = await scriptFree(browser);
  const { items } = (await (await fetch(`${server.url}/api/v1/bodies`)).json()) as { items: { code: string }[] };
  await page.goto(`${server.url}/bodies/${items[0]!.code}`);
  await page.getByRole('link', { name: 'تابع الجديد هنا' }).click();
  await page.locator('input[name=contact]').fill('021 2234567');
  await page.locator('main form button').first().click();
  await expect(page.getByRole('alert')).toContainText('أرضي');
  await page.locator('input[name=contact]').fill('reader@example.org');
  await page.locator('main form button').first().click();
  await expect(page.getByRole('main')).toContainText('r…r@example.org');
  // The demonstration shows its letters whole, codes included.
  const admin = await enter(browser, 'مدير النظام');
  await expect(async () => {
    await admin.goto(`${server.url}/admin/notices`);
    await expect(admin.getByText('رمز المتابعة في أبواب').first()).toBeVisible();
  }).toPass({ timeout: 60_000 });
  await looksRight(admin);
  const letter = await admin.locator('details', { hasText: 'رمز المتابعة في أبواب' }).first().textContent();
  await page.locator('input[name=code]').fill(/(\d{3} \d{3})/.exec(letter!)![1]!);
  await page.locator('main form button').first().click();
  await expect(page.getByRole('status')).toContainText('تتابع الآن');
  await page.getByRole('button', { name: 'أوقف' }).first().click();
  await expect(page.getByRole('status')).toContainText('لن نكتب إليك');
});

test('the administrator changes the words of a letter, sees how long it is, and is told what is missing', async ({ browser }) => {
  const page = await enter(browser, 'مدير النظام');
  await page.goto(`${server.url}/admin/notices/texts`);
  await looksRight(page);
  await page.goto(`${server.url}/admin/notices/texts/answered?language=ar`);
  await looksRight(page);
  await page.locator('textarea[name=sms]').fill('أبواب: وصل الردّ.');
  await page.getByRole('button', { name: 'احفظ النصّ' }).click();
  await expect(page.getByRole('alert')).toContainText('ينقص');
  await page.locator('textarea[name=sms]').fill('أبواب {number}: وصل الردّ.');
  await page.getByRole('button', { name: 'عاين' }).click();
  await expect(page.getByText('أبواب HLB-4827-70: وصل الردّ.')).toBeVisible();
  await page.getByRole('button', { name: 'احفظ النصّ' }).click();
  await expect(page.getByRole('status')).toContainText('حفظنا النصوص');
  await page.getByRole('button', { name: 'أعد النصوص الأصلية' }).click();
  await expect(page.getByRole('status')).toContainText('عادت');
});

test('what one follows and the quiet hours are on one page', async ({ browser }) => {
  const page = await enter(browser, 'أحد الأهالي');
  await page.goto(`${server.url}/needs?sector=EDU`);
  await page.getByRole('link', { name: 'تابع الجديد هنا' }).click();
  await page.locator('main form button').first().click();
  await expect(page.locator('#topics')).toBeVisible();
  await looksRight(page);
  await page.locator('input[name=from]').fill('٢٥');
  await page.getByRole('button', { name: 'احفظ الساعات' }).click();
  await expect(page.getByRole('alert')).toContainText('٢٣');
  await page.locator('input[name=from]').fill('٢٢');
  await page.locator('input[name=to]').fill('٧');
  await page.getByRole('button', { name: 'احفظ الساعات' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.locator('input[name=from]')).toHaveValue('٢٢');
});
