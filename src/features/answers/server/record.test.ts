import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { addDays, addWorkingDays, type PlainDate } from '#kernel/working-days.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { ListSchema } from '../../intake/input.ts';
import { listEntries, submitEntry, triageEntry } from '../../intake/server/index.ts';
import type { EntryKind, Outcome } from '../../intake/model.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { ANSWER_FIGURES, type AnswerFigure } from '../figures.ts';
import { answeringRecord, answeringRecords, answersBehind, approveAnswer, latestAnswers, publishDue, saveCorrection, saveDraft, sendAnswer } from './index.ts';

const given = await world({ now: '2026-03-01T08:00:00Z', settings: { clocks: { acknowledge: 2, answer: 15, extension: 10 } } });
const [first, second] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 2');
const body = first!.id as never;
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body }]);
const head = await given.person([{ role: 'head', body }]);
const calendar = await given.ask(workingCalendar, undefined);

async function handedOn(kind: EntryKind = 'need') {
  const it = await given.act(submitEntry, {
    once: crypto.randomUUID(), kind, title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null,
    contact: '', name: '', named: false, channel: 'web',
  });
  await given.as(coordinator).act(triageEntry, { number: it.number, sectors: [], place: '', visibility: kind === 'complaint' ? 'confidential' : 'public', body: first!.code });
  return it;
}

async function publish(saved: { id: string; version: number }) {
  await given.as(officer).act(sendAnswer, saved as never);
  await given.as(head).act(approveAnswer, saved as never);
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  while ((await given.as(SYSTEM).act(publishDue, undefined)) > 0);
}

/** Answers on the so manyeth working day after it came; back to the morning of 1 March afterwards. */
async function answeredAfter(days: number, more: { kind?: EntryKind; outcome?: Outcome } = {}): Promise<string> {
  given.clock.set('2026-03-01T08:00:00Z');
  const it = await handedOn(more.kind);
  given.clock.set(`${addWorkingDays(calendar, '2026-03-01' as PlainDate, days)}T08:00:00Z`);
  const outcome = more.outcome ?? 'declined';
  const saved = await given.as(officer).act(saveDraft, { number: it.number, outcome, summary: 'لا نستطيع هذه السنة', reason: 'الميزانية مصروفة على الشارع الكبير.', referredTo: outcome === 'referred' ? second!.code : '', version: 0, promises: [] });
  await publish(saved);
  return saved.id;
}

const answers = [await answeredAfter(1), await answeredAfter(4), await answeredAfter(6, { outcome: 'referred' }), await answeredAfter(15), await answeredAfter(16)];
await answeredAfter(2, { kind: 'complaint' });
await answeredAfter(40, { kind: 'complaint' });
given.clock.set('2026-03-01T08:00:00Z');
await handedOn();
await handedOn('complaint');
given.clock.set('2026-11-24T08:00:00Z');
await handedOn();

test('a body’s record of answering: on time to the last day, the middle time, what waits and what is late', async () => {
  expect(await given.ask(answeringRecord, { bodyId: body, since: null })).toEqual({ at: given.clock.now(), answered: 5, onTime: 4, referred: 1, medianDays: 6, waiting: 2, lateNow: 1 });
});

test('a period counts the answers that came in it, and what is late now whenever it came', async () => {
  const sixteenth = addWorkingDays(calendar, '2026-03-01' as PlainDate, 16);
  expect(await given.ask(answeringRecord, { bodyId: body, since: sixteenth })).toMatchObject({ answered: 1, onTime: 0, medianDays: 16, lateNow: 1 });
  expect(await given.ask(answeringRecord, { bodyId: body, since: addDays(sixteenth, 1) })).toMatchObject({ answered: 0, onTime: 0, medianDays: null, lateNow: 1, waiting: 2 });
});

test('complaints change no figure: with more of them, answered or late, every figure is as before', async () => {
  const before = await given.ask(answeringRecords, { since: null });
  await answeredAfter(3, { kind: 'complaint' });
  given.clock.set('2026-03-01T08:00:00Z');
  await handedOn('complaint');
  given.clock.set('2026-11-24T08:00:00Z');
  expect(await given.ask(answeringRecords, { since: null })).toEqual(before);
  expect((await given.ask(answersBehind, { bodyId: body, since: null, figure: null, after: '' })).items).toHaveLength(5);
});

test('behind every figure stands a list of just as many, and what is late is the very list of entries', async () => {
  const it = await given.ask(answeringRecord, { bodyId: body, since: null });
  const behind = async (figure: AnswerFigure) => (await given.ask(answersBehind, { bodyId: body, since: null, figure, after: '' })).items.length;
  const counts = { 'on-time': it.onTime, after: it.answered - it.onTime, referred: it.referred };
  for (const figure of ANSWER_FIGURES) expect([figure, await behind(figure)]).toEqual([figure, counts[figure]]);
  const late = await given.ask(listEntries, { ...v.parse(ListSchema, {}), state: 'late', body: first!.code });
  expect(late.total?.count).toBe(it.lateNow);
});

test('a correction is no second answer, and its words are the latest', async () => {
  const before = await given.ask(answeringRecord, { bodyId: body, since: null });
  await publish(await given.as(officer).act(saveCorrection, { corrects: answers[1] as never, summary: 'لا نستطيع قبل السنة القادمة', reason: 'الميزانية مصروفة، وتُفتح في كانون الثاني.', version: 0 }));
  expect(await given.ask(answeringRecord, { bodyId: body, since: null })).toEqual({ ...before, at: given.clock.now() });
  expect((await given.ask(latestAnswers, { bodyId: body, limit: 1 }))[0]?.summary).toBe('لا نستطيع قبل السنة القادمة');
  expect(await given.ask(latestAnswers, { bodyId: body, limit: 50 })).toHaveLength(5);
});

test('a list whose address somebody bent shows its first page', async () => {
  await fc.assert(fc.asyncProperty(fc.base64String({ maxLength: 60 }), async (after) => {
    expect((await given.ask(answersBehind, { bodyId: body, since: null, figure: null, after })).items).toHaveLength(5);
  }), { numRuns: 20 });
});
