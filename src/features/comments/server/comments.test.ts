import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { publicMoment } from '../../record/model.ts';
import { joinEntry, separateEntry, withdrawEntry } from '#features/intake/server/index.ts';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Who } from '#platform/doors.ts';
import { ATTACK } from '../rules.ts';
import {
  changeComment, commentFormKey, commentPage, commentsOf, decideComment, decideOnObjection, forgetRemoved, latestComments, moderationCase, moderationQueue, myComments, objectToRemoval, removalFigures, reportComment, sayComment, withdrawComment, type Saying,
} from './index.ts';

const given = await world();
const it = await office(given);
const resident = await given.person();
const other = await given.person();
const moderator = await given.person([{ role: 'moderator' }]);
const second = await given.person([{ role: 'moderator' }]);

const form = async () => (await given.ask(commentFormKey, undefined)).token;
const saying = async (number: string, more: Partial<Saying> = {}): Promise<Saying> => ({ kind: 'entry', number, language: 'ar', text: 'نحتاج هذا منذ سنوات', parent: '', as: 'resident', sure: false, website: '', form: await form(), proof: '', ...more });
const say = async (who: TestPerson | Who, number: string, more: Partial<Saying> = {}) => given.as(who).act(sayComment, await saying(number, more));
const list = (number: string, after = '') => given.ask(commentsOf, { kind: 'entry', number, after });
const acts = (id: string) => given.sql<{ kind: string; public: boolean; actor_role: string; actor_body: string | null; detail: object; leaf: string | null }>('select kind, public, actor_role, actor_body, detail, leaf from acts where subject_id = $1 order by seq', [id]);
const keep = { decision: 'keep' as const, rule: null, reason: '' };
const removal = { decision: 'remove' as const, rule: 'insult' as const, reason: 'فيه شتم لشخص باسمه' };

describe('saying something', () => {
  test('with a confirmed contact it is public at once, without a name, to the day', async () => {
    const entry = await it.open();
    const said = await say(resident, entry.number);
    expect(said).toMatchObject({ state: 'published', key: '' });
    const { items, total } = await list(entry.number);
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ text: 'نحتاج هذا منذ سنوات', official: null, mine: false });
    expect(items[0]!.at.toISOString()).toMatch(/T12:00:00.000Z$/);
    expect(JSON.stringify(items)).not.toContain(resident.id);
    const [act] = await acts(said.id);
    expect(act).toMatchObject({ kind: 'comment.published', public: true, detail: { on: entry.number, reply: false } });
    expect(act!.leaf).not.toContain('نحتاج');
    expect(JSON.parse(act!.leaf!)).toMatchObject({ at: publicMoment(given.clock.now(), 'resident').toISOString().slice(0, 10), by: { role: 'resident' } });
  });

  test('a visitor is read first, sees the own comment by its key, and nobody else does', async () => {
    const entry = await it.open();
    const said = await say(VISITOR, entry.number);
    expect(said.state).toBe('held');
    expect((await list(entry.number)).total).toBe(0);
    expect(await given.ask(commentPage, { id: said.id, key: said.key, after: '' })).toMatchObject({ comment: null, own: { state: 'held', heldFor: ['visitor'] } });
    for (const key of ['', 'x'.repeat(said.key.length), `${said.key}x`]) await expect(given.ask(commentPage, { id: said.id, key, after: '' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await expect(given.as(resident).ask(commentPage, { id: said.id, key: said.key, after: '' })).resolves.toMatchObject({ own: { state: 'held' } });
    await given.as(moderator).act(decideComment, { id: said.id, ...keep });
    expect((await list(entry.number)).items[0]).toMatchObject({ text: 'نحتاج هذا منذ سنوات' });
    expect((await acts(said.id)).map((act) => [act.kind, act.public])).toEqual([['comment.sent', false], ['comment.published', true]]);
  });

  test('complaints, what was not published, withdrawn and unknown have none', async () => {
    const complaint = await it.open({ kind: 'complaint' });
    const unread = await it.submit();
    const gone = await it.open();
    await say(resident, gone.number);
    await given.act(withdrawEntry, { number: gone.number, key: gone.key });
    for (const number of [complaint.number, unread.number, 'TST-999999-00', '']) {
      for (const who of [resident, VISITOR, it.officer, moderator]) await expect(say(who, number)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
      await expect(list(number)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    }
    await expect(list(gone.number)).rejects.toMatchObject({ refusal: { because: 'gone' } });
    await expect(say(resident, gone.number)).rejects.toMatchObject({ refusal: { because: 'gone' } });
  });

  test('the same form twice, also at the same moment, is one comment; other words are another', async () => {
    const entry = await it.open();
    const input = await saying(entry.number);
    const all = await Promise.all(Array.from({ length: 6 }, () => given.as(other).act(sayComment, input)));
    expect(new Set(all.map((one) => one.id)).size).toBe(1);
    expect((await list(entry.number)).total).toBe(1);
    await given.as(other).act(sayComment, { ...input, text: 'كلام آخر تماماً' });
    expect((await list(entry.number)).total).toBe(2);
    await expect(given.as(other).act(sayComment, { ...input, form: [...input.form].toReversed().join(String()) })).rejects.toMatchObject({ refusal: { fields: { form: 'reload' } } });
  });

  test('a private number is refused beside the field; whoever is sure sends it to a moderator', async () => {
    const entry = await it.open();
    const input = await saying(entry.number, { text: 'اتصلوا بي ٠٩٤٤ ٥٥٥ ٦٦٦' });
    await expect(given.as(resident).act(sayComment, input)).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { text: 'private-number' } } });
    const said = await given.as(resident).act(sayComment, { ...input, sure: true });
    expect(said.state).toBe('held');
    expect(await given.as(moderator).ask(moderationCase, { id: said.id })).toMatchObject({ what: 'held', heldFor: ['number'], marks: [{ from: 10, to: 22 }] });
    expect((await say(resident, entry.number, { text: 'حاجتنا HLB-4827-70 من 25/11/2026 وكلفتها 1,500,000,000 ليرة' })).state).toBe('published');
  });

  test('a field that nobody sees is filled in by programs: a person looks at it, nothing is lost', async () => {
    expect((await say(resident, (await it.open()).number, { website: 'http://x' })).state).toBe('held');
  });

  test('one account says at most twelve things in ten minutes', async () => {
    const entry = await it.open();
    const busy = await given.person();
    for (let n = 0; n < 12; n++) await say(busy, entry.number, { text: `كلام رقم ${n}` });
    await expect(say(busy, entry.number, { text: 'كلام آخر' })).rejects.toMatchObject({ refusal: { because: 'too-many' } });
  });
});

describe('an official reply', () => {
  test('carries body and role, and is public at once', async () => {
    const entry = await it.assigned();
    const asked = await say(resident, entry.number);
    const reply = await say(it.officer, entry.number, { as: 'official', parent: asked.id, text: 'نردّ على رقم المكتب 021 2234567' });
    expect(reply.state).toBe('published');
    expect((await list(entry.number)).items[0]).toMatchObject({ id: asked.id, replyCount: 1, replies: [{ official: { role: 'officer', body: { code: it.code } } }] });
    expect((await acts(reply.id))[0]).toMatchObject({ kind: 'comment.replied', actor_role: 'officer', actor_body: it.code });
    await say(it.head, entry.number, { as: 'official', parent: reply.id });
    await say(it.coordinator, entry.number, { as: 'official' });
    const { items } = await list(entry.number);
    expect(items.map((one) => one.official?.role ?? null)).toEqual(['coordinator', null]);
    expect(items[1]!.replies.map((one) => one.official?.role)).toEqual(['officer', 'head']);
  });

  test('nobody else speaks for a body', async () => {
    const entry = await it.assigned();
    const elsewhere = await office(given, (await given.sql<{ code: string }>('select code from bodies where code <> $1 order by code limit 1', [it.code]))[0]!.code);
    const once = await given.person([{ role: 'officer', body: it.body }], { assurance: 'one' });
    for (const who of [resident, VISITOR, moderator, elsewhere.officer, elsewhere.head, once]) await expect(say(who, entry.number, { as: 'official' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  });
});

describe('the own comment', () => {
  test('is changed for fifteen minutes, by nobody else; the old words are deleted', async () => {
    const entry = await it.open();
    const said = await say(resident, entry.number);
    for (const who of [other, VISITOR, moderator]) await expect(given.as(who).act(changeComment, { id: said.id, key: '', text: 'غيره', sure: false })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await given.as(resident).act(changeComment, { id: said.id, key: '', text: 'كلام أدقّ', sure: false });
    expect((await list(entry.number)).items[0]).toMatchObject({ text: 'كلام أدقّ', changed: true });
    const contents = await given.sql<{ content: { text: string } }>('select content from act_contents c join acts a on a.id = c.act_id where a.subject_id = $1', [said.id]);
    expect(contents.map((row) => row.content.text)).toEqual(['كلام أدقّ']);
    given.clock.addMinutes(16);
    await expect(given.as(resident).act(changeComment, { id: said.id, key: '', text: 'متأخّر', sure: false })).rejects.toMatchObject({ refusal: { because: 'wrong-state' } });
  });

  test('is withdrawn at any time: words gone everywhere, the act stays, replies keep their place', async () => {
    const entry = await it.open();
    const said = await say(resident, entry.number, { text: 'Zirqal-withdrawn-comment' });
    await say(other, entry.number, { parent: said.id });
    given.clock.addDays(3);
    await expect(given.as(other).act(withdrawComment, { id: said.id, key: '' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await Promise.all([1, 2].map(() => given.as(resident).act(withdrawComment, { id: said.id, key: '' })));
    expect((await list(entry.number)).items[0]).toMatchObject({ state: 'withdrawn', text: '', replyCount: 1 });
    for (const table of ['comments', 'act_contents', 'comment_reports', 'comment_objections']) expect(await given.sql(`select 1 from ${table} t where t::text like '%Zirqal-withdrawn%'`)).toEqual([]);
    expect((await acts(said.id)).at(-1)).toMatchObject({ kind: 'comment.withdrawn', public: true });
    expect((await given.as(resident).ask(myComments, undefined)).map((one) => one.id)).not.toContain(said.id);
  });

  test('a visitor withdraws by the key', async () => {
    const entry = await it.open();
    const said = await say(VISITOR, entry.number);
    await expect(given.act(withdrawComment, { id: said.id, key: 'wrong' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await given.act(withdrawComment, { id: said.id, key: said.key });
    await expect(given.as(moderator).act(decideComment, { id: said.id, ...keep })).rejects.toMatchObject({ refusal: { because: 'conflict' } });
  });
});

describe('moderation', () => {
  test('reports bring it before a moderator, one a reader, and it stays until somebody has looked', async () => {
    const entry = await it.open();
    const said = await say(resident, entry.number);
    await Promise.all([1, 2, 3].map(() => given.as(other).act(reportComment, { id: said.id, rule: 'insult', words: 'يشتم جاري' })));
    await given.act(reportComment, { id: said.id, rule: 'spam', words: '' });
    expect((await list(entry.number)).total).toBe(1);
    const found = await given.as(moderator).ask(moderationCase, { id: said.id });
    expect(found).toMatchObject({ what: 'reported', reports: 2, mayDecide: true });
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${resident.id}|${other.id}`));
    await given.as(moderator).act(decideComment, { id: said.id, ...keep });
    expect((await given.as(moderator).ask(moderationQueue, { after: '' })).items.map((row) => row.id)).not.toContain(said.id);
    expect(await given.sql('select 1 from comment_reports where words <> $1 and settled_at is not null', [''])).toEqual([]);
  });

  test('a removal has a rule and a reason that everybody reads; its words are gone, also from the record', async () => {
    const entry = await it.open();
    const said = await say(resident, entry.number, { text: 'Zirqal-removed-words' });
    await given.as(other).act(reportComment, { id: said.id, rule: 'insult', words: '' });
    await expect(given.as(moderator).act(decideComment, { id: said.id, ...removal, reason: 'رقمه 0944555666 هنا' })).rejects.toMatchObject({ refusal: { fields: { reason: 'private-number' } } });
    const decided = await Promise.allSettled([moderator, second].map((who) => given.as(who).act(decideComment, { id: said.id, ...removal })));
    expect(decided.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const { items } = await list(entry.number);
    expect(items[0]).toMatchObject({ state: 'removed', text: '', rule: 'insult', reason: removal.reason });
    expect(await given.sql(`select 1 from act_contents t where t::text like '%Zirqal-removed%'`)).toEqual([]);
    expect((await acts(said.id)).at(-1)).toMatchObject({ kind: 'comment.removed', public: true, actor_role: 'moderator', detail: { on: entry.number, rule: 'insult' } });
    expect(await given.as(resident).ask(commentPage, { id: said.id, key: '', after: '' })).toMatchObject({ own: { text: 'Zirqal-removed-words', mayObject: true, removal: { rule: 'insult' } } });
    expect((await given.as(other).ask(commentPage, { id: said.id, key: '', after: '' })).own).toBeNull();
  });

  test('the author objects, somebody else decides, and the comment comes back', async () => {
    const entry = await it.open();
    const said = await say(VISITOR, entry.number, { text: 'رأي قاسٍ لا غير' });
    await given.as(moderator).act(decideComment, { id: said.id, ...removal });
    expect((await list(entry.number)).items).toEqual([]);
    await expect(given.act(objectToRemoval, { id: said.id, key: '', text: 'لم أشتم أحداً هنا' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await given.act(objectToRemoval, { id: said.id, key: said.key, text: 'لم أشتم أحداً هنا' });
    await expect(given.act(objectToRemoval, { id: said.id, key: said.key, text: 'مرة أخرى أقول' })).rejects.toMatchObject({ refusal: { because: 'wrong-state' } });
    expect(await given.as(moderator).ask(moderationCase, { id: said.id })).toMatchObject({ what: 'objection', mayDecide: false });
    await expect(given.as(moderator).act(decideOnObjection, { id: said.id, outcome: 'upheld', reason: 'بقي القرار كما هو' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    const both = await Promise.allSettled([second, it.coordinator].map((who) => given.as(who).act(decideOnObjection, { id: said.id, outcome: 'reversed', reason: 'نقد وليس شتماً' })));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await list(entry.number)).items[0]).toMatchObject({ state: 'published', text: 'رأي قاسٍ لا غير' });
  });

  test('nobody decides on the own comment, for the own body, or without the role', async () => {
    const entry = await it.assigned();
    const both = await given.person([{ role: 'moderator' }, { role: 'officer', body: it.body }]);
    const once = await given.person([{ role: 'moderator' }], { assurance: 'one' });
    const said = await say(VISITOR, entry.number);
    for (const who of [resident, VISITOR, it.officer, it.head, both, once, await given.person([{ role: 'administrator' }])]) {
      await expect(given.as(who).act(decideComment, { id: said.id, ...keep })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    }
    const own = await say(moderator, entry.number);
    await given.as(other).act(reportComment, { id: own.id, rule: 'spam', words: '' });
    await expect(given.as(moderator).act(decideComment, { id: own.id, ...keep })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    for (const who of [resident, VISITOR, it.officer, once]) {
      await expect(given.as(who).ask(moderationQueue, { after: '' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
      await expect(given.as(who).ask(moderationCase, { id: said.id })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    }
  });

  test('what was removed is counted by year and rule, and its words are deleted after thirty days', async () => {
    const [year] = await given.ask(removalFigures, undefined);
    const [{ n: removed } = { n: 0 }] = await given.sql<{ n: number }>(`select count(*)::int as n from comments where rule is not null`);
    expect([year!.year, year!.total, year!.rules.reduce((sum, row) => sum + row.count, 0)]).toEqual([2026, removed, removed]);
    expect(['insult', 'hatred'].map((rule) => (year!.rules.find((row) => row.rule === rule)!.count > 0))).toEqual([true, false]);
    given.clock.addDays(31);
    expect(await given.as(SYSTEM).act(forgetRemoved, undefined)).toBeGreaterThan(0);
    expect(await given.sql(`select 1 from comments where text like '%Zirqal-removed%'`)).toEqual([]);
    await expect(given.as(resident).act(forgetRemoved, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  });
});

describe('many at once', () => {
  test('under attack a form proves some work or has waited; one proof is good for one comment', async () => {
    const entry = await it.open();
    for (let n = 0; n <= ATTACK.comments; n++) { await say({ actor: { kind: 'visitor' }, caller: `net ${n}` }, entry.number, { text: `سيل ${n}` }); }
    expect(await given.ask(commentFormKey, undefined)).toMatchObject({ attack: true });
    expect((await say(other, entry.number)).state).toBe('held');
    const token = await form();
    let proof = 0;
    while (createHash('sha256').update(`${token}:${proof}`).digest().readUInt32BE(0) >>> (32 - ATTACK.proofBits) !== 0) proof += 1;
    expect((await say(other, entry.number, { form: token, proof: String(proof) })).state).toBe('published');
    expect((await say(other, entry.number, { form: token, proof: String(proof), text: 'مرة ثانية بالإثبات نفسه' })).state).toBe('held');
    const patient = await form();
    given.clock.addMinutes(1);
    expect((await say(other, entry.number, { form: patient, text: 'انتظرت دقيقة' })).state).toBe('published');
    given.clock.addMinutes(ATTACK.minutes + 1);
    expect(await given.ask(commentFormKey, undefined)).toMatchObject({ attack: false });
  });

  test('pages neither repeat nor skip, and replies are counted whole', async () => {
    const entry = await it.open();
    await given.sql(`insert into comments (id, subject_kind, subject_id, language, text, state, sent_at, published_at) select gen_random_uuid(), 'entry', $1, 'ar', 'قول ' || n, 'published', now(), now() from generate_series(1, 47) n`, [entry.id]);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const page = await list(entry.number, after);
      seen.push(...page.items.map((one) => one.text));
      if (!page.next) break;
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 47 }, (_, n) => `قول ${47 - n}`));
    const [root] = (await list(entry.number)).items;
    await given.sql(`insert into comments (id, subject_kind, subject_id, parent_id, language, text, state, sent_at, published_at) select gen_random_uuid(), 'entry', $1, $2, 'ar', 'جواب ' || n, 'published', now(), now() from generate_series(1, 60) n`, [entry.id, root!.id]);
    const [again] = (await list(entry.number)).items;
    expect([again!.replies.length, again!.replyCount]).toEqual([5, 60]);
    const first = await given.ask(commentPage, { id: root!.id, key: '', after: '' });
    const rest = await given.ask(commentPage, { id: root!.id, key: '', after: first.next! });
    expect([...first.replies, ...rest.replies].map((one) => one.text)).toEqual(Array.from({ length: 60 }, (_, n) => `جواب ${n + 1}`));
    await expect(list(entry.number, 'bm90IGEgY3Vyc29y')).resolves.toMatchObject({ total: 107 });
  });
});

test('comments move along when entries are joined, and come back', async () => {
  const [one, two] = [await it.open(), await it.open()];
  await say(resident, one.number, { text: 'على الأولى' });
  await say(other, two.number, { text: 'على الثانية' });
  await given.as(it.coordinator).act(joinEntry, { number: one.number, into: two.number });
  expect((await list(two.number)).items.map((each) => each.text)).toEqual(['على الثانية', 'على الأولى']);
  expect((await list(one.number)).items.map((each) => each.text)).toEqual(['على الثانية', 'على الأولى']);
  expect(await given.ask(latestComments, { subjectId: two.id, limit: 1 })).toMatchObject({ total: 2 });
  const reply = await say(resident, two.number, { parent: (await list(two.number)).items[1]!.id });
  expect(reply.state).toBe('published');
  await given.as(it.coordinator).act(separateEntry, { number: one.number });
  expect((await list(two.number)).items.map((each) => each.text)).toEqual(['على الثانية']);
  expect((await list(one.number)).items.map((each) => each.text)).toEqual(['على الأولى']);
});

test('a commitment has comments where it is public', async () => {
  const entry = await it.assigned();
  await it.answered(entry.number);
  const complaint = await it.assigned({ kind: 'complaint' });
  await it.answered(complaint.number);
  const numberOf = async (id: string) => (await given.sql<{ number: string }>('select number from commitments where subject_id = $1', [id]))[0]!.number;
  const said = await say(resident, await numberOf(entry.id), { kind: 'commitment' });
  expect((await given.ask(commentsOf, { kind: 'commitment', number: await numberOf(entry.id), after: '' })).items.map((one) => one.id)).toEqual([said.id]);
  for (const who of [resident, it.officer, it.coordinator]) await expect(say(who, await numberOf(complaint.id), { kind: 'commitment' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
});
