import { expect, test } from 'vitest';
import { CATALOG } from '#platform/i18n/catalog.ts';
import { VISITOR, world } from '#testing/world.ts';
import { findWording, restoreWording, siteWording, tryWording, wordingList, wordingPage, wordSite } from './index.ts';

const given = await world();
const admin = await given.person([{ role: 'administrator' }]);
const second = await given.person([{ role: 'administrator' }]);
const as = given.as(admin);
const place = { key: 'home.lead', language: 'ar' } as const;
const acts = () => given.sql<{ kind: string; public: boolean; detail: object }>(`select kind, public, detail from acts where kind like 'site.word%' order by seq`);
const said = async () => (await given.ask(siteWording, undefined)).find((it) => it.key === place.key)?.text ?? null;
const refused = (because: string, more: object = {}) => ({ refusal: { because, ...more } });

test('a sentence is said in the governorate’s words, in its language alone; each change is an act with the words committed to', async () => {
  await given.sql(`update persons set display_name = 'مدير أول' where id = $1`, [admin.id]);
  await as.act(wordSite, { ...place, text: 'اكتب لنا ما يحتاجه حيّك.', seen: 0 });
  expect(await given.ask(siteWording, undefined)).toEqual([{ ...place, text: 'اكتب لنا ما يحتاجه حيّك.' }]);
  await as.act(wordSite, { ...place, text: 'اكتب لنا ما يحتاجه حيّك.', seen: 0 });
  await given.as(second).act(wordSite, { ...place, text: 'قل لنا ما يحتاجه حيّك.', seen: 1 });
  await as.act(wordSite, { ...place, text: '', seen: 2 });
  expect(await said()).toBeNull();
  const { history, text, own, version } = await as.ask(wordingPage, place);
  expect({ text, own, version }).toEqual({ text: CATALOG.ar[place.key], own: false, version: 3 });
  expect(history.map((it) => [it.version, it.text, it.by])).toEqual([[3, null, 'مدير أول'], [2, 'قل لنا ما يحتاجه حيّك.', null], [1, 'اكتب لنا ما يحتاجه حيّك.', 'مدير أول']]);
  expect(await acts()).toEqual([1, 2, 3].map((version) => ({ kind: 'site.worded', public: true, detail: { ...place, version } })));
  expect(await given.sql(`select c.content from act_contents c join acts a on a.id = c.act_id where a.kind = 'site.worded' order by a.seq limit 2`)).toEqual([{ content: { text: 'اكتب لنا ما يحتاجه حيّك.' } }, { content: { text: 'قل لنا ما يحتاجه حيّك.', before: 'اكتب لنا ما يحتاجه حيّك.' } }]);
});

test('what was said before comes back as the newest wording, and nothing of the history goes', async () => {
  await as.act(restoreWording, { ...place, version: 1, seen: 3 });
  expect(await said()).toBe('اكتب لنا ما يحتاجه حيّك.');
  await as.act(restoreWording, { ...place, version: 0, seen: 4 });
  expect(await said()).toBeNull();
  expect((await as.ask(wordingPage, place)).history.length).toBe(5);
  await expect(as.act(restoreWording, { ...place, version: 99, seen: 5 })).rejects.toMatchObject(refused('not-found'));
  await expect(as.act(restoreWording, { ...place, version: 1, seen: 4 })).rejects.toMatchObject(refused('conflict'));
  await expect(given.pool.query(`update site_texts set text = 'x'`)).rejects.toThrow(/permission denied/);
  await expect(given.pool.query('delete from site_texts')).rejects.toThrow(/permission denied/);
});

test('of eight who word the same place at once, one does', async () => {
  const { version } = await as.ask(wordingPage, place);
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => given.as(at % 2 ? admin : second).act(wordSite, { ...place, text: `نصّ رقم ${at}`, seen: version })));
  expect(tries.filter((it) => it.status === 'fulfilled').length).toBe(1);
  for (const it of tries) if (it.status === 'rejected') expect(it.reason).toMatchObject(refused('conflict'));
  expect((await as.ask(wordingPage, place)).version).toBe(version + 1);
});

test.each<[string, string, string]>([
  ['home.title', 'بلا اسم المكان', 'missing-placeholder'], ['home.title', '{place} {governorate}', 'unknown-placeholder'], ['home.title', '{place', 'unreadable-braces'], ['home.title', `{place} ${'ا'.repeat(60)}`, 'too-long'], ['home.lead', '<b>قريب</b>', 'has-marks'],
  ['help.dates.answer', '{count} يوماً', 'changed-placeholder'], ['help.dates.answer', '{count, plural, one {يوم} other {# يوم}}', 'plural-forms'],
])('%s as «%s» is refused beside its field: %s', async (key, text, code) => {
  const input = { key: key as 'home.title', language: 'ar' as const, text, seen: 0 };
  await expect(as.act(wordSite, input)).rejects.toMatchObject(refused('invalid', { fields: { text: code } }));
  await expect(as.ask(tryWording, input)).rejects.toMatchObject(refused('invalid', { fields: { text: code } }));
});

test('the list says of each place what it says and in which languages it is the governorate’s own', async () => {
  await as.act(wordSite, { key: 'site.about', language: 'ku', text: 'Deriyê {governorate}.', seen: 0 });
  const line = (await as.ask(wordingList, undefined)).find((it) => it.key === 'site.about')!;
  expect(line).toMatchObject({ part: 'footer', own: ['ku'], says: { ku: 'Deriyê {governorate}.', en: CATALOG.en['site.about'] } });
});

test('nobody else reads or changes them; everybody reads what is said', async () => {
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'officer', body: await given.body() }]), await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'administrator' }], { assurance: 'one' })]) {
    const stranger = given.as(who);
    const tries = [stranger.ask(wordingList, undefined), stranger.ask(wordingPage, place), stranger.ask(tryWording, { ...place, text: 'x' }), stranger.act(wordSite, { ...place, text: 'x', seen: 0 }), stranger.act(restoreWording, { ...place, version: 1, seen: 0 })];
    for (const one of await Promise.allSettled(tries)) expect(one).toMatchObject({ status: 'rejected', reason: refused('not-allowed') });
    expect(Array.isArray(await stranger.ask(siteWording, undefined))).toBe(true);
  }
});

test('every sentence of the program is found by its words, in any language and as it is said now, and may be worded', async () => {
  expect(Object.keys(CATALOG.ar).every((key) => /^[A-Za-z0-9._-]{1,80}$/.test(key))).toBe(true);
  const { lines } = await as.ask(findWording, 'official reply');
  expect(lines.length).toBeGreaterThan(0);
  const other = { key: 'comments.public.lead', language: 'ar' } as const;
  expect(await as.ask(wordingPage, other)).toMatchObject({ part: 'other', original: CATALOG.ar[other.key], own: false, version: 0 });
  await as.act(wordSite, { ...other, text: 'كيف نحذف، ولماذا، وكم حذفنا.', seen: 0 });
  expect((await as.ask(findWording, 'وكم حذفنا')).lines.map((it) => [it.key, it.own])).toEqual([[other.key, ['ar']]]);
  expect((await as.ask(findWording, other.key)).lines.map((it) => it.key)).toContain(other.key);
  expect(await given.ask(siteWording, undefined)).toContainEqual({ ...other, text: 'كيف نحذف، ولماذا، وكم حذفنا.' });
  await expect(as.act(wordSite, { ...other, text: 'ا'.repeat(500), seen: 1 })).rejects.toMatchObject(refused('invalid', { fields: { text: 'too-long' } }));
  await expect(as.act(wordSite, { key: 'intake.supports', language: 'ar', text: 'مؤيدون كثر', seen: 0 })).rejects.toMatchObject(refused('invalid', { fields: { text: 'missing-placeholder' } }));
  for (const key of ['no.such.sentence', 'constructor']) await expect(as.act(wordSite, { key, language: 'ar', text: 'x', seen: 0 })).rejects.toMatchObject(refused('not-found'));
  expect(await as.ask(findWording, '')).toEqual({ lines: [], count: 0 });
  expect((await as.ask(findWording, 'ا')).lines).toHaveLength(50);
  for (const who of [VISITOR, (await given.person([]))]) await expect(given.as(who).ask(findWording, 'x')).rejects.toMatchObject(refused('not-allowed'));
  await as.act(wordSite, { key: 'admin.site.runBy', language: 'en', text: 'Run by them', seen: 0 });
});
