import { expect, test } from 'vitest';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { addHoliday, announceFeast, removeHoliday } from '../../places/server/index.ts';
import { historyOf } from '../../record/server/index.ts';
import { escalateEntries, resetDeadlines, submitEntry, triageEntry } from './index.ts';

const given = await world({ profile: 'aleppo', now: '2027-02-28T08:00:00Z' });
const [body] = await given.sql<{ code: string }>('select code from bodies order by code limit 1');
const coordinator = await given.person([{ role: 'coordinator' }]);
const administrator = await given.person([{ role: 'administrator' }]);
const date = (text: string) => text as PlainDate;
const names = { ar: 'عطلة', en: '', ku: '' };

const it = await given.act(submitEntry, {
  once: crypto.randomUUID(), kind: 'need', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null,
  contact: '', name: '', named: false, channel: 'web',
});
await given.as(coordinator).act(triageEntry, { number: it.number, sectors: [], place: '', visibility: 'public', body: body!.code });
const due = async () => (await given.sql<{ due: string; escalated: number }>('select answer_due::text as due, escalated from entries where id = $1', [it.id]))[0]!;
const changed = <I>(work: (ctx: Ctx, input: I) => Promise<void>, input: I) => given.as(administrator).act(async (ctx: Ctx, what: I) => { await work(ctx, what); return resetDeadlines(ctx); }, input);
const told = async () => (await given.ask(historyOf, { subjects: [it.id], publicOnly: true })).filter((act) => act.kind === 'entry.escalated').map((act) => act.detail.level);

test('a feast announced for another day moves what is running, and the history says so; days that were free anyway move nothing', async () => {
  // 15 working days after Sunday 28 February, without the feast of 9–11, 18, 21 and 28 March, and the weekends: Monday 29 March.
  expect(await due()).toEqual({ due: '2027-03-29', escalated: 0 });
  expect(await changed(announceFeast, { day: date('2027-03-09'), code: 'eid-al-fitr', announced: date('2027-03-10') })).toBe(1);
  expect((await due()).due).toBe('2027-03-25');
  expect((await given.ask(historyOf, { subjects: [it.id], publicOnly: true })).at(-1)).toMatchObject({ kind: 'entry.rescheduled', role: 'administrator', detail: { from: '2027-03-29', to: '2027-03-25' } });
  expect(await changed(addHoliday, { day: date('2027-03-13'), names })).toBe(0);
});

test('what was late by the old calendar and is in time by the new one is escalated anew when it is late again', async () => {
  given.clock.set('2027-03-28T08:00:00Z');
  await given.as(SYSTEM).act(escalateEntries, undefined);
  expect([await told(), (await due()).escalated]).toEqual([[1], 1]);
  expect(await changed(addHoliday, { day: date('2027-03-24'), names })).toBe(1);
  expect(await due()).toEqual({ due: '2027-03-29', escalated: 0 });
  await given.as(SYSTEM).act(escalateEntries, undefined);
  expect(await told()).toEqual([1]);
  given.clock.set('2027-03-30T08:00:00Z');
  await given.as(SYSTEM).act(escalateEntries, undefined);
  expect(await told()).toEqual([1, 1]);
});

test('what stays late is not told twice', async () => {
  await changed(removeHoliday, { day: date('2027-03-24'), code: 'added' });
  expect(await due()).toEqual({ due: '2027-03-25', escalated: 1 });
  await given.as(SYSTEM).act(escalateEntries, undefined);
  expect(await told()).toEqual([1, 1]);
});

test('a calendar that cannot be changed moves no deadline either', async () => {
  const before = await due();
  await expect(changed(removeHoliday, { day: date('2027-03-24'), code: 'added' })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  expect(await due()).toEqual(before);
});
