import { beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Channels, Delivery, Letter } from '#platform/mail/channel.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import { submitEntry, triageEntry, followEntry, extendDeadline, askSender } from '../../intake/server/index.ts';
import type { House } from '../../context.ts';
import { claimLetter, layInOutbox, settleLetter } from './claim-letter.ts';
import { deliverDue, openChannels, sendCode } from './jobs.ts';
import { chooseRhythm, endPause, forgetNotices, myLetters, nameChannels, noticesDesk, pauseLetters, resumeLetters, retryNotices, stopLetters, stopState, tellNews } from './index.ts';
import { stopToken } from './stop-token.ts';

const given = await world({ settings: { zone: 'Asia/Damascus' } });
const ORIGIN = 'https://abwab.example';
const [body] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 1');
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body: body!.id as never }]);
const admin = await given.person([{ role: 'administrator' }]);
const house = { ask: (who, query, input) => given.as(who).ask(query, input), act: (who, useCase, input) => given.as(who).act(useCase, input) } as House;
const refused = (because: string) => ({ refusal: { because } });

beforeEach(async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  await given.sql(`update news_cursor set at = '2026-11-01'`);
  while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0);
  await given.sql('delete from notices');
  await given.sql('delete from outbox');
});

let counted = 0;
async function reader(more: { contacts?: ('mail' | 'phone')[]; language?: string } = {}): Promise<TestPerson & { mail: string; phone: string }> {
  const person = await given.person();
  const n = ++counted;
  const [mail, phone] = [`reader${n}@example.org`, `+96394455${String(1000 + n)}`];
  for (const kind of more.contacts ?? ['mail']) {
    await given.sql(`insert into person_contacts (id, person_id, kind, value, value_hash, verified_at) values ($1, $2, $3, $4, $5, now())`, [newId(), person.id, kind, kind === 'mail' ? mail : phone, Buffer.from(`${kind}${n}`)]);
  }
  await given.sql('update persons set language = $2 where id = $1', [person.id, more.language ?? 'ar']);
  return { ...person, mail, phone };
}
const submission = (more: object = {}) => ({
  once: crypto.randomUUID(), kind: 'need' as const, title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [],
  served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web' as const, ...more,
});
async function entry(by?: TestPerson, more: object = {}) {
  const it = await (by ? given.as(by) : given).act(submitEntry, submission(more));
  await given.as(coordinator).act(triageEntry, { number: it.number, sectors: [], place: '', visibility: 'public', body: body!.code });
  return it;
}
const tell = async () => { while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0); };
/** An entry that the reader follows, and one piece of news about it that is not urgent. */
async function news(of: TestPerson) {
  const it = await entry();
  await given.as(of).act(followEntry, { number: it.number, follow: true });
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'ننتظر كشف الشركة على الأعمدة' });
  await tell();
  return it;
}

/** Channels that keep what they are given, and answer as told. */
function kept(answer: (letter: Letter) => Delivery | Promise<Delivery> = () => ({ sent: true })) {
  const letters: Letter[] = [];
  const channel = { via: 'smtp' as const, deliver: async (letter: Letter) => { letters.push(letter); return answer(letter); } };
  return { letters, channels: { mail: channel, sms: channel } satisfies Channels };
}
const deliver = async (channels: Channels) => deliverDue(house, SYSTEM, channels, ORIGIN);
const states = async () => (await given.sql<{ state: string }>(`select state from notices where template <> 'assigned' order by created_at, id`)).map((row) => row.state);

test('news of a day leave as one letter the next morning, in the person\'s language, with titles of what is public', async () => {
  const person = await reader({ language: 'en' });
  const [one, two] = [await news(person), await news(person)];
  const { letters, channels } = kept();
  await deliver(channels);
  expect(letters.filter((it) => it.to === person.mail)).toEqual([]);
  given.clock.set('2026-11-25T05:00:00Z');
  await deliver(channels);
  const [letter, ...more] = letters.filter((it) => it.to === person.mail);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ kind: 'mail', subject: '2 pieces of news from Abwab', secret: null });
  for (const it of [one, two]) expect(letter!.text).toContain(`${ORIGIN}/en/n/${it.number}`);
  expect(letter!.text).toContain('«الشارع بلا إنارة»');
  expect(letter!.stop).toMatch(/^https:\/\/abwab\.example\/en\/stop\/[\w-]+$/);
  expect(letter!.text).toContain(letter!.stop!);
});

test('weekly waits for Sunday, each for nothing; what waits already follows a change', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'weekly' });
  await news(person);
  const at = async () => (await given.sql<{ send_at: Date }>('select send_at from notices where person_id = $1', [person.id]))[0]!.send_at.toISOString();
  expect(await at()).toBe('2026-11-29T05:00:00.000Z');
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  expect(await at()).toBe('2026-11-24T09:00:00.000Z');
  const { letters, channels } = kept();
  await deliver(channels);
  expect(letters.filter((it) => it.to === person.mail)).toHaveLength(1);
});

test('a pause gathers until it is over or ended; a question is not held back', async () => {
  const person = await reader();
  const it = await entry(person);
  await tell();
  await given.sql('delete from notices');
  await given.as(person).act(pauseLetters, { days: '7' });
  await news(person);
  await given.as(officer).act(askSender, { number: it.number, question: 'أيّ الشوارع تقصد؟' });
  await tell();
  const { letters, channels } = kept();
  await deliver(channels);
  expect(letters.filter((letter) => letter.to === person.mail).map((letter) => letter.text.includes(`/n/${it.number}/answer`))).toEqual([true]);
  given.clock.addDays(2);
  await deliver(channels);
  expect(letters.filter((letter) => letter.to === person.mail)).toHaveLength(1);
  expect((await given.as(person).ask(myLetters, undefined)).pausedUntil).toEqual(new Date('2026-12-01T09:00:00Z'));
  await given.as(person).act(endPause, undefined);
  given.clock.addDays(1);
  await deliver(channels);
  expect(letters.filter((letter) => letter.to === person.mail)).toHaveLength(2);
});

test('whoever has both is written to where they chose; an SMS is one notice without a link', async () => {
  const person = await reader({ contacts: ['mail', 'phone'] });
  await given.as(person).act(chooseRhythm, { rhythm: 'each', channel: 'phone' });
  await news(person);
  await news(person);
  const { letters, channels } = kept();
  await deliver(channels);
  expect(letters.map((it) => [it.kind, it.to, it.stop])).toEqual([['sms', person.phone, null], ['sms', person.phone, null]]);
  for (const it of letters) {
    expect(it.text.length).toBeLessThanOrEqual(70);
    expect(it.text).not.toMatch(/http|[٠-٩]/);
  }
  expect(await given.as(person).ask(myLetters, undefined)).toMatchObject({ channel: 'phone', channels: ['mail', 'phone'] });
});

test('two workers send each letter once', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => reader()));
  for (const person of people) await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  const it = await entry();
  for (const person of people) await given.as(person).act(followEntry, { number: it.number, follow: true });
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'ننتظر كشف الشركة على الأعمدة' });
  await tell();
  const { letters, channels } = kept(async () => { await new Promise((resolve) => { setTimeout(resolve, 5); }); return { sent: true }; });
  await Promise.all([1, 2, 3, 4].map(() => deliver(channels)));
  expect(letters.map((letter) => letter.to).filter((to) => to.startsWith('reader')).sort()).toEqual(people.map((person) => person.mail).sort());
});

test('a worker that dies gives its letter back after ten minutes; nobody takes it before, whatever its reader changes', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  await news(person);
  const claimed = await given.as(SYSTEM).act(claimLetter, { origin: ORIGIN });
  expect(claimed).toMatchObject({ attempts: 1 });
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  expect(await given.as(SYSTEM).act(claimLetter, { origin: ORIGIN })).toBeNull();
  given.clock.addMinutes(11);
  const again = await given.as(SYSTEM).act(claimLetter, { origin: ORIGIN });
  expect(again).toMatchObject({ attempts: 2, letter: { to: person.mail } });
});

test('what cannot leave is tried again after growing pauses, then waits for the administrator', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  await news(person);
  await given.sql(`delete from notices where template = 'assigned'`);
  const { letters, channels } = kept(() => ({ sent: false, problem: 'unreachable', lasting: false }));
  for (const minutes of [0, 1, 5, 30, 120, 480, 1440]) {
    given.clock.addMinutes(minutes - 1);
    const before = letters.length;
    if (minutes > 0) expect(await deliver(channels), `not before ${minutes} minutes`).toBe(0);
    given.clock.addMinutes(1);
    await deliver(channels);
    expect(letters.length).toBe(before + 1);
  }
  expect(await states()).toEqual(['failed']);
  const desk = await given.as(admin).ask(noticesDesk, undefined);
  expect(desk.failed).toMatchObject([{ template: 'extended', problem: 'unreachable', attempts: 7 }]);
  expect(desk.channels.find((it) => it.kind === 'mail')).toMatchObject({ via: 'smtp', problem: 'unreachable' });
  expect(await given.as(admin).act(retryNotices, { id: desk.failed[0]!.id as never })).toBe(1);
  const open = kept();
  await deliver(open.channels);
  expect(await states()).toEqual(['sent']);
  expect((await given.as(admin).ask(noticesDesk, undefined)).failed).toEqual([]);
});

test('an address that is refused for good is not tried again, and says nothing about the channel', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  await given.as(SYSTEM).act(nameChannels, kept().channels);
  await news(person);
  const { letters, channels } = kept(() => ({ sent: false, problem: 'refused', lasting: true }));
  await given.sql('update notice_channels set failed_at = null, problem = null');
  await deliver(channels);
  await deliver(channels);
  expect(letters).toHaveLength(1);
  expect(await given.sql(`select state, problem from notices where template = 'extended'`)).toEqual([{ state: 'failed', problem: 'refused' }]);
  expect(await given.sql(`select failed_at from notice_channels where kind = 'mail'`)).toEqual([{ failed_at: null }]);
});

test('of two administrators who try all again at once, each letter is put back once', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  await news(person);
  await deliver(kept(() => ({ sent: false, problem: 'refused', lasting: true })).channels);
  const counts = await Promise.all([1, 2, 3].map(() => given.as(admin).act(retryNotices, { id: null })));
  expect(counts.sort()).toEqual([0, 0, 1]);
});

test('somebody without a contact, or with one that nobody can read any more, stops nobody else\'s letters', async () => {
  const [mute, person] = [await reader({ contacts: [] }), await reader()];
  for (const it of [mute, person]) await given.as(it).act(chooseRhythm, { rhythm: 'each' });
  await entry(undefined, { contact: 'left@example.org' });
  await news(mute);
  await given.sql(`update notices set contact_sealed = '\\x00' where contact_sealed is not null`);
  await news(person);
  const { letters, channels } = kept();
  await deliver(channels);
  expect(letters.map((it) => it.to)).toEqual([person.mail]);
  expect(await given.sql(`select distinct problem from notices where state = 'stopped'`)).toEqual([{ problem: 'no-contact' }]);
});

test('the outbox shows neither links nor codes nor whole addresses, except in a demonstration', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'each' });
  await news(person);
  const channels = openChannels(house, SYSTEM, { smtpUrl: null, mailFrom: 'abwab@localhost', sms: null, demo: false });
  await deliver(channels);
  await sendCode(channels, newId(), { contactKind: 'mail', contact: person.mail, code: '482731', language: 'ar' }, 'Asia/Damascus');
  const { outbox } = await given.as(admin).ask(noticesDesk, undefined);
  expect(outbox).toHaveLength(2);
  // Without the ids, which by chance hold any digits.
  expect(JSON.stringify(outbox.map(({ id: _, ...line }) => line))).not.toMatch(/https?:|482|731|reader/);
  expect(outbox[0]!.recipient).toMatch(/^r…\d@example\.org$/);
  await sendCode(openChannels(house, SYSTEM, { smtpUrl: null, mailFrom: 'abwab@localhost', sms: null, demo: true }), newId(), { contactKind: 'mail', contact: person.mail, code: '482731', language: 'ar' }, 'Asia/Damascus');
  expect((await given.as(admin).ask(noticesDesk, undefined)).outbox.some((it) => it.body.includes('482 731'))).toBe(true);
});

test('letters, outbox and retries are the administrator\'s with two factors; letters are sent by the worker alone', async () => {
  const once = await given.person([{ role: 'administrator' }], { assurance: 'one' });
  for (const who of [VISITOR, coordinator, officer, once, await reader()] as (TestPerson | typeof VISITOR)[]) {
    await expect(given.as(who).ask(noticesDesk, undefined)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(retryNotices, { id: null })).rejects.toMatchObject(refused('not-allowed'));
  }
  for (const who of [VISITOR, admin, officer] as (TestPerson | typeof VISITOR)[]) {
    await expect(given.as(who).act(claimLetter, { origin: ORIGIN })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(forgetNotices, undefined)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(settleLetter, {} as never)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(layInOutbox, {} as never)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(nameChannels, {} as never)).rejects.toMatchObject(refused('not-allowed'));
  }
  for (const useCase of [() => given.ask(myLetters, undefined), () => given.act(chooseRhythm, { rhythm: 'each' }), () => given.act(pauseLetters, { days: '7' }), () => given.act(endPause, undefined)]) {
    await expect(useCase()).rejects.toMatchObject(refused('not-allowed'));
  }
});

test('one address ends all letters of an account without signing in, and takes the stop back with the old rhythm', async () => {
  const person = await reader();
  await given.as(person).act(chooseRhythm, { rhythm: 'weekly' });
  await news(person);
  const token = stopToken(TEST_SECRETS, { person: person.id });
  expect(await given.ask(stopState, token)).toBe('letters');
  await Promise.all([1, 2, 3].map(() => given.act(stopLetters, token)));
  expect(await given.ask(stopState, token)).toBe('stopped');
  expect(await states()).toEqual(['stopped']);
  await news(person);
  expect(await states()).toEqual(['stopped']);
  await given.act(resumeLetters, token);
  await given.act(resumeLetters, token);
  expect((await given.as(person).ask(myLetters, undefined)).rhythm).toBe('weekly');
  expect(await given.sql(`select state, send_at from notices where template = 'extended'`)).toEqual([{ state: 'waiting', send_at: new Date('2026-11-29T05:00:00Z') }]);
});

test('the same for a contact that was left with an entry; the address itself is kept nowhere', async () => {
  await entry(undefined, { contact: 'left2@example.org' });
  await tell();
  const { letters, channels } = kept();
  await deliver(channels);
  const token = letters.find((it) => it.to === 'left2@example.org')!.stop!.split('/').at(-1)!;
  await given.act(stopLetters, token);
  expect(await given.ask(stopState, token)).toBe('stopped');
  await given.sql('delete from notices');
  await entry(undefined, { contact: 'left2@example.org' });
  await tell();
  expect(await given.sql('select 1 from notices where person_id is null')).toEqual([]);
  await given.act(resumeLetters, token);
  expect(await given.ask(stopState, token)).toBe('letters');
});

test('after thirty days nobody can read who was told what', async () => {
  const person = await reader();
  await news(person);
  given.clock.set('2026-11-25T06:00:00Z');
  await deliver(openChannels(house, SYSTEM, { smtpUrl: null, mailFrom: 'abwab@localhost', sms: null, demo: false }));
  given.clock.addDays(31);
  await given.as(SYSTEM).act(forgetNotices, undefined);
  expect(await given.sql('select 1 from notices union all select 1 from outbox')).toEqual([]);
});
