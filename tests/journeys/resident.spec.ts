/** A resident says what the neighbourhood lacks, follows it, answers a question, and takes it back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import type { Lang } from '#platform/i18n/languages.ts';
import { DESK, PHONE } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { asTyped, bigPhoto, choose, fill, holds, open, paper, press, publish, reader, receipt, refused, seen, send, staff, track, voiceNote, type Need, type Reader } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test' }); });
test.afterAll(() => server.stop());
// Long walks, on computers that are busy with other things.
test.describe.configure({ timeout: 150_000 });

const NEEDS: Record<Lang, Required<Need> & { placeName: string }> = {
  ar: { title: 'شارع المدرسة بلا إنارة', text: 'منذ ثلاثة أشهر والشارع مظلم، ويعود الأولاد من المدرسة مساءً خائفين.', place: 'المدرسة', placeName: 'حيّ المدرسة', words: 'خلف الفرن' },
  en: { title: 'The well in Olive Quarter is dry', text: 'For two months the well has given no water, and tankers come once a week.', place: 'Olive', placeName: 'Olive Quarter', words: 'behind the bakery' },
  ku: { title: 'Pira taxê şikestî ye', text: 'Ji zivistanê ve pira biçûk şikestî ye û zarok nikarin biçin dibistanê.', place: 'Pirê', placeName: 'Taxa Pirê', words: 'li pişt firinê' },
};

const SENDERS: { lang: Lang; script: boolean; viewport: { width: number; height: number } }[] = [
  { lang: 'ar', script: true, viewport: PHONE }, { lang: 'ar', script: false, viewport: PHONE },
  { lang: 'en', script: true, viewport: DESK }, { lang: 'ku', script: true, viewport: { width: 412, height: 915 } }, { lang: 'ku', script: false, viewport: DESK },
];

/** A phone number begins with its beginning, whatever its digits. */
async function startsAtItsStart(code: Locator): Promise<void> {
  const [start, end] = await code.evaluate((it) => [[0, 4], [it.textContent!.length - 3, it.textContent!.length]].map(([from, to]) => {
    const part = document.createRange();
    part.setStart(it.firstChild!, from!);
    part.setEnd(it.firstChild!, to!);
    return part.getBoundingClientRect().left;
  }));
  expect(start).toBeLessThan(end!);
}

/** From the home page to the number and the key, wrong on every page first. */
async function sendNeed(it: Reader, need: (typeof NEEDS)[Lang]): Promise<{ number: string; key: string }> {
  const { page, w } = it;
  await open(it, '/');
  await seen(it, '01 home');
  await page.locator('#main').getByRole('link', { name: w.t('home.raise') }).first().click();
  await seen(it, '02 doors');
  await page.getByRole('link', { name: w.t('intake.kind.need'), exact: true }).click();
  await seen(it, '03 what');

  await fill(it, 'title', 'x');
  await press(it, w.t('intake.new.next'));
  await refused(it, { title: w.t('intake.error.title.too-short'), text: w.t('intake.error.text.required') });
  await holds(it, 'title', 'x');
  await seen(it, '03 what refused');
  await fill(it, 'title', need.title);
  await fill(it, 'text', need.text);
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.where'));
  await seen(it, '04 where');

  await fill(it, 'point', 'here');
  await press(it, w.t('intake.new.next'));
  await refused(it, { place: w.t('intake.error.place.required'), point: w.t('intake.error.point') });
  await holds(it, 'point', 'here');
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.where'));
  await fill(it, 'point', '٣٦٫٢٠٢١، ٣٧٫١٣٤٣');
  await fill(it, 'placeQuery', need.place);
  await fill(it, 'placeWords', need.words);
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.details'));
  await seen(it, '05 details');

  await fill(it, 'served', 'سكان الشارع');
  await fill(it, 'servedCount', 'كثير');
  await press(it, w.t('intake.new.next'));
  await refused(it, { servedCount: w.t('intake.error.servedCount') });
  await holds(it, 'served', 'سكان الشارع');
  await holds(it, 'servedCount', 'كثير');
  await fill(it, 'servedCount', '۹۰۰');
  await choose(page.locator('#files'), [await bigPhoto()]);
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.contact'));
  await seen(it, '06 contact');

  await fill(it, 'contact', '123');
  await fill(it, 'name', 'أم أحمد');
  await press(it, w.t('intake.new.next'));
  await refused(it, { contact: w.t('intake.error.contact') });
  await holds(it, 'contact', '123');
  await holds(it, 'name', 'أم أحمد');
  await fill(it, 'contact', '٠٩٤٤ ٥٥٥ ٦٦٦');
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.check'));
  await seen(it, '07 check');
  const check = page.locator('dl.check');
  for (const text of [need.title, need.text, need.placeName, need.words]) await expect(check.locator('div', { hasText: text }).first()).toContainText(w.t('intake.check.open'));
  await startsAtItsStart(check.locator('.code'));
  for (const text of ['أم أحمد', '٠٩٤٤ ٥٥٥ ٦٦٦', '٣٦٫٢٠٢١، ٣٧٫١٣٤٣']) await expect(check.locator('div', { hasText: text }).first()).not.toContainText(w.t('intake.check.open'));
  await expect(check).toContainText(w.t('intake.field.files.kept', { count: 1 }));

  // One line is changed, and the check comes back.
  await check.locator('div', { hasText: need.title }).first().getByRole('link').click();
  await fill(it, 'title', `${need.title}!`);
  await press(it, w.t('intake.new.next'));
  await expect(check).toContainText(`${need.title}!`);
  await press(it, w.t('intake.new.send'));
  return receipt(it);
}

for (const { lang, script, viewport } of SENDERS) {
  test(`${lang}, ${viewport.width} px${script ? '' : ', no script'}: from the home page to the number, and back to it`, async ({ browser }) => {
    const it = await reader(browser, server.url, { lang, script, context: { viewport } });
    const { page, w } = it;
    const { number, key } = await sendNeed(it, NEEDS[lang]);
    await seen(it, '08 sent');
    if (script) expect(await page.locator('.done .code').evaluate((code) => parseFloat(getComputedStyle(code).fontSize))).toBeGreaterThan(30);
    await expect(page.locator('.done')).toContainText(w.date(answerDue()));
    const share = page.locator('a[href^="https://wa.me/"]');
    expect(decodeURIComponent((await share.getAttribute('href'))!)).toContain(`/n/${number}`);
    expect(await page.content()).not.toMatch(new RegExp(`/n/${number}[^"]*${key.replaceAll(' ', '')}`));

    // «Back» and sending again: the same entry.
    await page.goBack();
    const again = page.getByRole('button', { name: w.t('intake.new.send'), exact: true });
    if (await again.isVisible()) await again.click();
    if (await page.locator('.done').isVisible()) expect((await receipt(it)).number).toBe(number);
    else await expect(page.locator('#main')).toContainText(w.t('intake.error.draft'));

    await track(it, asTyped(number), '١٢٣٤ ١٢٣٤ ١٢٣٤ ١٢٣٤ ١٢٣٤');
    await refused(it, { number: w.t('intake.track.not-found') });
    await track(it, asTyped(number), asTyped(key));
    await expect(page.locator('#main')).toContainText(NEEDS[lang].title);
    await seen(it, '09 tracked');
    await fill(it, 'text', 'نسيت أن أقول: العمود الثالث مكسور.');
    await press(it, w.t('intake.track.send'));
    await expect(page.locator('#main')).toContainText('العمود الثالث مكسور');
    await page.locator('summary', { hasText: w.t('intake.track.withdraw') }).last().click();
    await seen(it, '10 withdraw');
    await press(it, w.t('intake.track.withdraw.sure'));
    await expect(page.locator('#main')).toContainText(w.t('intake.track.withdrawn'));
    await seen(it, '11 withdrawn');
    await page.context().close();
  });
}

test('somebody else wrote the same: it is offered on the way, and supported instead', async ({ browser }) => {
  const first = await reader(browser, server.url);
  const { number } = await send(first, { title: 'نريد حديقة صغيرة قرب الجسر', text: 'لا يوجد في الحيّ مكان يلعب فيه الأولاد، والأرض قرب الجسر خالية.', place: 'الجسر' });
  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّقة');
  await publish(coordinator, number, 'city-council');
  const clerk = await staff(browser, server, 'clerk', null, 'موظّفة الاستقبال');

  const it = await reader(browser, server.url);
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'حديقة للأولاد عند الجسر');
  await fill(it, 'text', 'نحتاج حديقة صغيرة، فالأرض قرب الجسر خالية منذ سنين.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'الجسر');
  await press(it, w.t('intake.new.next'));
  await seen(it, '20 similar');
  await page.getByRole('link', { name: 'نريد حديقة صغيرة قرب الجسر' }).click();
  await seen(it, '21 the other');
  await press(it, w.t('intake.entry.support.sign-in'));
  await seen(it, '22 sign in');

  await fill(it, 'contact', 'abc');
  await press(it, w.t('people.login.go'));
  await refused(it, { contact: w.t('people.error.contact.not-a-contact') });
  await fill(it, 'contact', '٠٩٤٤ ١١١ ٢٢٢');
  await press(it, w.t('people.login.go'));
  await seen(it, '23 code');
  await open(clerk, '/desk/codes');
  await fill(clerk, 'contact', '0944111222');
  await press(clerk, clerk.w.t('people.give.go'));
  const code = (await clerk.page.locator('#main .code').first().innerText()).replaceAll(/\D/g, '');
  await fill(it, 'code', '12');
  await press(it, w.t('people.code.go'));
  await refused(it, { code: w.t('people.error.code.six-digits') });
  await fill(it, 'code', asTyped(code));
  await press(it, w.t('people.code.go'));
  await expect(page).toHaveURL(new RegExp(`/n/${number}`));
  await press(it, w.t('intake.entry.support'));
  await expect(page.locator('#support')).toContainText(w.t('intake.supports', { count: 1 }));
  await seen(it, '24 supported');
});

test('a photo, a paper and a voice note go along; what cannot be taken says so and keeps what was typed', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page, w } = it;
  await open(it, '/new/question');
  await fill(it, 'title', 'متى يفتح المستوصف؟');
  await fill(it, 'text', 'المستوصف مغلق منذ شهرين ولا نعرف متى يفتح.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'القلعة');
  await press(it, w.t('intake.new.next'));
  const refusedFile = async (files: Awaited<ReturnType<typeof paper>>[], sentence: string) => {
    await fill(it, 'served', 'سكان الحيّ كلّه');
    await choose(page.locator('#files'), files);
    await press(it, w.t('intake.new.next'));
    await refused(it, { files: sentence });
    await holds(it, 'served', 'سكان الحيّ كلّه');
  };
  const filled = (megabytes: number) => ({ name: 'large.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(megabytes * 1024 * 1024, 7) });
  await refusedFile([filled(8.5)], w.t('intake.error.files.too-big'));
  await refusedFile([filled(30)], w.t('intake.error.files.too-big'));
  await refusedFile([{ name: 'a.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ….') }], w.t('intake.error.files.not-supported'));
  await choose(page.locator('#files'), [await bigPhoto(), await bigPhoto(), await paper(), voiceNote()]);
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.new.step.contact'));
  await press(it, w.t('intake.new.next'));
  await expect(page.locator('dl.check')).toContainText(w.t('intake.field.files.kept', { count: 4 }));
  await press(it, w.t('intake.new.send'));
  const { number } = await receipt(it);

  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّق الملفات');
  await publish(coordinator, number, null);
  await expect(async () => {
    await open(it, `/n/${number}`);
    await expect(page.locator('#main a[href^="/files/"]')).toHaveCount(3);
  }).toPass();
  await seen(it, '30 files');
  for (const link of await page.locator('#main a[href^="/files/"]').all()) {
    const answer = await page.request.get((await link.getAttribute('href'))!);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, expect.stringMatching(/^(image\/webp|application\/pdf)/)]);
  }
});

test('pressed twice at once, it is one entry', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page, w } = it;
  await open(it, '/new/proposal');
  await fill(it, 'title', 'سوق للكتب المستعملة');
  await fill(it, 'text', 'نقترح سوقاً أسبوعياً للكتب المستعملة في الساحة.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'السوق');
  for (let at = 0; at < 3; at++) await press(it, w.t('intake.new.next'));
  const once = await page.locator('#main input[name=once]').inputValue();
  const send = page.getByRole('button', { name: w.t('intake.new.send'), exact: true });
  const action = await page.locator('#main form').getAttribute('action');
  // Three more arrive at the same moment, as from a slow line on which somebody presses again.
  const more = [1, 2, 3].map(() => page.request.post(action!, { form: { once }, headers: { origin: server.url, accept: 'text/html' } }));
  await send.dblclick();
  const { number } = await receipt(it);
  for (const answer of await Promise.all(more)) expect(await answer.text()).toContain(number);
  const next = await reader(browser, server.url);
  const after = await nextNumber(next);
  expect(sequenceOf(after) - sequenceOf(number)).toBe(1);
});

const sequenceOf = (number: string): number => Number(number.split('-')[1]);
const nextNumber = async (it: Reader) => (await send(it, { title: 'رقم بعد الرقم السابق', text: 'لا يُعطى رقم مرتين ولا يضيع رقم بينهما.', place: 'السوق' })).number;

test('a question is put back: the clock pauses, the sender answers by number and key', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page, w } = it;
  const { number, key } = await send(it, { title: 'حفرة في الطريق', text: 'حفرة عميقة في الطريق أمام البناية تؤذي السيارات.', place: 'الزيتون' });
  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّق');
  await publish(coordinator, number, null);
  await open(coordinator, `/gov/triage/${number}`);
  await coordinator.page.locator('summary', { hasText: w.t('triage.ask.title') }).click();
  await fill(coordinator, 'question', 'أمام أيّ بناية بالضبط؟');
  await press(coordinator, w.t('triage.ask.go'));
  await seen(coordinator, '40 asked');

  await open(it, `/n/${number}`);
  await expect(page.locator('#main')).toContainText(w.t('intake.entry.clock.paused'));
  await expect(page.locator('#main')).not.toContainText('أمام أيّ بناية');
  await track(it, number, key);
  await expect(page.locator('#main')).toContainText('أمام أيّ بناية بالضبط؟');
  await seen(it, '41 question');
  await fill(it, 'text', ' ');
  await press(it, w.t('intake.track.send'));
  await refused(it, { text: w.problem('intake', 'text', 'required')! });
  await seen(it, '42 reply refused');
  await fill(it, 'text', 'أمام البناية رقم ١٢.');
  await press(it, w.t('intake.track.send'));
  await expect(page.locator('#main')).toContainText(w.t('intake.track.replied'));
  await seen(it, '43 replied');
  await open(it, `/n/${number}`);
  await expect(page.locator('#main')).not.toContainText(w.t('intake.entry.clock.paused'));
});

/** Ten working days from today: this governorate rests on Saturday and Sunday. */
function answerDue(): string {
  const holidays = (JSON.parse(readFileSync(join(import.meta.dirname, '../../profiles/test/calendar.json'), 'utf8')) as { holidays: { date: string }[] }).holidays;
  const isFree = (day: Date) => [0, 6].includes(day.getUTCDay()) || holidays.some((it) => it.date === day.toISOString().slice(0, 10));
  const day = new Date(`${new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Beirut' }).format(new Date())}T12:00:00Z`);
  for (let left = 10; left > 0; left -= isFree(day) ? 0 : 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
