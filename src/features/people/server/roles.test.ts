import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { hasRole } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { GrantId } from '../model.ts';
import {
  actorOfSession, addDemoPerson, confirmRole, demoLinks, endAccount, endRole, firstAdministratorLink, grantRole, inviteFromTerminal, inviteStaff, linkView, myRoles,
  contactsOfPerson, personNamesForStaff, refuseRole, renewLink, rolesState, secondFactorPage, setTotp, signInWithLink, staffList, waitingRoles,
} from './index.ts';

const given = await world();
const actorOf = async (token: string) => (await given.ask(actorOfSession, token)).actor;

/** Enters by a link and sets a second factor; afterwards the roles count. */
const enter = async (link: string): Promise<TestPerson> => {
  const first = await given.act(signInWithLink, { token: link, device: 'linux' });
  const page = await given.ask(secondFactorPage, { token: first.token });
  if (page.mode !== 'set') throw new Error(page.mode);
  const code = new TOTP({ secret: Secret.fromBase32(page.secret) }).generate({ timestamp: given.clock.now().getTime() });
  const set = await given.act(setTotp, { token: first.token, code });
  if ('refused' in set) throw new Error('refused');
  const actor = await actorOf(set.token);
  if (actor.kind !== 'person') throw new Error('visitor');
  return { actor, id: actor.id, body: null };
};
const fresh = async (it: TestPerson): Promise<TestPerson> => {
  const roles = await given.as(it).ask(myRoles, undefined);
  return { ...it, actor: { ...it.actor, roles: roles.filter((role) => role.counts).map(({ role, body }) => ({ role, body })) } };
};
const grantOf = async (person: PersonId, role: string): Promise<GrantId> =>
  (await given.sql<{ id: GrantId }>(`select id from person_roles where person_id = $1 and role = $2 and ended_at is null`, [person, role]))[0]!.id;

let first: TestPerson;
let second: TestPerson;

test('the terminal makes the first administrator once, and only the terminal', async () => {
  await expect(given.act(inviteFromTerminal, { role: 'administrator', name: 'غريب', body: null })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await expect(given.as(await given.person([{ role: 'coordinator' }])).act(firstAdministratorLink, { name: 'غريب' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  const lost = await given.as(SYSTEM).act(firstAdministratorLink, { name: 'مدير النظام' });
  const link = await given.as(SYSTEM).act(firstAdministratorLink, { name: 'مدير النظام' });
  expect(await given.ask(linkView, lost!)).toMatchObject({ state: 'used' });
  first = await enter(link!);
  expect(hasRole(first.actor, 'administrator')).toBe(true);
  expect(await given.as(SYSTEM).act(firstAdministratorLink, { name: 'مدير النظام' })).toBeNull();
  expect(await given.sql(`select 1 from persons`)).toHaveLength(2);
});

test('alone, an administrator invites and grants, but gives nothing to themselves', async () => {
  const officer = await given.as(first).act(inviteStaff, { name: 'موظّفة', role: 'officer', body: await given.body(), language: 'ar' });
  expect(officer.counts).toBe(true);
  await expect(given.as(first).act(grantRole, { person: first.id, role: 'head', body: await given.body() })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  expect(hasRole((await fresh(first)).actor, 'head')).toBe(false);
  await expect(given.sql(`insert into person_roles (id, person_id, role, granted_by, granted_at) values (gen_random_uuid(), $1, 'head', $1, now())`, [first.id])).rejects.toThrow('check');
});

test('an unknown body and a role held already are refused', async () => {
  const { person } = await given.as(first).act(inviteStaff, { name: 'مدقّق', role: 'auditor', body: null, language: 'ar' });
  await expect(given.as(first).act(grantRole, { person, role: 'officer', body: '00000000-0000-7000-8000-000000000000' as BodyId })).rejects.toMatchObject({ refusal: { fields: { body: 'unknown' } } });
  await expect(given.as(first).act(grantRole, { person, role: 'auditor', body: null })).rejects.toMatchObject({ refusal: { because: 'conflict' } });
});

test('the second administrator’s sign-in with two factors begins the two-person rules, once', async () => {
  const { token } = await given.as(first).act(inviteStaff, { name: 'مديرة ثانية', role: 'administrator', body: null, language: 'ar' });
  expect(await given.as(first).ask(rolesState, undefined)).toEqual({ twoPersons: false, waiting: 0 });
  second = await enter(token);
  expect(await given.as(first).ask(rolesState, undefined)).toEqual({ twoPersons: true, waiting: 0 });
  expect(await given.sql(`select public from acts where kind = 'people.two-persons-begin'`)).toEqual([{ public: true }]);
});

test('a role waits for a second person, who is neither the giver nor the receiver', async () => {
  const { person, token, counts } = await given.as(first).act(inviteStaff, { name: 'رئيس', role: 'head', body: await given.body(), language: 'ar' });
  expect(counts).toBe(false);
  const grant = await grantOf(person, 'head');
  await expect(given.as(second).act(confirmRole, { grant })).rejects.toMatchObject({ refusal: { is: 'no-factor' } });
  const head = await enter(token);
  expect(hasRole(head.actor, 'head')).toBe(false);
  for (const who of [first, head, VISITOR, await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'administrator' }], { assurance: 'one' })]) {
    await expect(given.as(who).act(confirmRole, { grant })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
  expect(await given.as(first).ask(waitingRoles, undefined)).toMatchObject([{ id: grant, ready: true, mayConfirm: false, mayRefuse: true }]);
  expect(await given.as(second).ask(waitingRoles, undefined)).toMatchObject([{ id: grant, mayConfirm: true, grantedBy: 'مدير النظام' }]);

  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => given.as(second).act(confirmRole, { grant })));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  expect(hasRole((await fresh(head)).actor, 'head', await given.body())).toBe(true);
  expect(await given.sql(`select public, actor_person from acts where kind = 'role.confirmed' and subject_id = $1`, [grant])).toEqual([{ public: false, actor_person: second.id }]);
});

test('a waiting role is refused, and cannot be confirmed afterwards', async () => {
  const { person } = await given.as(first).act(inviteStaff, { name: 'كاتب', role: 'clerk', body: null, language: 'ar' });
  const grant = await grantOf(person, 'clerk');
  await expect(given.as(await given.person()).act(refuseRole, { grant })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.as(second).act(refuseRole, { grant });
  await expect(given.as(second).act(confirmRole, { grant })).rejects.toMatchObject({ refusal: { because: 'wrong-state', is: 'ended' } });
});

test('whoever loses the second factor waits for a second person again', async () => {
  const { person, token } = await given.as(first).act(inviteStaff, { name: 'منسّقة', role: 'coordinator', body: null, language: 'ar' });
  const it = await enter(token);
  await given.as(second).act(confirmRole, { grant: await grantOf(person, 'coordinator') });
  expect(await given.as(first).act(renewLink, { person, reset: false })).toMatchObject({ confirmAgain: 0 });
  const reset = await given.as(first).act(renewLink, { person, reset: true });
  expect(reset.confirmAgain).toBe(1);
  expect((await fresh(it)).actor.roles).toEqual([]);
  const again = await enter(reset.token);
  expect(hasRole(again.actor, 'coordinator')).toBe(false);
  await expect(given.as(first).act(confirmRole, { grant: await grantOf(person, 'coordinator') })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.as(second).act(confirmRole, { grant: await grantOf(person, 'coordinator') });
  expect(hasRole((await fresh(again)).actor, 'coordinator')).toBe(true);
});

test('two administrators cannot end each other at once: one stays', async () => {
  const tries = await Promise.allSettled([
    given.as(first).act(endRole, { grant: await grantOf(second.id, 'administrator') }),
    given.as(second).act(endRole, { grant: await grantOf(first.id, 'administrator') }),
  ]);
  const left = await given.sql(`select person_id from person_roles where role = 'administrator' and confirmed_at is not null and ended_at is null and person_id in ($1, $2)`, [first.id, second.id]);
  expect(tries.filter((it) => it.status === 'fulfilled').length).toBe(2 - left.length);
  expect((await given.sql(`select 1 from person_roles where role = 'administrator' and confirmed_at is not null and ended_at is null`)).length).toBeGreaterThan(0);
});

test('an ended account is dead everywhere', async () => {
  const keeper = await given.person([{ role: 'administrator' }]);
  const token = await given.as(SYSTEM).act(inviteFromTerminal, { role: 'moderator', name: 'مشرفة', body: null });
  const sitting = await given.act(signInWithLink, { token, device: 'linux' });
  const actor = await actorOf(sitting.token);
  const person = (actor as { id: PersonId }).id;
  await expect(given.as(await given.person([{ role: 'coordinator' }])).act(endAccount, { person })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await expect(given.as(keeper).act(endAccount, { person: keeper.id })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.as(keeper).act(endAccount, { person });
  expect(await actorOf(sitting.token)).toEqual({ kind: 'visitor' });
  expect((await given.as(keeper).ask(staffList, { q: 'مشرفة' }))).toEqual([]);
  await expect(given.ask(secondFactorPage, { token: sitting.token })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('accounts are found by name, never by contact, and by administrators alone', async () => {
  const keeper = await given.person([{ role: 'administrator' }]);
  expect((await given.as(keeper).ask(staffList, { q: 'رئيس' })).map((it) => it.name)).toEqual(['رئيس']);
  expect(await given.as(keeper).ask(staffList, { q: '%' })).toEqual([]);
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'head', body: await given.body() }])]) {
    await expect(given.as(who).ask(staffList, { q: '' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    await expect(given.as(who).ask(waitingRoles, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
  await expect(given.as(VISITOR).ask(personNamesForStaff, [keeper.id])).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  expect(await given.as(keeper).ask(contactsOfPerson, keeper.id)).toEqual([]);
});

test('a demonstration’s link may be used again and gives two factors; no other link does', async () => {
  expect(await given.ask(demoLinks, undefined)).toEqual([]);
  const demo = await given.as(SYSTEM).act(addDemoPerson, { name: 'موظّفة تجريبية', language: 'ar', roles: [{ role: 'coordinator', body: null }] });
  for (let n = 0; n < 2; n++) {
    const { token } = await given.act(signInWithLink, { token: demo.token, device: 'linux' });
    expect(hasRole(await actorOf(token), 'coordinator')).toBe(true);
  }
  expect(await given.ask(demoLinks, undefined)).toMatchObject([{ token: demo.token, roles: [{ role: 'coordinator' }] }]);
  await expect(given.act(addDemoPerson, { name: 'غريب', language: 'ar', roles: [] })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});
