import { describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { clerkAt, visitorOf } from '#testing/desk.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { attachmentsOf, publishAttachments } from '../../attachments/server/index.ts';
import { showEntry, trackEntry, withdrawEntry } from '../../intake/server/index.ts';
import { addHearing, forgetSheetKeys, hearing, hearings, printedSheets, printSheets, receivedAt, sheetsToPrint, takeFromHearing, typeInSheet } from './index.ts';

const given = await world();
const clerk = await clerkAt(given);
const stranger = await given.person();
const beside = (field: string, code: string) => ({ refusal: { because: 'invalid', fields: { [field]: code } } });
const TODAY = '2026-11-24' as never;

async function printed(count = 2) {
  const once = crypto.randomUUID();
  await given.as(clerk).act(printSheets, { once, count, language: 'ar' });
  return { once, ...(await given.as(clerk).ask(sheetsToPrint, once)) };
}
const filled = (sheet: string, more: object = {}) => ({ visitor: visitorOf(), sheet, received: TODAY, files: [], ...more });

describe('a sheet of paper', () => {
  test('carries the number and the key that its entry will have', async () => {
    const { sheets } = await printed();
    const [it] = sheets;
    expect(it!.key).toMatch(/^\d{20}$/);
    await expect(given.ask(showEntry, { number: it!.number, key: it!.key! })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    expect(await given.as(clerk).act(typeInSheet, filled(it!.number.toLowerCase().replaceAll('-', ' ')))).toEqual({ number: it!.number });
    const view = await given.ask(trackEntry, { number: it!.number, key: it!.key! });
    expect(view.entry).toMatchObject({ number: it!.number, channel: 'paper' });
    expect(await given.ask(receivedAt, view.entry.id)).toMatchObject({ channel: 'paper' });
  });

  test('is typed in once: a second time, by two at once, and sent twice', async () => {
    const { sheets } = await printed();
    const number = sheets[0]!.number;
    const other = await clerkAt(given, 1);
    const told = await Promise.allSettled([clerk, other].map((who) => given.as(who).act(typeInSheet, filled(number))));
    expect(told.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    expect(told.find((it) => it.status === 'rejected')).toMatchObject({ reason: beside('sheet', 'typed') });
    await expect(given.as(clerk).act(typeInSheet, filled(number))).rejects.toMatchObject(beside('sheet', 'typed'));
    const same = filled(sheets[1]!.number);
    expect(await Promise.all([given.as(clerk).act(typeInSheet, same), given.as(clerk).act(typeInSheet, same)])).toEqual([{ number: same.sheet }, { number: same.sheet }]);
  });

  test('its clock runs from the day on which it was handed in, within stated bounds', async () => {
    const { sheets } = await printed();
    given.clock.addDays(6);
    await expect(given.as(clerk).act(typeInSheet, filled(sheets[0]!.number, { received: '2026-12-01' }))).rejects.toMatchObject(beside('received', 'in-future'));
    await expect(given.as(clerk).act(typeInSheet, filled(sheets[0]!.number, { received: '2026-11-23' }))).rejects.toMatchObject(beside('received', 'before-printing'));
    await given.as(clerk).act(typeInSheet, filled(sheets[0]!.number, { received: '2026-11-25' }));
    expect(await given.sql(`select clock_started::text as day, (submitted_at at time zone $2)::date::text as submitted from entries where number = $1`, [sheets[0]!.number, given.profile.zone])).toEqual([{ day: '2026-11-25', submitted: '2026-11-25' }]);
    given.clock.addDays(-6);
  });

  test('a number that is no sheet’s, and unknown ones, are refused beside it', async () => {
    await expect(given.as(clerk).act(typeInSheet, filled('TST-9999-99'))).rejects.toMatchObject(beside('sheet', 'unknown'));
  });

  test('a scan stays with triage: in no list of files, never public, gone with what was withdrawn', async () => {
    const { sheets } = await printed();
    const scan = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#fff' } }).png().toBuffer();
    const { number } = await given.as(clerk).act(typeInSheet, filled(sheets[0]!.number, { files: [scan] }));
    const { entry } = await given.ask(trackEntry, { number, key: sheets[0]!.key! });
    expect(await given.ask(attachmentsOf, { ownerIds: [entry.id], publicOnly: false })).toEqual([]);
    expect(await given.ask(attachmentsOf, { ownerIds: [entry.id], publicOnly: false, sheets: true })).toHaveLength(1);
    await given.as(SYSTEM).act(async (ctx) => publishAttachments(ctx, entry.id, true), undefined);
    expect(await given.sql('select public from attachments where owner_id = $1', [entry.id])).toEqual([{ public: false }]);
    await expect(given.sql('update attachments set public = true where owner_id = $1', [entry.id])).rejects.toThrow();
    await given.act(withdrawEntry, { number, key: sheets[0]!.key! });
    expect(await given.sql('select 1 from attachments where owner_id = $1', [entry.id])).toEqual([]);
  });

  test('its key is forgotten here after a day; another desk and a stranger print none', async () => {
    const { once } = await printed();
    const other = await clerkAt(given, 1);
    await expect(given.as(other).ask(sheetsToPrint, once)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
    await expect(given.as(stranger).ask(sheetsToPrint, once)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    given.clock.addDays(2);
    expect(await given.as(clerk).ask(sheetsToPrint, once)).toMatchObject({ over: true, sheets: [] });
    await given.as(SYSTEM).act(forgetSheetKeys, undefined);
    expect(await given.sql('select 1 from desk_sheets s join desk_numbers n using (number) where n.block_id = $1 and length(s.key_sealed) > 0', [once])).toEqual([]);
    given.clock.addDays(-2);
  });

  test('a form sent twice prints the same sheets', async () => {
    const { once, sheets } = await printed();
    await given.as(clerk).act(printSheets, { once, count: 5, language: 'ar' });
    expect((await given.as(clerk).ask(sheetsToPrint, once)).sheets).toEqual(sheets);
    expect((await given.as(clerk).ask(printedSheets, undefined)).find((it) => it.id === once)).toMatchObject({ sheets: 2, typed: 0 });
  });

  test('nobody but a clerk prints or types', async () => {
    for (const who of [VISITOR, stranger]) {
      await expect(given.as(who).act(printSheets, { once: crypto.randomUUID(), count: 1, language: 'ar' })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
      await expect(given.as(who).act(typeInSheet, filled('TST-9999-99'))).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    }
  });
});

describe('a hearing', () => {
  const held = async () => {
    const once = crypto.randomUUID();
    await given.as(clerk).act(addHearing, { once, title: 'جلسة أهالي الحيّ', received: '2026-11-22' as never, placeWords: 'المركز الثقافي', attended: 40 });
    return once;
  };
  const row = (more: object = {}) => ({ once: crypto.randomUUID() as never, kind: 'need' as const, title: 'الرصيف مكسور أمام المدرسة', text: '', placeWords: '', speakers: 3, language: 'ar' as const, ...more });

  test('gives many entries that lead to it; speakers are counted', async () => {
    const id = await held();
    const first = await given.as(clerk).act(takeFromHearing, { ...row(), hearing: id });
    await given.as(clerk).act(takeFromHearing, { ...row({ kind: 'question', speakers: null, placeWords: 'خلف السوق' }), hearing: id });
    const view = await given.as(clerk).ask(hearing, id);
    expect(view).toMatchObject({ title: 'جلسة أهالي الحيّ', entries: 2, speakers: 3, attended: 40 });
    const [entry] = await given.sql<{ id: string; day: string }>('select id, clock_started::text as day from entries where number = $1', [first.number]);
    expect(entry!.day).toBe('2026-11-22');
    expect(await given.ask(receivedAt, entry!.id)).toMatchObject({ hearing: { title: 'جلسة أهالي الحيّ', heldOn: '2026-11-22', placeWords: 'المركز الثقافي' } });
    expect(await given.sql('select name, contact from entry_submitters where entry_id = $1', [entry!.id])).toEqual([{ name: '', contact: null }]);
    expect((await given.as(clerk).ask(hearings, undefined)).map((it) => it.id)).toContain(id);
  });

  test('a row sent twice is one entry, also at once', async () => {
    const id = await held();
    const same = { ...row(), hearing: id };
    const told = await Promise.all(Array.from({ length: 6 }, () => given.as(clerk).act(takeFromHearing, same)));
    expect(new Set(told.map((it) => it.number)).size).toBe(1);
    expect((await given.as(clerk).ask(hearing, id)).entries).toBe(1);
  });

  test('is held by a clerk, on a day that was; unknown ones take nothing', async () => {
    const input = { once: crypto.randomUUID(), title: 'جلسة', received: '2026-11-22' as never, placeWords: 'القاعة', attended: null };
    await expect(given.as(stranger).act(addHearing, input)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    await expect(given.act(takeFromHearing, { ...row(), hearing: input.once })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    await expect(given.as(clerk).act(addHearing, { ...input, received: '2026-11-25' as never })).rejects.toMatchObject(beside('received', 'in-future'));
    await expect(given.as(clerk).act(takeFromHearing, { ...row(), hearing: input.once })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  });
});
