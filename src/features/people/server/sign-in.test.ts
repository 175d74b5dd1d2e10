import { TOTP, Secret } from 'otpauth';
import { expect, test } from 'vitest';
import { hasRole } from '#kernel/actor.ts';
import type { PersonId } from '#kernel/ids.ts';
import { VISITOR, SYSTEM, world } from '#testing/world.ts';
import {
  actorOfSession, addContact, answerRecovery, answerTotp, codeRequest, codeSent, codeToSend, endMySession, endOtherSessions, endSession, forgetSignIns, giveCode, inviteFromTerminal, linkView,
  mySignIns, requestCode, secondFactorPage, setTotp, signInWithCode, signInWithLink, touchSession,
} from './index.ts';

const given = await world();
const HERE = { device: 'android', language: 'ar' } as const;
let phones = 0;
const phone = () => `09445${String(10_000 + phones++)}`;

const ask = async (contact: string) => {
  const { request } = await given.act(requestCode, { contact, language: 'ar' });
  const sent = await given.as(SYSTEM).ask(codeToSend, { codeId: request });
  return { request, code: sent!.code };
};
const signedIn = async (contact = phone()) => {
  const tried = await given.act(signInWithCode, { ...(await ask(contact)), ...HERE });
  if ('refused' in tried) throw new Error('refused');
  return tried.token;
};
const actorOf = async (token: string) => (await given.ask(actorOfSession, token)).actor;
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const totpNow = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: given.clock.now().getTime() + steps * 30_000 });

/** Somebody of staff, signed in by a link, with the second factor set. */
const staff = async () => {
  const link = await given.as(SYSTEM).act(inviteFromTerminal, { role: 'coordinator', name: 'منسّقة', body: null });
  const first = await given.act(signInWithLink, { token: link, device: 'linux' });
  const page = await given.ask(secondFactorPage, { token: first.token });
  if (page.mode !== 'set') throw new Error(page.mode);
  const set = await given.act(setTotp, { token: first.token, code: totpNow(page.secret) });
  if ('refused' in set) throw new Error('refused');
  return { before: first.token, token: set.token, secret: page.secret, recoveryCodes: set.recoveryCodes };
};

test('a code signs in a resident and makes the account once', async () => {
  const contact = phone();
  const first = await actorOf(await signedIn(contact));
  const again = await actorOf(await signedIn(contact));
  expect(first).toMatchObject({ kind: 'person', verified: 'contact', assurance: 'one', roles: [{ role: 'resident', body: null }] });
  expect(again).toMatchObject({ id: (first as { id: PersonId }).id });
  expect(await given.sql(`select 1 from acts where kind = 'person.joined' and public`)).toHaveLength(0);
});

test('three shapes of digits and spaces are one code', async () => {
  for (const shape of [0x0660, 0x06f0]) {
    const { request, code } = await ask(phone());
    const typed = [...code].map((digit) => String.fromCharCode(shape + Number(digit))).join('').replace(/^(...)/, ' $1 ');
    expect(await given.act(signInWithCode, { request, code: typed, ...HERE })).toMatchObject({ next: 'none' });
  }
});

test('the answer to a request is the same whether there is an account or not', async () => {
  const known = phone();
  await signedIn(known);
  const answers = [await given.act(requestCode, { contact: known, language: 'ar' }), await given.act(requestCode, { contact: phone(), language: 'ar' })];
  expect(answers.map((it) => Object.keys(it))).toEqual([['request'], ['request']]);
  await expect(given.act(requestCode, { contact: 'nobody', language: 'ar' })).rejects.toMatchObject({ refusal: { fields: { contact: 'not-a-contact' } } });
});

test('of eight sign-ins with one code at once, one passes', async () => {
  const { request, code } = await ask(phone());
  const tries = await Promise.all(Array.from({ length: 8 }, () => given.act(signInWithCode, { request, code, ...HERE })));
  expect(tries.filter((it) => 'token' in it)).toHaveLength(1);
});

test('two first sign-ins of one contact with two codes make one account', async () => {
  const contact = phone();
  const codes = [await ask(contact), await ask(contact)];
  const tries = await Promise.all(codes.map((it) => given.act(signInWithCode, { ...it, ...HERE })));
  expect(tries.some((it) => 'token' in it)).toBe(true);
  expect(await given.sql(`select value from person_contacts where value like $1`, [`%${contact.slice(1)}`])).toHaveLength(1);
});

test('thirty rapid wrong codes are stopped after five, and the right one no longer helps', async () => {
  const { request, code } = await ask(phone());
  const tries = await Promise.all(Array.from({ length: 30 }, () => given.act(signInWithCode, { request, code: wrong(code), ...HERE })));
  const because = tries.map((it) => ('refused' in it ? it.refused.because : 'in'));
  expect(because.filter((it) => it === 'invalid')).toHaveLength(4);
  expect(because.filter((it) => it === 'too-many')).toHaveLength(26);
  expect(await given.sql(`select attempts from sign_in_codes where id = $1`, [request])).toEqual([{ attempts: 5 }]);
  expect(await given.act(signInWithCode, { request, code, ...HERE })).toMatchObject({ refused: { because: 'too-many' } });
});

test('a code is over after ten minutes, and belongs to its own request', async () => {
  const first = await ask(phone());
  const other = await ask(phone());
  expect(await given.act(signInWithCode, { request: other.request, code: first.code === other.code ? wrong(other.code) : first.code, ...HERE })).toHaveProperty('refused');
  given.clock.addMinutes(11);
  expect(await given.act(signInWithCode, { ...first, ...HERE })).toMatchObject({ refused: { because: 'gone' } });
  expect(await given.ask(codeRequest, { request: first.request })).toBeNull();
});

test('one contact is not flooded with codes', async () => {
  given.clock.addMinutes(60);
  const contact = phone();
  for (let n = 0; n < 5; n++) await given.act(requestCode, { contact, language: 'ar' });
  await expect(given.act(requestCode, { contact, language: 'ar' })).rejects.toMatchObject({ refusal: { because: 'too-many', retryAfterSeconds: expect.any(Number) } });
});

test('the plain code is in no payload, for jobs only, and forgotten when it has left', async () => {
  const { request, code } = await ask(phone());
  const jobs = await given.sql<{ payload: string }>(`select payload::text from graphile_worker._private_jobs where payload::text like $1`, [`%${request}%`]);
  expect(jobs.map((job) => job.payload).join()).not.toContain(code);
  await expect(given.ask(codeToSend, { codeId: request })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.as(SYSTEM).act(codeSent, { codeId: request });
  expect(await given.as(SYSTEM).ask(codeToSend, { codeId: request })).toBeNull();
  expect(await given.act(signInWithCode, { request, code, ...HERE })).toHaveProperty('token');
});

test('a desk hands out a code; papers seen raise the level; a stranger cannot', async () => {
  const clerk = await given.person([{ role: 'clerk' }]);
  const contact = phone();
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'clerk' }], { assurance: 'one' }), await given.person([{ role: 'officer', body: await given.body() }])]) {
    await expect(given.as(who).act(giveCode, { contact, papersSeen: true })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
  const { request } = await ask(contact);
  const { code, contact: shown } = await given.as(clerk).act(giveCode, { contact, papersSeen: true });
  expect(shown).not.toContain(contact.slice(1, 6));
  const tried = await given.act(signInWithCode, { request, code, ...HERE });
  expect(await actorOf((tried as { token: string }).token)).toMatchObject({ verified: 'desk' });
  expect(await given.sql(`select public, actor_person from acts where kind = 'person.code-given'`)).toEqual([{ public: false, actor_person: clerk.id }]);
});

test('a link signs in once; looking at it uses nothing up', async () => {
  const token = await given.as(SYSTEM).act(inviteFromTerminal, { role: 'administrator', name: 'ليلى', body: null });
  expect(await given.ask(linkView, token)).toMatchObject({ state: 'ready', name: 'ليلى' });
  expect(await given.ask(linkView, token)).toMatchObject({ state: 'ready' });
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => given.act(signInWithLink, { token, device: 'windows' })));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  expect(await given.ask(linkView, token)).toMatchObject({ state: 'used', name: null });
  await expect(given.act(signInWithLink, { token: 'x'.repeat(43), device: 'windows' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
});

test('a link is over after two days', async () => {
  const token = await given.as(SYSTEM).act(inviteFromTerminal, { role: 'auditor', name: 'مدقّق', body: null });
  given.clock.addDays(2);
  await expect(given.act(signInWithLink, { token, device: 'windows' })).rejects.toMatchObject({ refusal: { because: 'gone' } });
});

test('a role counts only with the second factor; raising the sitting changes its token', async () => {
  const link = await given.as(SYSTEM).act(inviteFromTerminal, { role: 'administrator', name: 'مدير', body: null });
  const first = await given.act(signInWithLink, { token: link, device: 'linux' });
  expect(first.next).toBe('set');
  const one = await actorOf(first.token);
  expect(one).toMatchObject({ assurance: 'one' });
  expect(hasRole(one, 'administrator')).toBe(false);
  const page = await given.ask(secondFactorPage, { token: first.token });
  const set = await given.act(setTotp, { token: first.token, code: totpNow(page.mode === 'set' ? page.secret : '') });
  if ('refused' in set) throw new Error('refused');
  expect(hasRole(await actorOf(set.token), 'administrator')).toBe(true);
  expect(await actorOf(first.token)).toEqual({ kind: 'visitor' });
  expect(new Set(set.recoveryCodes).size).toBe(8);
});

test('a code of the app works once, and at most one step away', async () => {
  const { token, secret } = await staff();
  expect(await given.act(answerTotp, { token, code: totpNow(secret) })).toMatchObject({ refused: { fields: { code: 'wrong' } } });
  given.clock.addMinutes(20);
  for (const steps of [-2, 2]) expect(await given.act(answerTotp, { token, code: totpNow(secret, steps) })).toHaveProperty('refused');
  const late = await given.act(answerTotp, { token, code: totpNow(secret, -1) });
  expect(late).toHaveProperty('token');
  const next = (late as { token: string }).token;
  const both = await Promise.allSettled([given.act(answerTotp, { token: next, code: totpNow(secret) }), given.act(answerTotp, { token: next, code: totpNow(secret) })]);
  expect(both.filter((it) => it.status === 'fulfilled' && 'token' in it.value)).toHaveLength(1);
});

test('guessing the app’s code is stopped, also for the right one', async () => {
  given.clock.addMinutes(20);
  const { token, secret } = await staff();
  const tries = await Promise.all(Array.from({ length: 30 }, () => given.act(answerTotp, { token, code: wrong(totpNow(secret, 1)) })));
  expect(tries.filter((it) => 'refused' in it && it.refused.because === 'too-many').length).toBeGreaterThanOrEqual(25);
  expect(await given.act(answerTotp, { token, code: totpNow(secret, 1) })).toMatchObject({ refused: { because: 'too-many' } });
});

test('a recovery code works once', async () => {
  const { token, recoveryCodes } = await staff();
  const code = recoveryCodes[0]!.toLowerCase().replaceAll('-', ' ');
  const raised = await given.act(answerRecovery, { token, code });
  expect(raised).toHaveProperty('token');
  expect(await given.act(answerRecovery, { token: (raised as { token: string }).token, code })).toMatchObject({ refused: { fields: { recovery: 'wrong' } } });
});

test('the second factor cannot be set by whoever only received a code', async () => {
  const token = await signedIn();
  expect(await given.ask(secondFactorPage, { token })).toEqual({ mode: 'closed' });
  await expect(given.act(setTotp, { token, code: '123456' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await expect(given.ask(secondFactorPage, { token: null })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('staff add a contact to be written to; nobody adds one that is taken, or with one factor', async () => {
  const { token } = await staff();
  const me = { actor: await actorOf(token), caller: 'test-network' };
  const contact = phone();
  const asked = await ask(contact);
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'coordinator' }], { assurance: 'one' })]) {
    await expect(given.as(who).act(addContact, asked)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
  expect(await given.as(me).act(addContact, { ...asked, code: wrong(asked.code) })).toHaveProperty('refused');
  expect(await given.as(me).act(addContact, asked)).toEqual({ contact: 'phone' });
  const other = { actor: await actorOf((await staff()).token), caller: 'test-network' };
  expect(await given.as(other).act(addContact, await ask(contact))).toMatchObject({ refused: { because: 'conflict' } });
  expect(await given.act(signInWithCode, { ...(await ask(contact)), ...HERE })).toMatchObject({ next: 'ask' });
});

test('after twelve hours the sitting of staff locks, and opens again with the second factor', async () => {
  const { token, secret } = await staff();
  given.clock.addMinutes(12 * 60 + 1);
  expect(await actorOf(token)).toEqual({ kind: 'visitor' });
  expect(await given.ask(secondFactorPage, { token })).toMatchObject({ mode: 'ask', totp: true });
  const opened = await given.act(answerTotp, { token, code: totpNow(secret) });
  expect(hasRole(await actorOf((opened as { token: string }).token), 'coordinator')).toBe(true);
  given.clock.addDays(31);
  await expect(given.act(answerTotp, { token: (opened as { token: string }).token, code: totpNow(secret) })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('a resident stays for thirty days', async () => {
  const token = await signedIn();
  given.clock.addDays(29);
  expect(await actorOf(token)).toMatchObject({ kind: 'person' });
  given.clock.addDays(2);
  expect(await actorOf(token)).toEqual({ kind: 'visitor' });
});

test('sittings are listed and ended by their owner alone', async () => {
  const contact = phone();
  const tokens = [await signedIn(contact), await signedIn(contact), await signedIn(contact)];
  const actor = await actorOf(tokens[0]!);
  const me = given.as({ actor, caller: 'test-network' });
  const list = await me.ask(mySignIns, { token: tokens[0]! });
  expect(list.map((it) => it.here)).toEqual([true, false, false]);
  expect(list[0]).toMatchObject({ device: 'android', via: 'code' });
  await expect(given.as(await given.person()).act(endMySession, { session: list[1]!.id })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await expect(given.act(endMySession, { session: list[1]!.id })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await me.act(endMySession, { session: list[1]!.id });
  expect(await me.act(endOtherSessions, { token: tokens[0]! })).toBe(1);
  expect(await actorOf(tokens[0]!)).toMatchObject({ kind: 'person' });
  await given.act(endSession, { token: tokens[0]! });
  for (const token of tokens) expect(await actorOf(token)).toEqual({ kind: 'visitor' });
});

test('a sitting is noted as seen at most every ten minutes, and looking writes nothing', async () => {
  const token = await signedIn();
  expect((await given.ask(actorOfSession, token)).stale).toBe(false);
  given.clock.addMinutes(10);
  expect((await given.ask(actorOfSession, token)).stale).toBe(true);
  await given.act(touchSession, token);
  expect((await given.ask(actorOfSession, token)).stale).toBe(false);
});

test('neither codes, tokens nor secrets can be read in the tables', async () => {
  const contact = phone();
  const { request, code } = await ask(contact);
  const { token, secret } = await staff();
  const rows = await given.sql<{ all: string }>(`select string_agg(t::text, ' ') as all from (select t::text from sign_in_codes t union all select t::text from sessions t union all select t::text from second_factors t union all select t::text from sign_in_links t union all select t::text from acts t) t`);
  for (const hidden of [token, secret, contact.slice(1)]) expect(rows[0]!.all).not.toContain(hidden);
  const [row] = await given.sql<{ text: string }>(`select t::text as text from sign_in_codes t where id = $1`, [request]);
  expect(row!.text).not.toContain(code);
});

test('what is over is forgotten', async () => {
  await ask(phone());
  given.clock.addDays(70);
  await given.as(SYSTEM).act(forgetSignIns, undefined);
  for (const table of ['sign_in_codes', 'rate_limits', 'sessions']) expect(await given.sql(`select 1 from ${table}`), table).toHaveLength(0);
});
