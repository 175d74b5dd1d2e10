/** What goes wrong on an ordinary day: a session that ends, two at one desk, a small phone, a printer, another keyboard. */
import { expect, test } from '@playwright/test';
import { DESK, noSidewaysScroll, SMALLEST } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { asTyped, enter, fill, holds, invitation, open, press, publish, reader, receipt, refused, seen, send, staff, track } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test', settings: { approvalDelayMinutes: 0 } }); });
test.afterAll(() => server.stop());

test('a session ends while an officer writes: the words come back, and go on after signing in', async ({ browser }) => {
  const { number } = await send(await reader(browser, server.url), { title: 'مركز صحي بلا طبيب', text: 'لا طبيب في المركز الصحي منذ شهر كامل.', place: 'القلعة' });
  await publish(await staff(browser, server, 'coordinator', null, 'منسّق'), number, 'health');
  const it = await staff(browser, server, 'officer', 'health', 'موظّفة الصحة');
  const { page, w } = it;
  await open(it, `/desk/n/${number}/answer`);
  await page.locator('input[name=outcome][value=declined]').check();
  await fill(it, 'summary', 'لا نستطيع تعيين طبيب هذا العام.');
  await fill(it, 'reason', 'لا شاغر في ملاك المديرية قبل السنة القادمة، وطلبنا شاغراً.');
  await page.context().clearCookies();
  await press(it, w.t('answers.save'));
  await seen(it, '90 closed');
  await expect(page.locator('h1')).toHaveText(w.t('site.error.closed'));
  await expect(page.locator('#main')).toContainText('وطلبنا شاغراً.');
  const [login] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: w.t('site.error.sign-in') }).last().click()]);
  await expect(login).toHaveURL(/\/login\?next=/);
  await enter({ ...it, page: login }, await invitation(server, 'officer', 'health', 'موظّفة الصحة من جديد'));
  await press(it, w.t('site.error.closed.again'));
  await expect(page.locator('section[aria-labelledby=preview]')).toContainText('لا نستطيع تعيين طبيب هذا العام.');
  await expect(page.locator('section[aria-labelledby=preview]')).toContainText('وطلبنا شاغراً.');
});

test('two officers write on one case: the second reads who was first, and keeps the own words', async ({ browser }) => {
  const { number } = await send(await reader(browser, server.url), { title: 'باص المدرسة لا يأتي', text: 'لا يأتي باص المدرسة إلى الحيّ منذ بداية الشهر.', place: 'المدرسة' });
  await publish(await staff(browser, server, 'coordinator', null, 'منسّقة'), number, 'education');
  const first = await staff(browser, server, 'officer', 'education', 'الموظّف الأول');
  const second = await staff(browser, server, 'officer', 'education', 'الموظّف الثاني');
  const write = async (it: typeof first, summary: string) => {
    await it.page.locator('input[name=outcome][value=declined]').check();
    await fill(it, 'summary', summary);
    await fill(it, 'reason', 'السبب كما نراه اليوم، بجملة كاملة مفهومة.');
  };
  for (const it of [first, second]) await open(it, `/desk/n/${number}/answer`);
  await write(first, 'كتب الأول هذه الخلاصة.');
  await write(second, 'كتب الثاني خلاصة أخرى.');
  await press(first, first.w.t('answers.save'));
  await expect(first.page.locator('#preview')).toBeVisible();
  await press(second, second.w.t('answers.save'));
  await seen(second, '91 conflict');
  const main = second.page.locator('#main');
  await expect(main).toContainText(second.w.t('answers.conflict.title'));
  await expect(main).toContainText('كتب الأول هذه الخلاصة.');
  await holds(second, 'summary', 'كتب الثاني خلاصة أخرى.');
  await press(second, second.w.t('answers.save'));
  await expect(second.page.locator('section[aria-labelledby=preview]')).toContainText('كتب الثاني خلاصة أخرى.');
});

test('two ask the same sender at once: one does, the other reads how it stands', async ({ browser }) => {
  const { number } = await send(await reader(browser, server.url), { title: 'ملعب بلا سور', text: 'الملعب بلا سور والكرة تذهب إلى الشارع العام.', place: 'المدرسة' });
  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّق');
  await publish(coordinator, number, 'education');
  await open(coordinator, `/gov/triage/${number}`);
  const other = await coordinator.page.context().newPage();
  const twin = { ...coordinator, page: other };
  await open(twin, `/gov/triage/${number}`);
  for (const it of [coordinator, twin]) {
    await it.page.locator('summary', { hasText: it.w.t('triage.ask.title') }).click();
    await fill(it, 'question', it === twin ? 'في أيّ شارع الملعب؟' : 'أيّ ملعب تقصد بالضبط؟');
  }
  await press(coordinator, coordinator.w.t('triage.ask.go'));
  await press(twin, twin.w.t('triage.ask.go'));
  await expect(other.locator('.note.error')).toContainText(twin.w.t('triage.error.form.wrong-state'));
  await expect(other.locator('#main')).toContainText('في أيّ شارع الملعب؟');
});

test('the smallest phone, in the dark, takes a need from beginning to end', async ({ browser }) => {
  const it = await reader(browser, server.url, { context: { viewport: SMALLEST, colorScheme: 'dark' } });
  const { page, w } = it;
  await open(it, '/new/need');
  await press(it, w.t('intake.new.next'));
  await seen(it, '92 smallest refused');
  await fill(it, 'title', 'رصيف مكسور أمام المحطّة');
  await fill(it, 'text', 'الرصيف أمام المحطّة مكسور ولا يستطيع كبار السنّ المشي عليه.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'placeQuery', 'حيّ');
  await press(it, w.t('intake.new.next'));
  await refused(it, { place: w.t('intake.error.place.choose') });
  await seen(it, '93 smallest places');
  await page.locator('label.pick', { hasText: 'حيّ المحطّة' }).click();
  for (const step of ['details', 'contact', 'check'] as const) {
    await press(it, w.t('intake.new.next'));
    await expect(page.locator('h1')).toHaveText(w.t(`intake.new.step.${step}`));
    await noSidewaysScroll(page);
  }
  await seen(it, '94 smallest check');
  await expect(page.locator('dl.check')).toContainText('حيّ المحطّة');
  await press(it, w.t('intake.new.send'));
  const { number, key } = await receipt(it);
  await seen(it, '95 smallest sent');
  await track(it, number, key);
  await seen(it, '96 smallest tracked');
});

test('printed: number, key and address are on paper, menus and buttons are not', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page } = it;
  const { number, key } = await send(it, { title: 'مصباح محطّم في الساحة', text: 'المصباح الكبير في الساحة محطّم منذ العاصفة.', place: 'السوق' });
  await page.emulateMedia({ media: 'print' });
  for (const text of [number, key]) await expect(page.locator('#main').getByText(text, { exact: true }).first()).toBeVisible();
  await expect(page.locator('.print-only').first()).toBeVisible();
  await expect(page.locator('.print-only').first()).toContainText(`/n/${number}`);
  await expect(page.locator('.print-only svg.qr')).toBeVisible();
  for (const hidden of ['header.top nav', 'details.menu', 'footer', '#main .acts', 'section[aria-labelledby=share]']) {
    for (const element of await page.locator(hidden).all()) await expect(element).toBeHidden();
  }
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/97 print.png`, fullPage: true });
});

test('another language shows the same page of the same form, without script', async ({ browser }) => {
  const it = await reader(browser, server.url, { script: false, context: { viewport: DESK } });
  const { page, w } = it;
  await open(it, '/new/need');
  await fill(it, 'title', 'إشارة المرور معطّلة');
  await fill(it, 'text', 'إشارة المرور عند المدرسة معطّلة منذ أسبوع.');
  await press(it, w.t('intake.new.next'));
  await fill(it, 'point', 'x');
  await press(it, w.t('intake.new.next'));
  await page.locator('header').getByRole('link', { name: 'Kurmancî' }).first().click();
  const ku = await reader(browser, server.url, { lang: 'ku', script: false });
  await expect(page.locator('html')).toHaveAttribute('lang', /^ku/);
  await expect(page.locator('h1')).toHaveText(ku.w.t('intake.new.step.where'));
  await page.getByRole('link', { name: ku.w.t('intake.new.back'), exact: true }).click();
  await holds(it, 'title', 'إشارة المرور معطّلة');
  await page.goto('/needs?q=ماء&sort=supported');
  await page.locator('header').getByRole('link', { name: 'English' }).first().click();
  await expect(page).toHaveURL(/\/en\/needs\?q=.*&sort=supported/);
});

test('a number is understood as people type it', async ({ browser }) => {
  const it = await reader(browser, server.url);
  const { page, w } = it;
  const { number } = await send(it, { title: 'حاوية قمامة ناقصة', text: 'لا حاوية في الشارع كلّه، والقمامة على الأرض.', place: 'الجسر' });
  await publish(await staff(browser, server, 'coordinator', null, 'منسّق الأرقام'), number, null);
  const digits = number.split('-').slice(1).join('');
  for (const typed of [asTyped(number), ` ${number.toLowerCase()} `, number.replaceAll('-', '−'), number.replaceAll('-', '').toLowerCase(), digits.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)]!)]) {
    await open(it, '/track');
    await fill(it, 'number', typed);
    await press(it, w.t('intake.track.go'));
    await expect(page, typed).toHaveURL(new RegExp(`/n/${number}$`));
  }
  for (const typed of [asTyped(number), number.toLowerCase()]) {
    await open(it, `/search?q=${encodeURIComponent(typed)}`);
    await expect(page.locator('#main')).toContainText('حاوية قمامة ناقصة');
  }
  await open(it, '/track');
  await fill(it, 'number', number.replace(/\d(?=-\d\d$)/, (digit) => String((Number(digit) + 1) % 10)));
  await press(it, w.t('intake.track.go'));
  await refused(it, { number: w.t('intake.error.number') });
});

test('fields that nobody typed break no page', async ({ browser }) => {
  const { page } = await reader(browser, server.url);
  const post = (path: string, form: Record<string, string>) => page.request.post(path, { form, headers: { origin: server.url, accept: 'text/html' }, maxRedirects: 0 });
  const kept = await post('/new/need?/keep', { step: 'what', title: 'عنوان صالح', text: 'نصّ طويل بما يكفي ليُقبل.' });
  const asked = new URL(kept.headers().location!, server.url).search.slice(1);
  for (const found of ['{', '[{"names":null}]', 'null', '[]']) {
    for (const place of ['', 'other', '<b>', 'TN01']) expect((await post(`/new/need?/keep&${asked}`, { step: 'where', found, place, placeQuery: 'حيّ', point: 'x' })).status()).toBe(400);
  }
});
