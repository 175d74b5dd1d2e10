import { beforeEach, describe, expect, test } from 'vitest';
import type { Channels, Letter } from '#platform/mail/channel.ts';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { newId } from '#kernel/ids.ts';
import { joinEntry } from '../../intake/server/index.ts';
import type { House } from '../../context.ts';
import { deliverDue } from './jobs.ts';
import {
  askSubscription, chooseQuiet, chooseRhythm, confirmSubscription, dropSubscription, followsTopic, forgetNotices, myLetters, myTopics, optInRequest, optInSent, optInToSend, stopLetters, subscribe, tellNews, topicsByToken, unsubscribe,
} from './index.ts';

const given = await world({ settings: { zone: 'Asia/Damascus' } });
const it = await office(given);
const house = { ask: (who, query, input) => given.as(who).ask(query, input), act: (who, useCase, input) => given.as(who).act(useCase, input) } as House;
const [place] = await given.sql<{ pcode: string; parent: string }>('select pcode, parent from places where parent is not null order by array_length(path, 1) desc, pcode limit 1');
const [sector] = await given.sql<{ code: string }>('select code from sectors where parent is null order by position limit 1');

beforeEach(async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  await given.sql(`update news_cursor set at = '2026-11-01'`);
  while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0);
  for (const table of ['notices', 'subscriptions', 'subscription_codes', 'notice_stops', 'rate_limits']) await given.sql(`delete from ${table}`);
});
const tell = async () => { while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0); };
async function reader() {
  const person = await given.person();
  await given.sql(`insert into person_contacts (id, person_id, kind, value, value_hash, verified_at) values ($1, $2, 'mail', $3, $4, now())`, [newId(), person.id, `${person.id}@example.org`, Buffer.from(person.id)]);
  return person;
}
const told = async (template: string) => given.sql<{ person_id: string | null; contact_kind: string | null; send_at: Date }>('select person_id, contact_kind, send_at from notices where template = $1 order by person_id', [template]);
async function delivered(): Promise<Letter[]> {
  const letters: Letter[] = [];
  const channel = { via: 'smtp' as const, deliver: async (letter: Letter) => { letters.push(letter); return { sent: true as const }; } };
  await deliverDue(house, SYSTEM, { mail: channel, sms: channel } satisfies Channels, 'https://abwab.example');
  return letters;
}
const asking = (more: object = {}) => ({ contact: 'salma@example.org', topic: { kind: 'place' as const, code: place!.pcode }, rhythm: 'daily' as const, language: 'ar' as const, ...more });
async function confirmed(more: object = {}): Promise<string> {
  const { request } = await given.act(askSubscription, asking(more));
  const code = (await given.as(SYSTEM).ask(optInToSend, { codeId: request }))!.code;
  return ((await given.act(confirmSubscription, { request, code })) as { token: string }).token;
}
async function newEntry() {
  const entry = await it.submit({ place: place!.pcode, placeWords: '', sectors: [sector!.code] });
  await it.triage(entry.number, { place: place!.pcode, sectors: [sector!.code] });
  return entry;
}

describe('with an account', () => {
  test('a place around, a sector, and a body bring what is new there, once, and complaints never', async () => {
    const [far, near, about, body, both, other] = [await reader(), await reader(), await reader(), await reader(), await reader(), await reader()];
    await given.as(far).act(subscribe, { kind: 'place', code: place!.parent });
    await given.as(near).act(subscribe, { kind: 'place', code: place!.pcode });
    await given.as(about).act(subscribe, { kind: 'sector', code: sector!.code });
    await given.as(body).act(subscribe, { kind: 'body', code: it.code });
    for (const topic of [{ kind: 'place', code: place!.pcode }, { kind: 'sector', code: sector!.code }] as const) await given.as(both).act(subscribe, topic);
    await newEntry();
    await it.open({ kind: 'complaint', place: place!.pcode, placeWords: '', sectors: [sector!.code] });
    await it.submit({ place: place!.pcode, placeWords: '' });
    await tell();
    expect((await told('topic')).map((row) => row.person_id).sort()).toEqual([far, near, about, both].map((one) => one.id as string).sort());
    expect((await told('topic')).map((row) => row.person_id)).not.toContain(other.id);
    const assigned = await it.assigned();
    await it.answered(assigned.number);
    await tell();
    expect((await told('answered')).map((row) => row.person_id)).toEqual([body.id]);
  });

  test('following twice is once; unfollowing ends it; there are at most fifty; an entry is followed as before', async () => {
    const me = await reader();
    const entry = await newEntry();
    await Promise.all([1, 2, 3].map(() => given.as(me).act(subscribe, { kind: 'sector', code: sector!.code.toLowerCase() })));
    await given.as(me).act(subscribe, { kind: 'entry', code: entry.number });
    expect((await given.as(me).ask(myTopics, undefined)).map((one) => [one.kind, one.code, one.names?.ar !== undefined])).toEqual([['sector', sector!.code, true]]);
    expect(await given.sql('select 1 from follows where person_id = $1', [me.id])).toHaveLength(1);
    expect(await given.as(me).ask(followsTopic, { kind: 'sector', code: sector!.code })).toBe(true);
    await given.as(me).act(unsubscribe, { kind: 'sector', code: sector!.code });
    expect(await given.as(me).ask(myTopics, undefined)).toEqual([]);
    await given.sql(`insert into subscriptions (id, person_id, topic_kind, topic, language, at) select gen_random_uuid(), $1, 'place', 'X' || n, 'ar', now() from generate_series(1, 50) n`, [me.id]);
    await expect(given.as(me).act(subscribe, { kind: 'sector', code: sector!.code })).rejects.toMatchObject({ refusal: { fields: { topic: 'too-many' } } });
  });

  test('what is not there, or not public, is not found; a visitor has no account to follow with', async () => {
    const me = await reader();
    const complaint = await it.open({ kind: 'complaint' });
    for (const topic of [{ kind: 'place', code: 'NOWHERE' }, { kind: 'sector', code: 'NONE' }, { kind: 'body', code: 'no-body' }, { kind: 'entry', code: complaint.number }, { kind: 'entry', code: 'TST-1-00' }] as const) {
      await expect(given.as(me).act(subscribe, topic)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
      await expect(given.act(askSubscription, asking({ topic }))).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    }
    await expect(given.as(VISITOR).act(subscribe, { kind: 'sector', code: sector!.code })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  });

  test('quiet hours are the person’s own; urgent news pass them where they say so', async () => {
    const me = await reader();
    await given.as(me).act(chooseRhythm, { rhythm: 'each' });
    await given.as(me).act(chooseQuiet, { from: 11, to: 15, urgentPasses: false });
    await given.as(me).act(subscribe, { kind: 'sector', code: sector!.code });
    await newEntry();
    await tell();
    expect((await told('topic'))[0]!.send_at.toISOString()).toBe('2026-11-24T12:00:00.000Z');
    await given.as(me).act(chooseQuiet, { from: 0, to: 0, urgentPasses: true });
    expect((await told('topic'))[0]!.send_at.toISOString()).toBe('2026-11-24T09:00:00.000Z');
    expect(await given.as(me).ask(myLetters, undefined)).toMatchObject({ quiet: { from: 0, to: 0, urgentPasses: true } });
    await expect(given.as(VISITOR).act(chooseQuiet, { from: 1, to: 2, urgentPasses: false })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  });
});

describe('without an account', () => {
  test('nothing is sent before the code from the contact was typed; then what is new comes in one letter a day', async () => {
    const { request } = await given.act(askSubscription, asking());
    expect(await given.ask(optInRequest, { request })).toEqual({ kind: 'mail', contact: 's…a@example.org' });
    await newEntry();
    await tell();
    expect(await told('topic')).toEqual([]);
    const sent = (await given.as(SYSTEM).ask(optInToSend, { codeId: request }))!;
    expect(sent).toMatchObject({ contact: 'salma@example.org', template: 'optin' });
    await given.as(SYSTEM).act(optInSent, { codeId: request });
    expect(await given.as(SYSTEM).ask(optInToSend, { codeId: request })).toBeNull();
    expect(await given.act(confirmSubscription, { request, code: sent.code })).toMatchObject({ token: expect.stringMatching(/^[\w-]{40,}$/) });
    expect(await given.act(confirmSubscription, { request, code: sent.code })).toEqual({ wrong: 'over' });
    await newEntry();
    await newEntry();
    await tell();
    given.clock.set('2026-11-25T06:00:00Z');
    const letters = (await delivered()).filter((letter) => letter.to === 'salma@example.org');
    expect(letters).toHaveLength(1);
    expect(letters[0]!.stop).toContain('/stop/');
    expect(JSON.stringify(await given.sql('select * from subscriptions'))).not.toContain('salma@');
  });

  test('five wrong codes end it, counted also at once; it is over after an hour', async () => {
    const { request } = await given.act(askSubscription, asking());
    const code = (await given.as(SYSTEM).ask(optInToSend, { codeId: request }))!.code;
    const wrong = code === '000000' ? '111111' : '000000';
    const tries = await Promise.all(Array.from({ length: 8 }, () => given.act(confirmSubscription, { request, code: wrong })));
    expect(tries.filter((one) => 'wrong' in one && one.wrong === 'wrong-code')).toHaveLength(5);
    expect(await given.act(confirmSubscription, { request, code })).toEqual({ wrong: 'over' });
    const late = await given.act(askSubscription, asking());
    const right = (await given.as(SYSTEM).ask(optInToSend, { codeId: late.request }))!.code;
    given.clock.addMinutes(61);
    expect(await given.act(confirmSubscription, { request: late.request, code: right })).toEqual({ wrong: 'over' });
    expect(await given.sql('select 1 from subscriptions')).toEqual([]);
  });

  test('a contact gets at most four codes an hour, whoever asks; a landline and a bad address are refused beside the field', async () => {
    for (let n = 0; n < 4; n++) await given.as({ actor: { kind: 'visitor' }, caller: `net ${n}` }).act(askSubscription, asking());
    await expect(given.as({ actor: { kind: 'visitor' }, caller: 'net 9' }).act(askSubscription, asking())).rejects.toMatchObject({ refusal: { because: 'too-many' } });
    for (const [contact, code] of [['nobody@', 'not-a-mail'], ['021 2234567', 'landline'], ['123', 'not-a-contact']] as const) await expect(given.act(askSubscription, asking({ contact }))).rejects.toMatchObject({ refusal: { fields: { contact: code } } });
  });

  test('the link in a letter shows what is followed and ends one, or all; asking again takes a stop back', async () => {
    const token = await confirmed();
    await confirmed({ topic: { kind: 'sector', code: sector!.code } });
    const topics = await given.ask(topicsByToken, token);
    expect(topics.map((one) => one.kind).sort()).toEqual(['place', 'sector']);
    await given.act(dropSubscription, { token, id: topics.find((one) => one.kind === 'place')!.id });
    expect((await given.ask(topicsByToken, token)).map((one) => one.kind)).toEqual(['sector']);
    expect(await given.ask(topicsByToken, `${token.slice(0, -4)}AAAA`)).toEqual([]);
    await expect(given.act(dropSubscription, { token: 'x', id: topics[0]!.id })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await given.act(stopLetters, token);
    await newEntry();
    await tell();
    expect(await told('topic')).toEqual([]);
    await confirmed();
    await newEntry();
    await tell();
    expect(await told('topic')).toHaveLength(1);
  });

  test('an entry is followed without an account, also after it was joined to another', async () => {
    const [one, two] = [await it.open(), await it.assigned()];
    await confirmed({ topic: { kind: 'entry', code: one.number }, contact: '0944 111 222' });
    await given.as(it.coordinator).act(joinEntry, { number: one.number, into: two.number });
    await it.answered(two.number);
    await tell();
    expect((await told('answered')).map((row) => row.contact_kind)).toEqual(['phone']);
  });

  test('codes are forgotten after a day', async () => {
    await given.act(askSubscription, asking());
    given.clock.addDays(2);
    await given.as(SYSTEM).act(forgetNotices, undefined);
    expect(await given.sql('select 1 from subscription_codes')).toEqual([]);
  });
});
