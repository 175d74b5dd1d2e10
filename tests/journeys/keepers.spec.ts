/** Those who keep the ground: bodies, calendar, places and what the site says of itself; everybody reads what became of it. */
import { expect, test, type Browser } from '@playwright/test';
import { DESK } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { enter, fill, holds, open, press, publish, reader, refused, seen, send, staff, type Reader } from './walk.ts';

let server: TestServer;
let keeper: Reader;
test.beforeAll(async ({ browser }) => {
  server = await startServer({ profile: 'aleppo' });
  keeper = await reader(browser, server.url, { context: { viewport: DESK } });
  await enter(keeper, new URL(await server.says(/First administrator: (\S+)/)).pathname);
});
test.afterAll(() => server.stop());

/** The same person without script: what is done there has to work the same. */
async function scriptless(browser: Browser, lang: 'ar' | 'en' | 'ku' = 'ar'): Promise<Reader> {
  return reader(browser, server.url, { lang, script: false, context: { viewport: DESK, storageState: await keeper.page.context().storageState() } });
}

test('the first page says what is missing, and where to put it', async () => {
  await open(keeper, '/admin');
  await seen(keeper, '80 before opening');
  const { page, w } = keeper;
  await expect(page.locator('#main')).toContainText(w.tc('admin.task', 'backup'));
  await expect(page.locator('#main')).toContainText('--demo');
  await page.locator('#main .tasks').getByRole('link', { name: w.tc('admin.task', 'who') }).click();
  await expect(page.locator('h1')).toHaveText(w.t('admin.site'));
});

test('a body is added without script, in any digits; all that is wrong is said at once and nothing typed is lost', async ({ browser }) => {
  for (const lang of ['ar', 'en', 'ku'] as const) {
    const it = await scriptless(browser, lang);
    const { page, w } = it;
    await open(it, '/admin/bodies');
    await fill(it, 'code', 'مياه');
    await fill(it, 'phone', 'اتصلوا بنا');
    await fill(it, 'name-en', 'Water Directorate');
    await press(it, w.t('admin.body.add'));
    expect((await page.locator('.note.error a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toSorted()).toEqual(['#code', '#name-ar', '#phone']);
    await holds(it, 'name-en', 'Water Directorate');
    await holds(it, 'phone', 'اتصلوا بنا');
    await holds(it, 'code', 'مياه');
    await fill(it, 'code', `water-${lang}`);
    await fill(it, 'phone', '٠٢١ ۲۲ 4455');
    await fill(it, 'name-ar', 'مديرية المياه');
    await page.locator('input[name=sectors][value=SRV]').check();
    await press(it, w.t('admin.body.add'));
    await expect(page).toHaveURL(/done=added/);
  }
  const visitor = await reader(browser, server.url);
  await open(visitor, '/bodies?q=المياه');
  await visitor.page.getByRole('link', { name: 'مديرية المياه' }).first().click();
  await seen(visitor, '81 a body');
  await expect(visitor.page.locator('a[href="tel:021224455"]')).toBeVisible();
});

test('of two administrators who write the same body at once, the second reads what the first has saved', async ({ browser }) => {
  await open(keeper, '/admin/bodies');
  const path = new URL((await keeper.page.locator('#main .queue a').first().getAttribute('href'))!, server.url).pathname;
  const other = await scriptless(browser);
  for (const it of [keeper, other]) { await open(it, path); await fill(it, 'name-en', it === keeper ? 'First name' : 'Second name'); }
  await press(keeper, keeper.w.t('admin.save'));
  await press(other, other.w.t('admin.save'));
  await expect(other.page.locator('#main')).toContainText(other.w.t('admin.conflict'));
  await expect(other.page.locator('#main .facts')).toContainText('First name');
  await holds(other, 'name-en', 'Second name');
  await press(other, other.w.t('admin.save'));
  await expect(other.page).toHaveURL(/done=saved/);
});

test('a feast is confirmed when it is announced; a day that no calendar has is refused beside its field', async ({ browser }) => {
  for (const it of [keeper, await scriptless(browser)]) {
    const { page, w } = it;
    await open(it, '/admin/calendar');
    await seen(it, '82 calendar');
    await page.locator('#main').getByRole('link', { name: w.t('admin.feast.announce') }).last().click();
    await seen(it, '83 feast');
    await fill(it, 'announced-day', '31');
    await page.locator('select[name=announced-month]').selectOption('2');
    await press(it, w.t('admin.feast.confirm'));
    if (it === keeper) await refused(it, { announced: w.t('admin.error.announced') });
    const [day, month] = it === keeper ? ['١٥', '8'] : ['7', '6'];
    await fill(it, 'announced-day', day!);
    await page.locator('select[name=announced-month]').selectOption(month!);
    await press(it, w.t('admin.feast.confirm'));
    await expect(page).toHaveURL(/moved=0/);
  }
  await open(keeper, '/admin/calendar');
  await press(keeper, keeper.w.t('admin.calendar.add'));
  await refused(keeper, { day: keeper.w.t('admin.error.day'), 'name-ar': keeper.w.t('error.required') });
  for (const day of ['0', '1', '2', '3']) await keeper.page.locator(`input[name=weekend][value="${day}"]`).check();
  await keeper.page.locator('#main form[action="?/weekend"] button').click();
  await refused(keeper, { weekend: keeper.w.t('admin.error.weekend') });
});

test('in another governorate a new free day moves what is running, and the sender’s page says the new date', async ({ browser }) => {
  const elsewhere = await startServer({ profile: 'test' });
  try {
    const administrator = await staff(browser, elsewhere, 'administrator', null, 'مدير');
    const resident = await reader(browser, elsewhere.url);
    const { number } = await send(resident, { title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.', place: 'المدرسة' });
    await publish(await staff(browser, elsewhere, 'coordinator', null, 'منسّق'), number, 'education');
    const due = async () => ((await (await resident.page.request.get(`${elsewhere.url}/api/v1/entries/${number}`)).json()) as { answerDue: string }).answerDue;
    const before = await due();
    const [year, month, day] = before.split('-').map(Number) as [number, number, number];
    await open(administrator, '/admin/calendar');
    await fill(administrator, 'day-day', String(day));
    await administrator.page.locator('select[name=day-month]').selectOption(String(month));
    await fill(administrator, 'day-year', String(year));
    await fill(administrator, 'name-ar', 'عطلة عاصفة');
    await press(administrator, administrator.w.t('admin.calendar.add'));
    await expect(administrator.page).toHaveURL(/moved=1/);
    expect((await due()) > before).toBe(true);
    await open(resident, `/n/${number}`);
    await expect(resident.page.locator('#main')).toContainText(resident.w.date(await due()));
    await open(resident, '/bodies/education');
    await expect(resident.page.locator('#main')).toContainText(resident.w.t('directory.answers.waiting', { count: 1 }));
  } finally {
    await elsewhere.stop();
  }
});

test('who runs the site, its rules and its opening are read by everybody', async ({ browser }) => {
  const it = await scriptless(browser);
  const { page, w } = it;
  await open(it, '/admin/site');
  await fill(it, 'rules-en', 'Be kind.');
  await press(it, w.t('admin.save'));
  await expect(page.locator('.note.error a[href="#rules-ar"]')).toHaveText(w.t('admin.error.text.required'));
  await holds(it, 'rules-en', 'Be kind.');
  await fill(it, 'rules-ar', 'اكتب بأدب.');
  await fill(it, 'runBy-ar', 'مكتب المحافظة');
  await page.locator('input[name=opened][value=yes]').check();
  await press(it, w.t('admin.save'));
  await expect(page).toHaveURL(/done=saved/);
  const visitor = await reader(browser, server.url);
  await open(visitor, '/help');
  await expect(visitor.page.locator('#main')).toContainText('مكتب المحافظة');
  await expect(visitor.page.locator('#main')).toContainText('اكتب بأدب.');
  await open(keeper, '/admin/site');
  await seen(keeper, '84 site');
});

test('a place is stopped and brought back by keyboard alone', async () => {
  const { page, w } = keeper;
  await open(keeper, '/admin/places');
  await fill(keeper, 'q', 'الجميلية');
  await page.keyboard.press('Enter');
  await page.locator('#main h2 a').first().focus();
  await page.keyboard.press('Enter');
  await seen(keeper, '85 place');
  for (const [button, done] of [['admin.place.stop', 'inactive'], ['admin.place.start', 'active']] as const) {
    await page.getByRole('button', { name: w.t(button), exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`done=${done}$`));
  }
});

test('nobody else opens these pages, and no address of theirs brings the house down', async ({ browser }) => {
  const office = await staff(browser, server, 'coordinator', null, 'منسّقة');
  const pages = ['/admin', '/admin/bodies', '/admin/calendar', '/admin/places', '/admin/site', '/admin/calendar/mawlid/2027-08-14'];
  for (const path of pages) expect([path, (await open(office, path))?.status()]).toEqual([path, 403]);
  const visitor = await reader(browser, server.url);
  for (const path of pages) expect([path, (await visitor.page.request.get(server.url + path, { maxRedirects: 0 })).status()]).toEqual([path, 303]);
  for (const path of ['/admin/bodies/x', '/admin/places/SY99', '/admin/places/../x', '/admin/calendar/x/y', '/admin/calendar/mawlid/2027-02-31', '/bodies/%00', '/bodies/nobody/promises', '/bodies/education/answers?figure=%00&period=x&after=zz']) {
    const status = (await open(keeper, path))?.status() ?? 0;
    expect([path, status >= 200 && status < 500]).toEqual([path, true]);
  }
});

test('a sentence of the site is worded in each language: looked at first, said to visitors, its history kept, brought back; without script', async ({ browser }) => {
  const visitor = await reader(browser, server.url);
  for (const [lang, text, broken] of [['ar', 'اكتب لنا ما يحتاجه حيّك.', 'اكتب <b>لنا</b>'], ['en', 'Tell us what your street needs.', 'Tell us {street}'], ['ku', 'Ji me re bêje kolana te çi dixwaze.', 'Ji me re {']] as const) {
    const it = lang === 'ar' ? keeper : await scriptless(browser, lang);
    const { page, w } = it;
    const before = w.t('home.lead');
    await open(it, '/admin/texts');
    await seen(it, '84 texts');
    await page.locator(`#main a[href="${w.href('/admin/texts/home.lead')}?language=${lang}"]`).click();
    await seen(it, '85 a text');
    await fill(it, 'text', broken);
    await press(it, w.t('wording.save'));
    await expect(page.locator('#text-error')).toBeVisible();
    await holds(it, 'text', broken);
    await fill(it, 'text', text);
    await press(it, w.t('wording.preview'));
    await expect(page.locator('#look + *, section:has(> .sec-h #look)').last()).toContainText(text);
    await press(it, w.t('wording.save'));
    await expect(page).toHaveURL(/&saved$/);
    await expect(page.locator('#main .feed')).toContainText(text);
    await seen(it, '86 a text worded');
    await expect.poll(async () => (await visitor.page.request.get(server.url + w.href('/'))).text()).toContain(text);
    await page.locator('#main select[name=version]').selectOption('0');
    await press(it, w.t('wording.restore.go'));
    await expect(page).toHaveURL(/&restored$/);
    await expect.poll(async () => (await visitor.page.request.get(server.url + w.href('/'))).text()).toContain(before);
  }
});

test('a sentence with numbers is written number by number', async () => {
  const { page, w } = keeper;
  await open(keeper, '/admin/texts/help.dates.answer?language=ar');
  await seen(keeper, '87 a text with numbers');
  await page.locator('[name="text.many"]').fill('يأتيك الردّ خلال # يوم عمل.');
  await press(keeper, w.t('wording.save'));
  await expect(page).toHaveURL(/&saved$/);
  await expect.poll(async () => (await page.request.get(`${server.url}/help`)).text()).toContain('يأتيك الردّ خلال ١٥ يوم عمل.');
});
