/** A clerk at the counter: with the network, without script, without the network; two desks at once. */
import { writeFile } from 'node:fs/promises';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { parseReference } from '#kernel/reference-number.ts';
import { demoUrl, expectNoViolations } from './page.ts';
import { fill, holds, open, press, reader, refused, seen, type Reader } from './walk.ts';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

/** Enters in the role of the demonstration's clerk and sits down at a desk. */
async function clerk(browser: Browser, nth: number, options: Parameters<typeof reader>[2] = {}): Promise<Reader> {
  const it = await reader(browser, demoUrl(), options);
  await open(it, '/demo');
  await it.page.locator('section[aria-labelledby=office]').getByRole('link', { name: it.w.tc('people.role', 'clerk'), exact: true }).click();
  await it.page.locator('#main form button').click();
  await expect(it.page).toHaveURL(/\/desk\/counter/);
  await open(it, '/desk/counter?move');
  await it.page.locator('select[name=body]').selectOption({ index: nth + 1 });
  await press(it, it.w.t('desk.sit.go'));
  await expect(it.page.locator('form#counter')).toBeVisible();
  return it;
}

async function write(it: Reader, title: string, more: Record<string, string> = {}): Promise<void> {
  await it.page.locator(`input[name=kind][value=${more.kind ?? 'need'}]`).check();
  await fill(it, 'title', title);
  await fill(it, 'text', 'قال الزائر إنه ينتظر منذ الشتاء.');
  await fill(it, 'placeWords', 'قرب الفرن');
  if (more.contact) { await fill(it, 'contact', more.contact); await it.page.locator('#consent').check(); }
}

test('without script: what is refused comes back whole but for the phone, and the receipt says number, key and date', async ({ browser }) => {
  const it = await clerk(browser, 0, { script: false });
  await write(it, 'قصي', { contact: '0944 555 777' });
  await press(it, it.w.t('desk.take.go'));
  await refused(it, { title: it.w.problem('desk', 'title', 'too-short')! });
  expect(await it.page.content()).not.toMatch(/944 ?555 ?777/);
  await expect(it.page.locator('.held')).toContainText('77');
  await fill(it, 'title', 'عمود الإنارة مائل على الرصيف أمام المدرسة الجديدة');
  await press(it, it.w.t('desk.take.go'));
  // Where something similar is there, it is shown once.
  if (await it.page.locator('#similar').count()) await press(it, it.w.t('desk.take.still'));
  await expect(it.page.locator('.slip')).toContainText(it.w.t('intake.sent.number'));
  const number = await it.page.locator('.slip .big').innerText();
  expect(parseReference(number, 'HLB')).toBe(number);
  expect(await it.page.locator('.slip .key').innerText()).toMatch(/^\d{4}( \d{4}){4}$/);
  expect(await it.page.locator('.slip').innerText()).not.toContain('عمود الإنارة');
  await seen(it, 'receipt');
  const pdf = await it.page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) await writeFile(`${process.env.SHOTS}/receipt.pdf`, pdf);
  expect(pagesOf(pdf)).toBe(1);
});

test('a hearing and its table, without script: rows are added, refused one by one, and lead to the hearing', async ({ browser }) => {
  const it = await clerk(browser, 0, { script: false });
  await open(it, '/desk/hearings');
  await fill(it, 'title', 'جلسة أهالي الحيّ عن المياه');
  await fill(it, 'placeWords', 'المركز الثقافي');
  await press(it, it.w.t('desk.hearings.go'));
  await fill(it, 'title-0', 'الماء يصل يوماً في الأسبوع');
  await fill(it, 'speakers-0', '٣');
  await fill(it, 'title-1', 'قصي');
  await press(it, it.w.t('desk.rows.more'));
  await expect(it.page.locator('.rows li')).toHaveCount(10);
  expect(await it.page.locator('#title-0').inputValue()).toBe('الماء يصل يوماً في الأسبوع');
  await press(it, it.w.t('desk.rows.go'));
  await expect(it.page.locator('#title-0-error')).toContainText(it.w.problem('desk', 'title', 'too-short')!);
  await expect(it.page.locator('section[aria-labelledby=taken]')).toContainText('الماء يصل يوماً في الأسبوع');
  await fill(it, 'title-0', 'خزان المدرسة فارغ');
  await press(it, it.w.t('desk.rows.go'));
  await expect(it.page.locator('section[aria-labelledby=taken] tbody tr')).toHaveCount(2);
  await seen(it, 'hearing');
});

test('blank sheets are printed one a page, and one is typed in, once', async ({ browser }) => {
  const it = await clerk(browser, 0);
  await open(it, '/desk/paper/sheets');
  await fill(it, 'count', '٢');
  await press(it, it.w.t('desk.sheets.make'));
  await expect(it.page.locator('.sheet')).toHaveCount(2);
  const number = await it.page.locator('.sheet .no').first().innerText();
  const pdf = await it.page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) await writeFile(`${process.env.SHOTS}/sheets.pdf`, pdf);
  expect(pagesOf(pdf)).toBe(2);
  await seen(it, 'sheets');
  for (const again of [false, true]) {
    await open(it, `/desk/paper?sheet=${number}`);
    await write(it, 'رصيف السوق محفور منذ شهرين');
    await press(it, it.w.t('desk.paper.go'));
    if (again) await expect(it.page.locator('#sheet-error')).toContainText(it.w.problem('desk', 'sheet', 'typed')!);
    else await expect(it.page.locator('.note.ok')).toContainText(number);
  }
  await seen(it, 'typing-in');
});

/** What lies on the device, in words that anybody could read there. */
const stored = (it: Reader): Promise<string> => it.page.evaluate(async () => {
  const db = await new Promise<IDBDatabase>((done) => { const asked = indexedDB.open('abwab counter'); asked.addEventListener('success', () => done(asked.result)); });
  const all = (name: string) => new Promise<unknown>((done) => { const asked = db.transaction(name).objectStore(name).getAll(); asked.addEventListener('success', () => done(asked.result)); });
  return JSON.stringify([await all('blocks'), await all('waiting'), { ...localStorage }]);
});

async function threeWithout(it: Reader, context: BrowserContext, names: readonly string[]): Promise<string[]> {
  const numbers: string[] = [];
  await context.setOffline(true);
  for (const name of names) {
    await write(it, name, { contact: '0944 555 777' });
    await press(it, it.w.t('desk.take.go'));
    await expect(it.page.locator('#slip .slip')).toBeVisible();
    numbers.push(await it.page.locator('#slip .big').innerText());
    expect(await it.page.locator('#slip .key').innerText()).toMatch(/^\d{4}( \d{4}){4}$/);
    expect(await it.page.locator('#slip').innerText()).not.toContain(name);
    await it.page.locator('#slip-next').click();
  }
  return numbers;
}

test('without a network: three entries at each of two desks, sealed on the device, sent once under the numbers of their receipts', async ({ browser }) => {
  const desks = [await clerk(browser, 0, { own: true }), await clerk(browser, 1, { own: true })];
  const printed: string[] = [];
  for (const [nth, it] of desks.entries()) {
    await it.page.locator('#prepare').click();
    await expect(it.page.locator('#device-say')).toHaveText(it.w.t('desk.device.ready'));
    if (nth === 0) await seen(it, 'counter');
    const context = it.page.context();
    const numbers = await threeWithout(it, context, ['أولى', 'ثانية', 'ثالثة'].map((word) => `${word} بلا شبكة في المكتب ${nth}`));
    expect(numbers.map((number) => parseReference(number, 'HLB'))).toEqual(numbers);
    await expect.poll(() => stored(it)).not.toMatch(/بلا شبكة|944 ?555|قرب الفرن/);
    printed.push(...numbers);
    if (nth === 0) {
      // A complaint waits nowhere: the sentence offers paper, and what was typed stays on the page alone.
      await write(it, 'شكوى لا تُحفظ على جهاز', { kind: 'complaint' });
      await press(it, it.w.t('desk.take.go'));
      await expect(it.page.locator('#counter-warning')).toHaveText(it.w.t('desk.device.complaint'));
      await expect.poll(() => stored(it)).not.toContain('شكوى');
      await expectNoViolations(it.page);
      // The counter opens without a network too.
      await it.page.goto(it.w.href('/desk/counter'));
      await expect(it.page.locator('h1')).toHaveText(it.w.t('desk.offline.title'));
      await expect(it.page.locator('#waiting li')).toHaveCount(3);
    }
  }
  expect(new Set(printed).size).toBe(6);
  for (const it of desks) {
    await it.page.context().setOffline(false);
    await open(it, '/desk/counter');
    await expect(it.page.locator('#device-waiting')).toHaveText(it.w.t('desk.device.waiting', { count: it.w.number(0) }));
    await expect.poll(async () => JSON.parse(await stored(it))[1]).toEqual([]);
  }
  const office = await reader(browser, demoUrl());
  await open(office, '/demo');
  await office.page.locator('section[aria-labelledby=office]').getByRole('link', { name: office.w.tc('people.role', 'coordinator'), exact: true }).click();
  await office.page.locator('#main form button').click();
  for (const number of printed) {
    await open(office, `/gov/triage/${number}`);
    await expect(office.page.locator('h1')).toContainText('بلا شبكة في المكتب');
  }
});

/** One entry that waits on the device while the network is back. */
async function oneWaiting(it: Reader, title: string, more: Record<string, string> = {}): Promise<string> {
  const { page, w } = it;
  await page.locator('#prepare').click();
  await expect(page.locator('#device-say')).toHaveText(w.t('desk.device.ready'));
  await page.route(/\?\/send$/, (route) => route.abort());
  await page.context().setOffline(true);
  await write(it, title, more);
  await press(it, w.t('desk.take.go'));
  await expect(page.locator('#slip .slip')).toBeVisible();
  const number = await page.locator('#slip .big').innerText();
  await page.locator('#slip-next').click();
  await page.context().setOffline(false);
  return number;
}

test('what the server refuses later is opened, corrected and sent under the number of its receipt', async ({ browser }) => {
  const it = await clerk(browser, 0, { own: true });
  const { page, w } = it;
  const number = await oneWaiting(it, 'كُتبت بلا شبكة ورقم هاتفها ناقص', { contact: '00000000' });
  await page.unroute(/\?\/send$/);
  await open(it, '/desk/counter');
  await expect(page.locator('#waiting li')).toContainText([w.t('desk.device.refused')]);
  await press(it, w.t('desk.device.correct'));
  await expect(page.locator('#main .note.warn:not([hidden])')).toContainText(number);
  await holds(it, 'title', 'كُتبت بلا شبكة ورقم هاتفها ناقص');
  await holds(it, 'contact', '00000000');
  await seen(it, 'correction');
  // Still wrong: it comes back whole, with its number.
  await press(it, w.t('desk.take.go'));
  await refused(it, { contact: w.problem('desk', 'contact', 'not-a-contact')! });
  await fill(it, 'contact', '0944 555 777');
  await press(it, w.t('desk.take.go'));
  await expect(page.locator('.note.ok')).toContainText(number);
  await expect(page.locator('#waiting li')).toHaveCount(0);
  await expect.poll(async () => JSON.parse(await stored(it))[1]).toEqual([]);
  await open(it, `/n/${number}`);
  await expect(page.locator('h1')).toBeVisible();
});

test('signing out loses nothing of what waits: it is said once, stays sealed, and is sent after the next sign-in', async ({ browser }) => {
  const it = await clerk(browser, 0, { own: true });
  const { page, w } = it;
  const number = await oneWaiting(it, 'تبقى على الجهاز بعد الخروج');
  await open(it, '/me');
  await press(it, w.t('people.me.out'));
  await expect(page.locator('form[data-sign-out] [role=alert]')).toHaveText(w.t('desk.device.sign-out'));
  await expectNoViolations(page);
  await press(it, w.t('people.me.out'));
  await expect(page.locator('h1')).not.toHaveText(w.t('people.me.title'));
  const [blocks, waiting, kept] = JSON.parse(await stored(it));
  expect([blocks, waiting.length, Object.keys(kept)]).toEqual([[], 1, []]);
  await page.unroute(/\?\/send$/);
  await open(it, '/demo');
  await page.locator('section[aria-labelledby=office]').getByRole('link', { name: w.tc('people.role', 'clerk'), exact: true }).click();
  await page.locator('#main form button').click();
  await expect(page.locator('#device-waiting')).toHaveText(w.t('desk.device.waiting', { count: w.number(0) }));
  const office = await reader(browser, demoUrl());
  await open(office, '/demo');
  await office.page.locator('section[aria-labelledby=office]').getByRole('link', { name: office.w.tc('people.role', 'coordinator'), exact: true }).click();
  await office.page.locator('#main form button').click();
  await open(office, `/gov/triage/${number}`);
  await expect(office.page.locator('h1')).toContainText('تبقى على الجهاز بعد الخروج');
});

test('without script: a visitor supports what is there, once, and only with papers, a contact and consent', async ({ browser }) => {
  const it = await clerk(browser, 0, { script: false });
  const { page, w } = it;
  await open(it, '/needs');
  const number = (await page.locator('#main a[href*="/n/"]').first().getAttribute('href'))!.split('/n/')[1]!;
  await open(it, `/desk/counter?number=${number}`);
  const support = page.locator('form[action$="?/support"]');
  expect(await support.locator('[name=number]').inputValue()).toBe(number);
  await press(it, w.t('desk.support.go'));
  await refused(it, { 'support-contact': w.problem('desk', 'contact', 'for-support')! });
  // A phone that was typed comes back masked, and nothing of it lands in the form of entries.
  await support.locator('[name=contact]').fill('0944 555 123');
  await press(it, w.t('desk.support.go'));
  await refused(it, { 'support-papersSeen': w.problem('desk', 'papersSeen', 'required')! });
  await expect(support.locator('.held')).toContainText('23');
  expect(await page.content()).not.toMatch(/944 ?555 ?123/);
  await expect(page.locator('form#counter .held')).toHaveCount(0);
  for (const said of ['supported', 'supported.before']) {
    await support.locator('[name=contact]').fill('0944 555 123');
    await support.locator('[name=papersSeen]').check();
    await support.locator('[name=consent]').check();
    await press(it, w.t('desk.support.go'));
    await expect(page.locator('.note.ok')).toContainText(number);
    // The words before the count: they say whether it counted now.
    await expect(page.locator('.note.ok')).toContainText(w.tc('desk', said, { count: 1 }).split('.')[0]!);
    expect(await page.content()).not.toMatch(/944 ?555 ?123/);
    await open(it, `/desk/counter?number=${number}`);
  }
});
