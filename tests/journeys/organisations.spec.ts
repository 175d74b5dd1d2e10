/** An organisation registers without script, invites a second person, is verified by two, and is found with its reasons. */
import { expect, test } from '@playwright/test';
import { demoUrl } from './page.ts';
import { choose, fill, open, press, reader, refused, seen } from './walk.ts';

async function enterAs(it: Awaited<ReturnType<typeof reader>>, role: string): Promise<void> {
  await it.page.goto(`${demoUrl()}/demo`);
  await it.page.locator('#main').getByRole('link', { name: it.w.tc('people.role', role) }).first().click();
  await press(it, it.w.t('people.enter.go'));
  await it.page.waitForURL((url) => !url.pathname.includes('/enter/'));
}

test('from the first page to the directory', async ({ browser }) => {
  const member = await reader(browser, demoUrl(), { script: false });
  await enterAs(member, 'member');
  await open(member, '/orgs/register');
  await press(member, member.w.t('organisations.register.start'));
  const number = /org\/([A-Z]+-\d+-\d\d)/.exec(member.page.url())![1]!;
  await press(member, member.w.t('organisations.send'));
  await expect(member.page.locator('.note.error')).toContainText(member.w.t('organisations.error.about.name'));
  await open(member, `/org/${number}/about`);
  await fill(member, 'name-ar', 'جمعية الجسر للترجمة');
  await member.page.locator('select[name=kind]').selectOption('committee');
  await fill(member, 'about', 'نترجم ما تكتبه الجهات إلى لغات الحيّ.');
  await press(member, member.w.t('organisations.save'));
  await open(member, `/org/${number}/work`);
  await member.page.locator('input[name=sectors][value=CUL]').check();
  await fill(member, 'places', 'مكان لا وجود له');
  await press(member, member.w.t('organisations.save'));
  await expect(member.page.locator('#places-error')).toContainText(member.w.t('organisations.error.places.unknown'));
  await fill(member, 'places', 'SY020000');
  await press(member, member.w.t('organisations.save'));
  await open(member, `/org/${number}/contacts`);
  await fill(member, 'value', '٠٢١ ٥٥٥ ٠١٠١');
  await press(member, member.w.t('organisations.add'));
  await open(member, `/org/${number}`);
  await seen(member, '89 an organisation from inside');
  await press(member, member.w.t('organisations.send'));
  await expect(member.page.locator('#main')).toContainText(member.w.t('organisations.submitted'));

  const [registry, second] = [await reader(browser, demoUrl()), await reader(browser, demoUrl())];
  await enterAs(registry, 'registry');
  await open(registry, `/gov/orgs/${number}`);
  await seen(registry, '90 an organisation before the registry');
  await registry.page.locator('input[name=kind][value=verify]').check();
  await fill(registry, 'reason', 'قرأنا ما أرسلته اللجنة.');
  await press(registry, registry.w.t('organisations.propose.go'));
  await expect(registry.page.getByRole('button', { name: registry.w.t('organisations.confirm'), exact: true })).toHaveCount(0);
  await enterAs(second, 'coordinator');
  await open(second, `/gov/orgs/${number}`);
  await press(second, second.w.t('organisations.confirm'));

  const visitor = await reader(browser, demoUrl());
  await open(visitor, '/orgs?q=الترجمه');
  await visitor.page.getByRole('link', { name: 'جمعية الجسر للترجمة' }).click();
  await expect(visitor.page.locator('#main')).toContainText(visitor.w.t('organisations.standing.verified'));
  await seen(visitor, '91 a verified organisation');
  for (const path of ['/orgs/where', '/orgs/where?as=list', '/orgs/match?sector=CUL&place=SY020000', '/orgs/register']) { await open(visitor, path); await seen(visitor, `92 ${path.replaceAll('/', ' ')}`); }
  await open(visitor, '/orgs/match?sector=CUL&place=SY020000');
  await expect(visitor.page.locator('#main')).toContainText(visitor.w.t('organisations.match.verified'));
});

test('a table of organisations, without script: a list of people is refused, each line says what becomes of it, and it comes in once', async ({ browser }) => {
  const it = await reader(browser, demoUrl(), { script: false });
  const { page, w } = it;
  const send = async (text: string) => {
    await choose(page.locator('[name=file]'), [{ name: 'table.csv', buffer: Buffer.from(text) }]);
    await press(it, w.t('organisations.import.look'));
  };
  await enterAs(it, 'registry');
  await open(it, '/gov/orgs');
  await page.getByRole('link', { name: w.t('organisations.import'), exact: true }).click();
  await press(it, w.t('organisations.import.look'));
  await refused(it, { file: w.problem('organisations', 'file', 'required')! });
  await send('الاسم الثلاثي,الرقم الوطني,الهاتف\nأحمد محمد علي,02010012345,0944555666\nسعاد خالد عمر,02010012346,0944555667\n');
  await refused(it, { file: w.problem('organisations', 'file', 'people')! });
  const table = 'الاسم بالعربية,النوع,المجالات,الأماكن,العاملون\nجمعية رصيف الرحلة,جمعية,EDU,SY0200,١٤\nجمعية بلا مكان معروف,جمعية,EDU,مدينة لا نعرفها,\nجمعية بعدد غريب,جمعية,EDU,SY0200,كثير\n';
  await send(table);
  await expect(page.locator('#main')).toContainText(w.t('organisations.import.listed', { count: 1 }));
  await expect(page.locator('section[aria-labelledby=refused]')).toContainText(w.t('organisations.row.number'));
  await expect(page.locator('section[aria-labelledby=rows]')).toContainText('مدينة لا نعرفها');
  const address = page.url();
  await seen(it, '93 a table before it comes in');
  await press(it, w.t('organisations.import.take'));
  await expect(page.locator('.note.ok')).toContainText(w.t('organisations.import.drafts', { count: 1 }));
  expect((await page.goto(address))!.status()).toBe(404);
  await open(it, '/gov/orgs/import');
  await send(table);
  await expect(page.locator('#main')).toContainText(w.t('organisations.import.there', { count: 2 }));
  await press(it, w.t('organisations.import.drop'));
  await expect(page.locator('.note.ok')).toContainText(w.t('organisations.import.dropped'));
  await open(it, '/orgs?q=رصيف الرحلة');
  await expect(page.locator('#main').getByRole('link', { name: 'جمعية رصيف الرحلة' })).toHaveCount(1);
});
