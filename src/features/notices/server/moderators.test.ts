import { expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { commentFormKey, sayComment } from '../../comments/server/index.ts';
import { noticesDesk, remindModerators } from './index.ts';

const given = await world();
const entry = await (await office(given)).open({ title: 'حاوية القمامة ممتلئة' });
const coordinator = await given.person([{ role: 'coordinator' }]);
const told = async () => (await given.sql<{ person_id: string; template: string; values: object }>(`select person_id, template, values from notices where template = 'moderate' order by created_at, person_id`));
const remind = () => given.as(SYSTEM).act(remindModerators, undefined);

/** A stranger's words wait for a moderator. */
const held = async () => given.act(sayComment, {
  kind: 'entry', number: entry.number, language: 'ar', text: 'الحاوية فاضت منذ يومين والرائحة تصل البيوت', parent: '', as: 'resident', sure: false, website: '', form: (await given.ask(commentFormKey, undefined)).token, proof: '',
});

test('while nothing waits nobody is reminded', async () => {
  await remind();
  expect(await told()).toEqual([]);
});

test('where nobody moderates the governor’s office is told, once a day, also by several workers at once', async () => {
  await held();
  await Promise.all(Array.from({ length: 4 }, remind));
  expect((await told()).map((it) => it.person_id)).toContain(coordinator.id);
  const first = await told();
  given.clock.set(new Date(given.clock.now().getTime() + 2 * 3_600_000).toISOString());
  await remind();
  expect(await told()).toEqual(first);
});

test('moderators are told the next day, and the letter names nothing of what waits', async () => {
  const moderator = await given.person([{ role: 'moderator' }]);
  const before = (await told()).length;
  given.clock.addDays(1);
  await remind();
  const fresh = (await told()).slice(before);
  expect(fresh.map((it) => it.person_id)).toEqual([moderator.id]);
  expect(JSON.stringify(fresh)).not.toMatch(/الحاوية/);
});

test('nobody but the worker reminds', async () => {
  for (const who of [VISITOR, coordinator, await given.person()]) await expect(given.as(who).act(remindModerators, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('staff whom no letter can reach are listed by name and role; residents, those who left and those who can be written to are not', async () => {
  const administrator = await given.person([{ role: 'administrator' }]);
  const [silent, reached, left] = [await given.person([{ role: 'officer', body: await given.body() }]), await given.person([{ role: 'registry' }]), await given.person([{ role: 'registry' }])];
  for (const [who, name] of [[silent, 'بلا بريد'], [reached, 'لها بريد'], [left, 'غادرت']] as const) await given.sql('update persons set display_name = $2 where id = $1', [who.id, name]);
  await given.sql(`insert into person_contacts (id, person_id, kind, value, value_hash, verified_at) values ($1, $2, 'mail', 'staff@example.org', sha256('staff'), now())`, [crypto.randomUUID(), reached.id]);
  await given.sql('update person_roles set ended_at = now() where person_id = $1', [left.id]);
  const { unreachable } = await given.as(administrator).ask(noticesDesk, undefined);
  expect(unreachable).toContainEqual({ name: 'بلا بريد', roles: ['officer'] });
  expect(unreachable.map((it) => it.name)).not.toEqual(expect.arrayContaining(['لها بريد']));
  expect(unreachable.map((it) => it.name)).not.toEqual(expect.arrayContaining(['غادرت']));
});
