import { expect, test } from 'vitest';
import { checkReceipt, openLog, parseReceipt, receiptText, trusting, utf8 } from '#engines/merkle-log/index.ts';
import { office } from '#testing/entries.ts';
import { recordOf } from '#testing/record.ts';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Ctx } from '../../context.ts';
import { sayComment } from '../../comments/server/index.ts';
import { makeFormKey } from '../../comments/server/form-key.ts';
import { followEntry, supportEntry, showEntry } from '../../intake/server/index.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { askForMyData, entryData, eraseMe, erasePreview, myData } from './index.ts';

const given = await world();
const it = await office(given);
const record = await recordOf(given);
const count = async (sql: string, ...values: unknown[]) => (await given.sql<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]!.n;
const CANARY = 'زرقلٌ مجهول';

/** How often the words of these tests lie anywhere. */
const canaries = async () => (await given.sql<{ text: string }>(`select concat_ws(' ', (select string_agg(title || text || place_words, ' ') from entries), (select string_agg(text, ' ') from comments), (select string_agg(text, ' ') from entry_messages), (select string_agg(content::text, ' ') from act_contents)) as text`))[0]!.text.split(CANARY).length - 1;

/** Somebody who wrote, supported and commented. */
async function resident(): Promise<{ person: TestPerson; waiting: string; answered: string; liked: string }> {
  const person = await given.person();
  await given.sql(`update persons set display_name = 'سلمى' where id = $1`, [person.id]);
  await given.sql(`insert into person_contacts (id, person_id, kind, value, value_hash, verified_at) values (gen_random_uuid(), $1, 'phone', '+963944555777', sha256($2), now())`, [person.id, Buffer.from(person.id)]);
  const waiting = await it.open({ title: `${CANARY} أول`, contact: '0944 555 777' }, person);
  const answered = await it.assigned({ title: `${CANARY} ثانٍ` }, person);
  await it.answered(answered.number);
  const liked = await it.open();
  await given.as(person).act(supportEntry, { number: liked.number });
  await given.as(person).act(followEntry, { number: answered.number, follow: true });
  await given.as(person).act(sayComment, { kind: 'entry', number: liked.number, language: 'ar', text: `${CANARY} تعليق`, parent: '', as: 'resident', sure: false, website: '', form: makeFormKey(TEST_SECRETS, new Date(given.clock.now().getTime() - 60_000)), proof: '' });
  return { person, waiting: waiting.number, answered: answered.number, liked: liked.number };
}

test('a person reads everything that is stored about them, and nobody else does', async () => {
  const { person, waiting, answered, liked } = await resident();
  expect(await given.as(person).ask(myData, undefined), 'asked for first').toBeNull();
  await given.as(person).act(askForMyData, undefined);
  const data = await given.as(person).ask(myData, undefined);
  expect(data).toMatchObject({ account: { displayName: 'سلمى' }, contacts: [{ value: '+963944555777' }], entries: [{ number: waiting, title: `${CANARY} أول` }, { number: answered }], supports: [{ entry: liked }], comments: [{ text: `${CANARY} تعليق` }] });
  expect(JSON.stringify(data)).not.toMatch(/_?hash|sealed/i);
  const other = given.as(await given.person());
  await other.act(askForMyData, undefined);
  expect(JSON.stringify(await other.ask(myData, undefined))).not.toContain(CANARY);
  await expect(given.act(askForMyData, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  for (const query of [myData, erasePreview]) await expect(given.ask(query as typeof myData, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('whoever sent without an account reads the entry by number and key', async () => {
  const taken = await it.open({ title: `${CANARY} بلا حساب`, name: 'رنا', contact: '0944 555 888' });
  expect(await given.ask(entryData, { number: taken.number, key: taken.key })).toMatchObject({ entries: [{ number: taken.number, title: `${CANARY} بلا حساب`, name: 'رنا' }] });
  await expect(given.ask(entryData, { number: taken.number, key: '00000 00000 00000 00000' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
});

test('every column that points at people is either exported or says who did something in office', async () => {
  const columns = (await given.sql<{ name: string }>(`select conrelid::regclass::text || '.' || a.attname as name from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where contype = 'f' and confrelid = 'persons'::regclass order by 1`)).map((row) => row.name);
  const OWN = ['comments.person_id', 'desk_seats.person_id', 'entry_submitters.person_id', 'follows.person_id', 'notice_settings.person_id', 'notices.person_id', 'organisation_members.person_id', 'passkeys.person_id', 'person_contacts.person_id', 'person_roles.person_id',
    'recovery_codes.person_id', 'second_factors.person_id', 'sessions.person_id', 'sign_in_links.person_id', 'subscriptions.person_id', 'supports.person_id'];
  const OFFICE = /\.(.*_by|by_person|against)$/;
  expect(columns.filter((name) => !OFFICE.test(name))).toEqual(OWN);
});

test('erased: the words, the ties and the account go; answers, counts and receipts stay', async () => {
  const before = await canaries();
  const { person, waiting, answered, liked } = await resident();
  expect(await given.as(person).ask(erasePreview, undefined)).toMatchObject({ withdrawn: 1, answered: 1, comments: 1, supports: 1, staff: false });
  await record.publishAll();
  const seal = await record.checkpoint();
  const [leaf] = await given.sql<{ index: number; leaf: string }>(`select l.log_index::int as index, a.leaf from acts a join record_leaves l on l.act_id = a.id join entries e on e.id = a.subject_id where e.number = $1 order by 1 limit 1`, [answered]);
  const receipt = receiptText({ extra: null, index: leaf!.index, proof: await openLog(seal, record.folder.read).inclusionProof(leaf!.index), checkpoint: seal.note });

  await given.as(person).act(eraseMe, undefined);

  expect(await canaries(), 'those of the others alone').toBe(before);
  expect(await count(`entry_submitters where person_id = $1`, person.id) + await count('person_contacts where person_id = $1', person.id) + await count('supports where person_id = $1', person.id) + await count('follows where person_id = $1', person.id) + await count('notices where person_id = $1', person.id) + await count('sessions where person_id = $1', person.id)).toBe(0);
  expect(await count(`persons where id = $1 and ended_at is not null and display_name is null`, person.id)).toBe(1);
  expect(await given.sql(`select state from entries where number = $1`, [waiting])).toEqual([{ state: 'withdrawn' }]);
  expect(await given.ask(showEntry, { number: answered })).toMatchObject({ number: answered, title: 'مُحي نصّ هذه المشاركة', text: '', submitterName: null });
  expect(await count(`answers a join entries e on e.id = a.entry_id where e.number = $1 and a.state = 'published'`, answered)).toBe(1);
  expect(await count(`entry_tallies t join entries e on e.id = t.entry_id where e.number = $1 and supports = 0`, liked)).toBe(1);
  await record.publishAll();
  expect((await record.audit()).entries).toBeGreaterThan(0);
  expect((await checkReceipt(parseReceipt(receipt), utf8(leaf!.leaf), trusting(record.key))).size).toBe(seal.size);
});

test('of two at once, one erases; afterwards nobody is there', async () => {
  const { person } = await resident();
  const tries = await Promise.allSettled([given.as(person).act(eraseMe, undefined), given.as(person).act(eraseMe, undefined)]);
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await count(`acts where kind = 'person.erased' and actor_person = $1`, person.id)).toBe(1);
});

test('what else is under way when an account is erased either goes with it or is refused; nothing is left behind', async () => {
  const { person, liked } = await resident();
  const { id: other, number } = await it.open();
  const as = given.as(person);
  const comment = { kind: 'entry', number, language: 'ar', text: `${CANARY} في الطريق`, parent: '', as: 'resident', sure: false, website: '', form: makeFormKey(TEST_SECRETS, new Date(given.clock.now().getTime() - 60_000)), proof: '' } as const;
  const tries = await Promise.allSettled([
    as.act(supportEntry, { number }), as.act(followEntry, { number, follow: true }), as.act(sayComment, comment), it.submit({ title: `${CANARY} في الطريق`, once: crypto.randomUUID() }, person), as.act(eraseMe, undefined),
    as.act(supportEntry, { number: liked }), as.act(followEntry, { number: liked, follow: true }), it.submit({ title: `${CANARY} في الطريق أيضاً`, once: crypto.randomUUID() }, person),
  ]);
  expect(tries[4]!.status).toBe('fulfilled');
  const left = async () => [await count('supports where person_id = $1', person.id), await count('follows where person_id = $1', person.id), await count('entry_submitters where person_id = $1', person.id), await count(`comments where person_id = $1 and text <> ''`, person.id), await count('supports where entry_id = $1', other)];
  expect(await left()).toEqual([0, 0, 0, 0, 0]);
  // And what comes after, by a request that had been let in before.
  for (const late of [() => as.act(supportEntry, { number }), () => as.act(followEntry, { number, follow: true }), () => as.act(sayComment, { ...comment, text: `${CANARY} بعد المحو` }), () => it.submit({ title: `${CANARY} بعد المحو` }, person)]) await expect(late()).rejects.toMatchObject({ refusal: { because: 'gone', what: 'account' } });
  expect(await left()).toEqual([0, 0, 0, 0, 0]);
});

test('an erasure waits for what has begun, and erases it', async () => {
  const person = await given.person();
  const { number } = await it.open();
  let written = () => undefined as void;
  const begun = new Promise<void>((resolve) => { written = resolve; });
  let goOn = () => undefined as void;
  const held = new Promise<void>((resolve) => { goOn = resolve; });
  const support = given.as(person).act(async (ctx: Ctx) => {
    await supportEntry(ctx, { number });
    written();
    await held;
  }, undefined);
  await begun;
  const erasure = given.as(person).act(eraseMe, undefined);
  goOn();
  await Promise.all([support, erasure]);
  expect(await count('supports where person_id = $1', person.id)).toBe(0);
});

test('staff end: roles and contacts go, the name stays beside what was done; one factor is not enough, nor is the last administrator', async () => {
  const officer = await given.person([{ role: 'officer', body: it.body }]);
  await given.sql(`update persons set display_name = 'موظّف' where id = $1`, [officer.id]);
  await expect(given.as({ ...officer, actor: { ...officer.actor, assurance: 'one' } }).act(eraseMe, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.as(officer).act(eraseMe, undefined);
  expect(await given.sql(`select display_name, ended_at is not null as ended from persons where id = $1`, [officer.id])).toEqual([{ display_name: 'موظّف', ended: true }]);
  expect(await count('person_roles where person_id = $1 and ended_at is null', officer.id)).toBe(0);
  const administrator = await given.person([{ role: 'administrator' }]);
  await expect(given.as(administrator).act(eraseMe, undefined)).rejects.toMatchObject({ refusal: { because: 'wrong-state', is: 'last-administrator' } });
  await expect(given.as(VISITOR).act(eraseMe, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});
