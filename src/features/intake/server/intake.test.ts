import { expect, test } from 'vitest';
import type { EntryKind } from '../model.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { followEntry, listEntries, receiptOf, replyToQuestion, showEntry, similarEntries, submitEntry, supportEntry, trackEntry, tryKey, unsupportEntry, withdrawEntry, type Submission } from './index.ts';
import { ListSchema } from '../input.ts';
import * as v from 'valibot';

const given = await world();
const list = (filter: Record<string, string> = {}) => given.ask(listEntries, v.parse(ListSchema, filter));

function submission(more: Partial<Submission> = {}): Submission {
  return {
    once: crypto.randomUUID(), kind: 'need' as EntryKind, title: 'شارع المدرسة بلا إنارة', text: 'الأعمدة قائمة والمصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة',
    point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web', ...more,
  };
}

/** Triage belongs to another file's tests: here it is only a fact in the table. */
async function published(more: Partial<Submission> = {}) {
  const receipt = await given.act(submitEntry, submission(more));
  await given.sql(`update entries set published_at = now(), state = 'open', acknowledged_at = now() where number = $1`, [receipt.number]);
  return receipt;
}

test('a visitor hands in a need and gets a number, a date in fifteen working days and a key', async () => {
  const receipt = await given.act(submitEntry, submission());
  expect(receipt.number).toMatch(/^TST-\d{4}-\d{2}$/);
  expect(receipt.key).toMatch(/^\d{20}$/);
  expect(receipt.answerDue).not.toBeNull();
  const rows = await given.sql<{ kind: string; public: boolean }>(`select kind, public from acts where subject_id = $1`, [receipt.id]);
  expect(rows).toEqual([{ kind: 'entry.received', public: false }]);
});

test('before triage nobody sees it but its sender', async () => {
  const receipt = await given.act(submitEntry, submission({ title: 'لا يراها أحد بعد' }));
  await expect(given.ask(showEntry, { number: receipt.number })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await expect(given.ask(showEntry, { number: receipt.number, key: '0'.repeat(20) })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  expect((await given.ask(trackEntry, { number: receipt.number, key: receipt.key! })).entry.title).toBe('لا يراها أحد بعد');
  expect((await list({ q: 'يراها' })).items).toEqual([]);
  expect(await given.ask(similarEntries, { text: 'لا يراها أحد بعد', place: '', limit: 5 })).toEqual([]);
});

test('of fifty repeats of one form there is one entry, and each gets the same answer', async () => {
  const same = submission();
  const receipts = await Promise.all(Array.from({ length: 50 }, () => given.act(submitEntry, same)));
  expect(new Set(receipts.map((it) => `${it.number} ${it.key}`)).size).toBe(1);
  expect(await given.sql('select 1 from entry_submissions where once = $1', [same.once])).toHaveLength(1);
  await expect(given.act(submitEntry, { ...same, title: 'شيء آخر تماماً' })).rejects.toMatchObject({ refusal: { because: 'conflict' } });
});

test('of fifty supports by one person one counts', async () => {
  const { number } = await published();
  const resident = await given.person();
  await Promise.all(Array.from({ length: 50 }, () => given.as(resident).act(supportEntry, { number })));
  expect((await given.ask(showEntry, { number })).supports).toBe(1);
  expect(await given.as(resident).act(unsupportEntry, { number })).toBe(0);
});

test('a visitor and somebody without a verified contact cannot support', async () => {
  const { number } = await published();
  await expect(given.act(supportEntry, { number })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  const unverified = await given.person([], { verified: 'none' });
  await expect(given.as(unverified).act(supportEntry, { number })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await expect(given.act(followEntry, { number, follow: true })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('a complaint is in no list, no search and not among similar ones; a stranger finds no such number', async () => {
  const receipt = await given.act(submitEntry, submission({ kind: 'complaint', title: 'موظف طلب رشوة canary' }));
  const stranger = await given.person();
  await expect(given.as(stranger).ask(showEntry, { number: receipt.number })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await expect(given.sql(`update entries set published_at = now() where number = $1`, [receipt.number])).rejects.toThrow();
  expect((await list({ q: 'canary' })).items).toEqual([]);
});

test('a complaint is not tied to the account that sent it', async () => {
  const resident = await given.person();
  const receipt = await given.as(resident).act(submitEntry, submission({ kind: 'complaint' }));
  expect(await given.sql('select person_id from entry_submitters where entry_id = $1', [receipt.id])).toEqual([{ person_id: null }]);
});

test('the list is filtered, counted exactly and read in at most three statements', async () => {
  for (const title of ['حديقة الأطفال مهملة', 'حدائق الحي بلا ماء', 'طريق المقبرة محفور']) await published({ title, text: 'نصّ يكفي للفهم.' });
  const found = await list({ q: 'حديقة' });
  expect(found.items.map((it) => it.title)).toEqual(expect.arrayContaining(['حديقة الأطفال مهملة', 'حدائق الحي بلا ماء']));
  expect(found.total).toEqual({ count: found.items.length, more: false });
  expect((await list({ kind: 'question' })).items).toEqual([]);
});

test('pages follow each other without a gap or a double', async () => {
  for (let n = 0; n < 45; n++) await published({ title: `حاجة رقم ${n} للترقيم`, text: 'نصّ يكفي للفهم.' });
  for (const sort of ['newest', 'supported', 'due'] as const) {
    const seen: string[] = [];
    let after = '';
    do {
      const page = await list({ sort, after });
      seen.push(...page.items.map((it) => it.number));
      after = page.next ?? '';
    } while (after);
    expect(new Set(seen).size, sort).toBe(seen.length);
    expect(seen.length, sort).toBeGreaterThanOrEqual(45);
  }
});

test('similar entries are shown to whoever is about to write the same', async () => {
  const { number } = await published({ title: 'حاوية القمامة ممتلئة أمام الفرن', text: 'الحاوية لا تُفرغ منذ أسبوع.' });
  const found = await given.ask(similarEntries, { text: 'حاويات القمامة أمام الفرن لا تفرغ', place: '', limit: 3 });
  expect(found.map((it) => it.number)).toContain(number);
});

test('withdrawing erases texts, name and contact at once and leaves the state', async () => {
  const receipt = await published({ title: 'سأسحب هذه', contact: '0944 555 666', name: 'اسم خاص' });
  const stranger = await given.person();
  await expect(given.as(stranger).act(withdrawEntry, { number: receipt.number })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  await given.act(withdrawEntry, { number: receipt.number, key: receipt.key! });
  expect(await given.ask(showEntry, { number: receipt.number })).toMatchObject({ state: 'withdrawn', title: '', text: '', submitterName: null });
  expect(JSON.stringify(await given.sql('select * from entries e join entry_submitters s on s.entry_id = e.id where e.number = $1', [receipt.number]))).not.toMatch(/سأسحب|944555666|اسم خاص/);
  await expect(given.act(replyToQuestion, { number: receipt.number, key: receipt.key!, text: 'متأخر' })).rejects.toMatchObject({ refusal: { because: 'wrong-state' } });
});

test('a reply to a question lets the clock run again', async () => {
  const receipt = await given.act(submitEntry, submission());
  await given.sql(`update entries set state = 'returned', resume_state = 'open', answer_due = null where number = $1`, [receipt.number]);
  await given.sql(`insert into entry_pauses values ($1, '2026-11-24', null, now())`, [receipt.id]);
  await given.act(replyToQuestion, { number: receipt.number, key: receipt.key!, text: 'العمود الثالث من الزاوية' });
  expect(await given.ask(trackEntry, { number: receipt.number, key: receipt.key! })).toMatchObject({ entry: { state: 'open' }, messages: [{ kind: 'reply' }] });
});

test('a number is understood in any digits and spacing; contacts are understood or refused beside their field', async () => {
  const receipt = await published();
  const arabic = receipt.number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))).replaceAll('-', ' ').toLowerCase();
  expect((await given.ask(showEntry, { number: arabic })).number).toBe(receipt.number);
  await expect(given.act(submitEntry, submission({ contact: 'ليس رقماً' }))).rejects.toMatchObject({ refusal: { fields: { contact: 'not-a-contact' } } });
  await expect(given.act(submitEntry, submission({ place: 'XX99' }))).rejects.toMatchObject({ refusal: { fields: { place: 'unknown' } } });
});

test('a day that is in no calendar counts as no filter', async () => {
  for (const since of ['2026-02-30', '0000-01-01', '2026-13-01']) expect((await list({ since })).items).toEqual((await list()).items);
});

test('the receipt can be opened again by the form that was sent, and by nothing else', async () => {
  const same = submission();
  const receipt = await given.act(submitEntry, same);
  expect(await given.ask(receiptOf, same.once)).toEqual(receipt);
  expect(await given.as(SYSTEM).ask(receiptOf, crypto.randomUUID())).toBeNull();
});

test('of fifty keys tried at once five are judged; the sender comes in from elsewhere', async () => {
  const receipt = await given.act(submitEntry, submission());
  const wrong = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => given.act(tryKey, { number: receipt.number, key: String(n).padStart(20, '0') })));
  expect(wrong.filter((it) => it.status === 'fulfilled').map((it) => it.value)).toEqual([false, false, false, false, false]);
  await expect(given.act(tryKey, { number: receipt.number, key: receipt.key! })).rejects.toMatchObject({ refusal: { because: 'too-many' } });
  const elsewhere = given.as({ actor: { kind: 'visitor' }, caller: 'another network' });
  for (let n = 0; n < 9; n++) expect(await elsewhere.act(tryKey, { number: receipt.number, key: receipt.key! })).toBe(true);
  for (const number of ['TST-9999-01', 'x', '']) expect(await elsewhere.act(tryKey, { number, key: receipt.key! })).toBe(false);
});

test('a program that submits without end is held up; the same form again is not', async () => {
  const same = submission();
  const receipt = await given.act(submitEntry, same);
  await given.sql(`update rate_limits set count = 200 where bucket = 'submissions from network'`);
  await expect(given.act(submitEntry, submission())).rejects.toMatchObject({ refusal: { because: 'too-many' } });
  expect(await given.act(submitEntry, same)).toEqual(receipt);
});
