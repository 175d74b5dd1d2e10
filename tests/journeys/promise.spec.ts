/** What was promised is carried out in the open: progress, a later date, done, disputed by who asked for it, and done again. */
import { expect, test } from '@playwright/test';
import { answer, approve, workingDayIn } from './desk.ts';
import { startServer, type TestServer } from './server.ts';
import { bigPhoto, choose, fill, open, press, publish, reader, refused, seen, send, staff, track, type Reader } from './walk.ts';

let server: TestServer;
test.beforeAll(async () => { server = await startServer({ profile: 'test', settings: { approvalDelayMinutes: 0 } }); });
test.afterAll(() => server.stop());

/** Opens one of the four steps of a commitment. */
const step = ({ page }: Reader, id: string) => page.locator(`#${id} > summary`).click();

/** The sender says by number and key whether it was done. */
async function say(it: Reader, number: string, key: string, verdict: 'yes' | 'partly' | 'no', words: string): Promise<void> {
  const { page, w } = it;
  await track(it, number, key);
  await press(it, w.t('intake.entry.confirm.go'));
  await expect(page.locator('h1')).toHaveText(w.t('intake.confirm.title'));
  await seen(it, `a0 asked ${verdict}`);
  await press(it, w.t('intake.confirm.send'));
  await refused(it, { verdict: w.t('intake.error.verdict') });
  await page.locator(`input[name=verdict][value=${verdict}]`).check();
  await fill(it, 'words', words);
  if (verdict === 'no') await choose(page.locator('#files'), [await bigPhoto()]);
  await press(it, w.t('intake.confirm.send'));
  await expect(page.locator('#main')).toContainText(w.t('intake.confirm.thanks'));
  await seen(it, `a1 said ${verdict}`);
}

/** What the page of the commitment says, once the jobs have done their work. */
async function reads(it: Reader, path: string, text: string): Promise<void> {
  await expect(async () => {
    await open(it, path);
    await expect(it.page.locator('#main')).toContainText(text, { timeout: 500 });
  }).toPass();
}

async function reportDone(officer: Reader, text: string): Promise<void> {
  await step(officer, 'done');
  await officer.page.locator('#done-text').fill(text);
  await officer.page.locator('#done button').click();
  await expect(officer.page.locator('#main')).toContainText(officer.w.t('commitments.desk.did.done'));
}

test('a promise is kept in the end, and everything on the way stays to be read', async ({ browser }) => {
  test.setTimeout(240_000);
  const resident = await reader(browser, server.url);
  const { number, key } = await send(resident, { title: 'رصيف المدرسة محفور', text: 'الرصيف أمام المدرسة محفور منذ أعمال الماء ولم يُصلَح.', place: 'المدرسة' });
  await publish(await staff(browser, server, 'coordinator', null, 'منسّقة'), number, 'education');
  const officer = await staff(browser, server, 'officer', 'education', 'موظّفة الأبنية');
  const head = await staff(browser, server, 'head', 'education', 'المدير');
  await answer(officer, number, { what: 'رصف الرصيف أمام المدرسة', due: workingDayIn(10) });
  await approve(head, number);
  const { page, w } = officer;
  await reads(resident, `/n/${number}`, 'رصف الرصيف أمام المدرسة');

  await open(officer, '/desk/commitments');
  await seen(officer, 'b0 desk commitments');
  await page.locator('#main').getByRole('link', { name: 'رصف الرصيف أمام المدرسة' }).click();
  const commitment = new URL(page.url()).pathname.split('/').at(-1)!;
  await seen(officer, 'b1 commitment');

  await step(officer, 'progress');
  await page.locator('#progress button').click();
  await refused(officer, { 'progress-text': w.t('commitments.error.text.required') });
  await page.locator('#progress-text').fill('أزالت الورشة الركام، ووصل الحجر إلى المكان.');
  await choose(page.locator('#progress-files'), [await bigPhoto()]);
  await page.locator('#progress button').click();
  await expect(page.locator('#main')).toContainText(w.t('commitments.desk.did.progress'));
  await seen(officer, 'b2 progress');

  await step(officer, 'move');
  const later = workingDayIn(40).split('-').map(Number);
  const due = async (year: number) => {
    await fill(officer, 'due-day', String(later[2]));
    await page.locator('select[name=due-month]').selectOption(String(later[1]));
    await fill(officer, 'due-year', String(year));
  };
  await due(2020);
  await page.locator('#move button').click();
  await refused(officer, { 'move-reason': w.t('commitments.error.reason.required') });
  await page.locator('#move-reason').fill('تأخّر وصول الحجر أسبوعين بسبب إغلاق الطريق.');
  await page.locator('#move button').click();
  await refused(officer, { due: w.t('commitments.error.due.not-later') });
  await due(later[0]!);
  await page.locator('#move button').click();
  await expect(page.locator('#main')).toContainText(w.t('commitments.desk.did.move'));
  await open(resident, `/commitments/${commitment}`);
  for (const text of ['بسبب إغلاق الطريق', 'وصل الحجر إلى المكان']) await expect(resident.page.locator('#main')).toContainText(text);
  await expect(resident.page.locator('#main s, #main del').first()).toBeVisible();
  await seen(resident, 'b3 moved, public');

  await reportDone(officer, 'انتهى رصف الرصيف كلّه أمام المدرسة.');
  await seen(officer, 'b4 done');

  await say(resident, number, key, 'no', 'نصف الرصيف ما زال محفوراً.');
  await reads(resident, `/commitments/${commitment}`, w.t('commitments.disputed.title'));
  await seen(resident, 'b5 disputed');
  await expect(resident.page.locator('#main')).not.toContainText('نصف الرصيف ما زال محفوراً');
  await reads(resident, `/n/${number}`, w.t('intake.state.disputed'));
  await open(officer, `/desk/commitments/${commitment}`);
  await expect(page.locator('#main')).toContainText('نصف الرصيف ما زال محفوراً');
  await seen(officer, 'b6 disputed, at the desk');

  await reportDone(officer, 'أكملنا النصف الثاني من الرصيف.');
  await say(resident, number, key, 'yes', '');
  await reads(resident, `/commitments/${commitment}`, w.t('commitments.state.confirmed'));
  await seen(resident, 'b7 confirmed');
  await reads(resident, `/n/${number}`, w.t('intake.state.confirmed'));
  await open(resident, '/bodies/education');
  await seen(resident, 'b8 track record');
});
