import { describe, expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { clerkAt, visitorOf } from '#testing/desk.ts';
import { VISITOR, world } from '#testing/world.ts';
import { showEntry, trackEntry } from '../../intake/server/index.ts';
import { historyOf } from '../../record/server/index.ts';
import { counterOf, deskReceipt, holdContact, receivedAt, sitDown, supportForVisitor, takeEntry } from './index.ts';

const given = await world();
const clerk = await clerkAt(given);
const stranger = await given.person();
const no = (because: string) => ({ refusal: { because } });
const beside = (field: string, code: string) => ({ refusal: { because: 'invalid', fields: { [field]: code } } });

test('a clerk takes an entry for a visitor: it is received at that desk, on behalf', async () => {
  const receipt = await given.as(clerk).act(takeEntry, visitorOf({ contact: '٠٩٤٤ ٥٥٥ ٦٦٦', name: 'سعاد', consent: true }));
  expect(receipt.key).toMatch(/^\d{20}$/);
  const [act] = await given.ask(historyOf, { subjects: [receipt.id], publicOnly: false });
  expect(act).toMatchObject({ kind: 'entry.received', role: 'clerk', body: clerk.code, onBehalf: true, detail: { channel: 'desk', consent: true } });
  expect(JSON.stringify(act)).not.toMatch(/944555666|سعاد/);
  expect(await given.ask(receivedAt, receipt.id)).toMatchObject({ channel: 'desk', hearing: null });
  // The visitor's own, by their key; not the clerk's.
  expect((await given.ask(trackEntry, { number: receipt.number, key: receipt.key! })).entry.number).toBe(receipt.number);
  await expect(given.as(clerk).ask(showEntry, { number: receipt.number })).rejects.toMatchObject(no('not-found'));
  expect(await given.sql('select person_id, taken_by from entry_submitters where entry_id = $1', [receipt.id])).toEqual([{ person_id: null, taken_by: clerk.id }]);
});

test('nobody but a clerk with two factors receives, and nobody who has not said where they sit', async () => {
  for (const who of [VISITOR, stranger, await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'clerk' }], { assurance: 'one' })]) {
    await expect(given.as(who).act(takeEntry, visitorOf())).rejects.toMatchObject(no('not-allowed'));
    await expect(given.as(who).act(sitDown, { body: clerk.code, paper: 'a5' })).rejects.toMatchObject(no('not-allowed'));
    await expect(given.as(who).ask(counterOf, undefined)).rejects.toMatchObject(no('not-allowed'));
  }
  const standing = await given.person([{ role: 'clerk' }]);
  await expect(given.as(standing).act(takeEntry, visitorOf())).rejects.toMatchObject(beside('body', 'required'));
  await expect(given.as(standing).act(sitDown, { body: 'no-such-body', paper: 'a5' })).rejects.toMatchObject(beside('body', 'unknown'));
});

test('of twenty sendings of one form at once there is one entry', async () => {
  const same = visitorOf({ title: 'واحدة لا عشرون' });
  const receipts = await Promise.all(Array.from({ length: 20 }, () => given.as(clerk).act(takeEntry, same)));
  expect(new Set(receipts.map((it) => it.number)).size).toBe(1);
  expect(await given.sql(`select 1 from entries where title = 'واحدة لا عشرون'`)).toHaveLength(1);
});

test('name and contact are not kept of a visitor who did not agree', async () => {
  await expect(given.as(clerk).act(takeEntry, visitorOf({ contact: '0944555666' }))).rejects.toMatchObject(beside('consent', 'required'));
  await expect(given.as(clerk).act(takeEntry, visitorOf({ name: 'سعاد' }))).rejects.toMatchObject(beside('consent', 'required'));
});

describe('a contact', () => {
  test('is carried on without being shown: its last digits only', async () => {
    const first = await given.as(clerk).ask(holdContact, { typed: '0944 555 666', held: '' });
    expect(first!.shown).toMatch(/66$/);
    expect(JSON.stringify(first)).not.toMatch(/944|555/);
    const again = await given.as(clerk).ask(holdContact, { typed: '', held: first!.held });
    expect(again!.shown).toBe(first!.shown);
    const receipt = await given.as(clerk).act(takeEntry, visitorOf({ held: first!.held, consent: true }));
    expect(await given.sql('select contact from entry_submitters where entry_id = $1', [receipt.id])).toEqual([{ contact: '+963944555666' }]);
  });

  test('that cannot be understood is refused beside its field, and a changed page does not pass', async () => {
    expect(await given.as(clerk).ask(holdContact, { typed: 'ليس رقماً', held: '' })).toBeNull();
    await expect(given.as(clerk).act(takeEntry, visitorOf({ contact: 'ليس رقماً', consent: true }))).rejects.toMatchObject(beside('contact', 'not-a-contact'));
    await expect(given.as(clerk).act(takeEntry, visitorOf({ held: 'AAAA', consent: true }))).rejects.toMatchObject(beside('contact', 'again'));
    await expect(given.as(stranger).ask(holdContact, { typed: '0944555666', held: '' })).rejects.toMatchObject(no('not-allowed'));
  });
});

test('a receipt says number, key, date and the last digits, and is the clerk’s own; of a complaint it says no more', async () => {
  const form = visitorOf({ kind: 'complaint', title: 'موظف طلب مالاً', contact: '0944555666', consent: true, language: 'ku', named: true, name: 'سعاد' });
  const { id } = await given.as(clerk).act(takeEntry, form);
  const receipt = await given.as(clerk).ask(deskReceipt, form.once);
  expect(receipt).toMatchObject({ kind: 'complaint', language: 'ku', channel: 'desk' });
  expect(receipt!.key).toMatch(/^\d{20}$/);
  expect(JSON.stringify(receipt)).not.toMatch(/موظف|سعاد|944555/);
  expect(await given.sql('select named from entries where id = $1', [id])).toEqual([{ named: false }]);
  const colleague = await clerkAt(given);
  expect(await given.as(colleague).ask(deskReceipt, form.once)).toBeNull();
  await expect(given.as(stranger).ask(deskReceipt, form.once)).rejects.toMatchObject(no('not-allowed'));
});

describe('support for a visitor', async () => {
  const it = await office(given);
  const open = await it.open({ title: 'حاوية القمامة ممتلئة' });
  const hidden = await it.submit({ title: 'لم تُنشر بعد' });
  const supporting = { number: open.number, contact: '0944 111 333', held: '', papersSeen: true, consent: true, language: 'ar' as const };

  test('counts once, at whichever desk and however often, also at once', async () => {
    const other = await clerkAt(given, 1);
    const told = await Promise.all([clerk, other, clerk, other].map((who) => given.as(who).act(supportForVisitor, supporting)));
    expect(told.filter((one) => one.added)).toHaveLength(1);
    expect((await given.ask(showEntry, { number: open.number })).supports).toBe(1);
    const acts = await given.sql<{ actor_role: string; on_behalf: boolean }>(`select actor_role, on_behalf from acts where kind = 'entry.supported' and subject_id = $1`, [open.id]);
    expect(acts).toEqual([{ actor_role: 'clerk', on_behalf: true }]);
  });

  test('needs papers, a contact and consent, and something that everybody sees', async () => {
    await expect(given.as(clerk).act(supportForVisitor, { ...supporting, papersSeen: false })).rejects.toMatchObject(beside('papersSeen', 'required'));
    await expect(given.as(clerk).act(supportForVisitor, { ...supporting, contact: '' })).rejects.toMatchObject(beside('contact', 'for-support'));
    await expect(given.as(clerk).act(supportForVisitor, { ...supporting, consent: false })).rejects.toMatchObject(beside('consent', 'required'));
    await expect(given.as(clerk).act(supportForVisitor, { ...supporting, number: hidden.number })).rejects.toMatchObject(no('not-found'));
    await expect(given.as(stranger).act(supportForVisitor, supporting)).rejects.toMatchObject(no('not-allowed'));
  });

  test('raises nobody’s account to the level of papers', async () => {
    await given.as(clerk).act(supportForVisitor, { ...supporting, contact: '0944 111 444' });
    expect(await given.sql(`select distinct p.verified from persons p join person_contacts c on c.person_id = p.id where c.value = '+963944111444'`)).toEqual([{ verified: 'contact' }]);
  });
});

test('a desk that closed receives nobody', async () => {
  const last = await clerkAt(given, 2);
  await given.sql('update bodies set active = false where id = $1', [last.bodyId]);
  await expect(given.as(last).act(takeEntry, visitorOf())).rejects.toMatchObject(beside('body', 'required'));
});
