/** Many at the same moment: each thing is done once, everybody is told the same, and nobody undoes another unseen. */
import { expect, test } from 'vitest';
import { approveAnswer, takeBackAnswer } from '#features/answers/server/index.ts';
import { assignEntry, extendDeadline, keepDraft, openDraft, supportEntry, triageEntry, unsupportEntry, withdrawEntry } from '#features/intake/server/index.ts';
import { office } from '#testing/entries.ts';
import { site } from '#testing/site.ts';

const given = await site();
const it = await office(given);
const other = await given.person([{ role: 'coordinator' }]);
const [elsewhere] = await given.sql<{ code: string }>('select code from bodies where code <> $1 order by code limit 1', [it.code]);
const passed = (results: PromiseSettledResult<unknown>[]) => results.filter((one) => one.status === 'fulfilled').length;
const kindsOf = async (id: string) => (await given.sql<{ kind: string }>('select kind from acts where subject_id = $1 order by at, seq', [id])).map((act) => act.kind);
const supportsOf = async (number: string) => (await given.sql<{ tally: number; rows: number }>('select t.supports as tally, (select count(*)::int from supports s where s.entry_id = e.id) as rows from entries e join entry_tallies t on t.entry_id = e.id where number = $1', [number]))[0]!;

test('one form sent fifty times at once, and ten times later, is one entry; every answer shows the same number and key', async () => {
  const draft = await given.act(openDraft, { kind: 'need' });
  await given.act(keepDraft, { token: draft, data: { title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', placeWords: 'قرب المدرسة' } });
  const once = crypto.randomUUID();
  const send = () => given.post(`/new/need?/send&d=${draft}&step=check`, { once });
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  for (let n = 0; n < 10; n++) answers.push(await send());
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.headers.location}`))).toEqual(new Set([`303 /new/need/sent?once=${once}`]));
  expect(await given.sql('select 1 from entry_submissions where once = $1', [once])).toHaveLength(1);
  expect(await given.sql(`select 1 from entries where title = 'الشارع بلا إنارة'`)).toHaveLength(1);
  const pages = await Promise.all([1, 2].map(async () => (await given.get(`/new/need/sent?once=${once}`)).text));
  const key = /\d{4} \d{4} \d{4} \d{4} \d{4}/.exec(pages[0]!)?.[0];
  expect(key).toBeDefined();
  expect(pages[1]).toContain(key);
});

test('fifty supports by one person at once, through the form, are one; twenty persons are twenty', async () => {
  const { number } = await it.open();
  const cookie = await given.cookieOf(await given.person());
  const answers = await Promise.all(Array.from({ length: 50 }, () => given.post(`/n/${number}?/support`, {}, { cookie })));
  expect(answers.every((answer) => answer.status === 303)).toBe(true);
  expect(await supportsOf(number)).toEqual({ tally: 1, rows: 1 });
  const people = await Promise.all(Array.from({ length: 20 }, () => given.person()));
  await Promise.all(people.flatMap((one) => [given.as(one).act(supportEntry, { number }), given.as(one).act(supportEntry, { number })]));
  expect(await supportsOf(number)).toEqual({ tally: 21, rows: 21 });
  await Promise.all(people.flatMap((one) => [given.as(one).act(unsupportEntry, { number }), given.as(one).act(supportEntry, { number })]));
  const after = await supportsOf(number);
  expect(after.tally).toBe(after.rows);
});

test('two coordinators decide at once: one decision after the other, each whole', async () => {
  const entry = await it.submit();
  const decide = (who: typeof other, body: string) => given.as(who).act(triageEntry, { number: entry.number, sectors: [], place: '', visibility: 'public', body });
  await Promise.allSettled([decide(it.coordinator, it.code), decide(other, elsewhere!.code)]);
  const kinds = await kindsOf(entry.id);
  expect(kinds.filter((kind) => kind === 'entry.published')).toHaveLength(1);
  const [row] = await given.sql<{ state: string; code: string }>('select e.state, b.code from entries e join bodies b on b.id = e.body_id where number = $1', [entry.number]);
  const [last] = await given.sql<{ body: string }>(`select detail->>'body' as body from acts where subject_id = $1 and kind = 'entry.assigned' order by at desc, seq desc limit 1`, [entry.id]);
  expect(row).toEqual({ state: 'assigned', code: last!.body });
});

test('one opens and one keeps confidential at once: one of both, never half', async () => {
  for (let round = 0; round < 5; round++) {
    const entry = await it.submit();
    const results = await Promise.allSettled((['public', 'confidential'] as const).map((visibility, at) => given.as(at ? other : it.coordinator).act(triageEntry, { number: entry.number, sectors: [], place: '', visibility, body: '' })));
    expect(passed(results)).toBe(1);
    const [row] = await given.sql<{ fits: boolean }>('select confidential = (published_at is null) as fits from entries where number = $1', [entry.number]);
    expect(row!.fits).toBe(true);
  }
});

test('two heads approve at once: one approval; approved and taken back at once: one state', async () => {
  const second = await given.person([{ role: 'head', body: it.body }]);
  const entry = await it.assigned();
  const saved = await it.sent(entry.number);
  const results = await Promise.allSettled([it.head, second, it.head, second].map((head) => given.as(head).act(approveAnswer, saved)));
  expect(passed(results)).toBeGreaterThanOrEqual(1);
  expect((await kindsOf(saved.id)).filter((kind) => kind === 'answer.approved')).toHaveLength(1);
  await Promise.allSettled([given.as(it.officer).act(takeBackAnswer, { id: saved.id }), given.as(it.head).act(takeBackAnswer, { id: saved.id })]);
  expect((await kindsOf(saved.id)).filter((kind) => kind === 'answer.taken-back')).toHaveLength(1);
});

test('withdrawn and assigned at once: whichever was first, its texts are gone and no body works on them', async () => {
  for (let round = 0; round < 6; round++) {
    const entry = await it.open({ title: 'تُسحب وتُحال معاً' });
    const [withdrawn] = await Promise.allSettled([given.act(withdrawEntry, { number: entry.number, key: entry.key }), given.as(it.coordinator).act(assignEntry, { number: entry.number, body: it.code })]);
    expect(withdrawn.status).toBe('fulfilled');
    expect(await given.sql('select state, title, text from entries where number = $1', [entry.number])).toEqual([{ state: 'withdrawn', title: '', text: '' }]);
  }
});

test('the clock is extended once by whoever comes first', async () => {
  const entry = await it.assigned();
  const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => given.as(it.officer).act(extendDeadline, { number: entry.number, reason: `ننتظر كشف الشركة رقم ${n}` })));
  expect(passed(results)).toBe(1);
  expect((await kindsOf(entry.id)).filter((kind) => kind === 'entry.extended')).toHaveLength(1);
});
