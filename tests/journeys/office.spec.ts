/** What comes in reaches a body, is answered by one person and approved by another, and is kept or disputed in the open. */
import { expect, test, type Browser } from '@playwright/test';
import { promise, workingDayIn } from './desk.ts';
import { DESK } from './page.ts';
import { startServer, type TestServer } from './server.ts';
import { codeOf, enter, fill, open, press, publish, reader, refused, seen, send, staff, track, type Reader } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test', settings: { approvalDelayMinutes: 0 } }); });
test.afterAll(() => server.stop());
// Long walks, on computers that are busy with other things.
test.describe.configure({ timeout: 150_000 });

const office = (browser: Browser): Promise<Reader> => reader(browser, server.url, { context: { viewport: DESK } });

/** An administrator invites somebody; the link is shown once. */
async function invite(it: Reader, name: string, role: string, body: string | null): Promise<string> {
  const { page, w } = it;
  await open(it, '/admin/users');
  await fill(it, 'name', name);
  await page.locator('#invite, section[aria-labelledby=invite]').locator('select[name=role]').last().selectOption(role);
  if (body) await page.locator('section[aria-labelledby=invite] select[name=body]').selectOption({ label: body });
  await press(it, w.t('people.users.invite.go'));
  const link = (await page.locator('#main .link').innerText()).trim();
  expect(new URL(link).origin).toBe(server.url);
  return new URL(link).pathname;
}

test('the first administrator comes by a printed link; from the second on, every role needs two persons', async ({ browser }) => {
  const first = await office(browser);
  const link = new URL(await server.says(/First administrator: (\S+)/)).pathname;
  await first.page.goto(link);
  await seen(first, '60 link');
  await press(first, first.w.t('people.enter.go'));
  await seen(first, '61 second factor');
  const secret = (await first.page.locator('#main ol .code').innerText()).replaceAll(' ', '');
  await fill(first, 'code', '000000');
  await press(first, first.w.t('people.totp.confirm'));
  await refused(first, { code: first.w.t('people.error.code.wrong') });
  await fill(first, 'code', codeOf(secret));
  await press(first, first.w.t('people.totp.confirm'));
  await seen(first, '62 recovery codes');
  await first.page.getByRole('link', { name: first.w.t('people.recovery.kept') }).click();
  await seen(first, '63 my page');
  const again = await office(browser);
  await again.page.goto(link);
  await expect(again.page.locator('#main')).toContainText(again.w.t('people.enter.used'));

  // Alone, what is granted counts at once; a second administrator ends that.
  const second = await office(browser);
  await enter(second, await invite(first, 'مديرة ثانية', 'administrator', null));
  const officer = await office(browser);
  await enter(officer, await invite(first, 'موظّف الصحة', 'officer', 'مديرية الصحة في الواحة'));
  await seen(officer, '64 officer waits');
  expect((await open(officer, '/desk'))?.status()).toBe(403);
  await open(first, '/admin/roles');
  await seen(first, '65 own grant');
  await expect(first.page.locator('#main')).toContainText(first.w.t('people.roles.own'));
  await expect(first.page.getByRole('button', { name: first.w.t('people.roles.confirm'), exact: true })).toHaveCount(0);
  await open(second, '/admin/roles');
  await seen(second, '66 confirm');
  await press(second, second.w.t('people.roles.confirm'));
  await expect(second.page.locator('#main')).toContainText(second.w.t('people.roles.confirmed'));
  expect((await open(officer, '/desk'))?.status()).toBe(200);
  await open(first, '/admin/users');
  await seen(first, '67 users');
  await fill(first, 'name', '');
  await press(first, first.w.t('people.users.invite.go'));
  await seen(first, '68 invite refused');
});

test('triage reads, finds the same twice, joins them, and hands them on', async ({ browser }) => {
  const resident = await reader(browser, server.url);
  const one = await send(resident, { title: 'الماء لا يصل إلى الطوابق العليا', text: 'منذ أسبوعين لا يصل الماء إلى الطوابق العليا في حيّ السوق.', place: 'السوق' });
  const two = await send(resident, { title: 'الماء لا يصل إلى الطوابق', text: 'لا يصل الماء إلى الطابق الثالث وما فوقه في حيّ السوق.', place: 'السوق' });
  const it = await staff(browser, server, 'coordinator', null, 'منسّقة الفرز');
  const { page, w } = it;
  await open(it, '/gov');
  await seen(it, '70 overview');
  await open(it, '/gov/triage');
  await seen(it, '71 triage');
  await page.getByRole('link', { name: 'الماء لا يصل إلى الطوابق العليا' }).click();
  await seen(it, '72 case');
  await press(it, w.t('triage.decide.go'));
  await refused(it, { visibility: w.t('triage.error.visibility') });
  await page.locator('input[name=visibility][value=public]').check();
  await page.locator('select[name=body]').selectOption('city-council');
  await page.locator('input[name=sectors][value=SRV]').check();
  await press(it, w.t('triage.decide.go'));
  await publish(it, two.number, null);

  await open(it, `/gov/triage/${two.number}`);
  await page.locator('section[aria-labelledby=similar]').getByRole('link', { name: 'الماء لا يصل إلى الطوابق العليا' }).click();
  await seen(it, '73 side by side');
  await press(it, w.t('triage.merge.into', { from: two.number, into: one.number }));
  await expect(page.locator('#main')).toContainText(w.t('triage.merge.done', { number: two.number }));
  await seen(it, '74 joined');
  await open(resident, `/n/${two.number}`);
  await expect(resident.page).toHaveURL(new RegExp(`/n/${one.number}`));
  await expect(resident.page.locator('#main')).toContainText(resident.w.t('intake.entry.from-joined', { number: two.number }));
  await seen(resident, '75 joined, public');
  await track(resident, two.number, two.key);
  await seen(resident, '76 joined, its sender');
  await expect(resident.page.locator('#main').getByRole('link', { name: one.number })).toHaveAttribute('href', `/n/${one.number}`);
});

test('an officer answers, the head approves, everybody reads it', async ({ browser }) => {
  const resident = await reader(browser, server.url);
  const { number } = await send(resident, { title: 'سقف المدرسة يسرّب الماء', text: 'كلّما نزل المطر دخل الماء إلى صفّين في مدرسة الحيّ.', place: 'المدرسة' });
  const coordinator = await staff(browser, server, 'coordinator', null, 'منسّق الإحالة');
  await publish(coordinator, number, 'education');
  const officer = await staff(browser, server, 'officer', 'education', 'موظّفة التربية');
  const head = await staff(browser, server, 'head', 'education', 'مدير التربية');
  const { page, w } = officer;

  await open(officer, '/desk');
  await seen(officer, '80 queue');
  await page.getByRole('link', { name: 'سقف المدرسة يسرّب الماء' }).click();
  await seen(officer, '81 case');
  await page.getByRole('link', { name: w.t('triage.desk.answer'), exact: true }).click();
  await seen(officer, '82 answer');
  await press(officer, w.t('answers.save'));
  await refused(officer, { outcome: w.t('answers.error.outcome'), summary: w.t('answers.error.summary.required'), reason: w.t('answers.error.reason.required') });
  await page.locator('input[name=outcome][value=accepted]').check();
  await fill(officer, 'summary', 'نصلح سقف المدرسة قبل نهاية العام.');
  await fill(officer, 'reason', 'كشفت ورشة الأبنية على السقف ووجدت العزل تالفاً في صفّين.');
  await press(officer, w.t('answers.save'));
  await refused(officer, { 'what-1': w.t('answers.error.what.promise-required') });
  await seen(officer, '83 promise missing');
  await promise(officer, 'عزل سقف الصفّين وترميم الجدار', workingDayIn(20));
  await fill(officer, 'who-1', 'ورشة الأبنية المدرسية');
  await press(officer, w.t('answers.save'));
  await seen(officer, '84 preview');
  await press(officer, w.t('answers.send'));
  await seen(officer, '85 sent');

  // Whoever wrote it cannot approve it, not even by the address.
  await open(head, '/desk/approvals');
  await seen(head, '86 approvals');
  await head.page.getByRole('link', { name: new RegExp(number) }).or(head.page.locator('#main ol a')).first().click();
  await seen(head, '87 approve');
  const address = new URL(head.page.url()).pathname;
  await page.goto(address);
  await expect(page.getByRole('button', { name: w.t('answers.approve'), exact: true })).toHaveCount(0);
  await expect(page.locator('#main')).toContainText(w.t('answers.approval.mine'));
  await press(head, w.t('answers.approve'));
  await seen(head, '88 approved');
  await expect(async () => {
    await open(resident, `/n/${number}`);
    await expect(resident.page.locator('#main')).toContainText('نصلح سقف المدرسة قبل نهاية العام.', { timeout: 500 });
  }).toPass();
  await expect(resident.page.locator('#main')).toContainText('عزل سقف الصفّين وترميم الجدار');
  await seen(resident, '89 answered');
});
