/** What everybody may copy for ever: no published entry says anything personal, and what is erased by law leaves every receipt as it was. */
import { describe, expect, test } from 'vitest';
import { auditLog, checkReceipt, openLog, parseReceipt, receiptText, trusting } from '#engines/merkle-log/index.ts';
import { readLeaf } from '#features/record/leaf.ts';
import { extendDeadline, submitEntry, withdrawEntry } from '#features/intake/server/index.ts';
import { recordLinesOf } from '#features/record/server/index.ts';
import { CANARIES, EXACT_POINT, everything } from '#testing/everything.ts';
import { submissionOf, type Taken } from '#testing/entries.ts';
import { recordOf } from '#testing/record.ts';
import { VISITOR, world } from '#testing/world.ts';

const given = await world();
const it = await everything(given);
const record = await recordOf(given);
await record.publishAll();

async function published(): Promise<string[]> {
  const entries: string[] = [];
  await auditLog({ key: record.key, read: record.folder.read, onEntry: (entry) => entries.push(new TextDecoder('utf-8', { fatal: true }).decode(entry)) });
  return entries;
}

/** Ids and hashes are random and hold any digits by chance; everything else of a leaf is looked at. */
const withoutHashes = (entry: string): string => entry.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{64}\b/g, '');
/** Codes, dates, numbers, public numbers and keys: nothing that anybody has written. */
const CODE = /^[\w.:+/=-]{0,200}$/;

describe('no published entry', async () => {
  const entries = await published();
  const acts = entries.map((entry) => readLeaf(entry));

  test('is anything but a leaf of the closed schema, in its one form, of at most 2 KiB', () => {
    expect(entries.length).toBeGreaterThan(30);
    for (const [at, act] of acts.entries()) expect(act, entries[at]).not.toBeNull();
    expect(Math.max(...entries.map((entry) => Buffer.byteLength(entry)))).toBeLessThanOrEqual(2_048);
    expect(new Set(acts.map((act) => act!.kind)).size).toBeGreaterThan(10);
  });

  test('holds free text, a phone number, a national number, an address or a point', () => {
    for (const entry of entries.map(withoutHashes)) {
      expect(entry).not.toMatch(/[\u0600-\u06ff]|@|\+?963\d{4}|\b0?9\d{8}\b|\b\d{11}\b|\d{1,3}\.\d{3,}/);
      for (const words of [...Object.values(CANARIES), ...EXACT_POINT.parts]) expect(entry).not.toContain(words);
    }
    for (const act of acts) for (const value of Object.values(act!.detail).flat()) if (typeof value === 'string') expect(value, act!.leaf).toMatch(CODE);
  });

  test('names an account, nor tells the moment of a resident', async () => {
    const persons = await given.sql<{ id: string; displayName: string | null }>('select id, display_name as "displayName" from persons');
    for (const entry of entries) for (const { id, displayName } of persons) expect(entry.includes(id) || (displayName && entry.includes(displayName)), entry).toBeFalsy();
    for (const act of acts) if (act!.role === 'resident' || act!.role === 'visitor') expect(JSON.parse(act!.leaf).at).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('is about what is confidential, unread or only waits', async () => {
    const hidden = [it.received, it.hidden, it.unreadComplaint, it.heldComplaint, it.answeredComplaint, it.askedComplaint].map((one) => one.id);
    for (const act of acts) expect(hidden).not.toContain(act!.subject.id);
  });
});

test('every public act has its leaf and every leaf its act', async () => {
  const [counts] = await given.sql<{ acts: bigint; leaves: bigint }>(`select (select count(*) from acts left join record_leaves on act_id = id where public and act_id is null) as acts,
    (select count(*) from record_leaves left join acts on id = act_id where id is null or not public) as leaves`);
  expect(counts).toEqual({ acts: 0n, leaves: 0n });
});

test('what its sender withdraws is gone with its salts, the record says that it was withdrawn, and every receipt of before holds', async () => {
  const mine = (await given.as(VISITOR).act(submitEntry, submissionOf({ title: 'اسمي سلمى الحلبية', text: 'رقمي 0944123456 وأسكن قرب الجامع.', contact: 'salma@example.org', name: 'سلمى الحلبية' }))) as Taken;
  await it.triage(mine.number, { visibility: 'public', body: it.code });
  await given.as(it.officer).act(extendDeadline, { number: mine.number, reason: 'طلبت سلمى الحلبية مهلة لترسل الصور' });
  await record.publishAll();
  const before = await record.checkpoint();
  const log = openLog(before, record.folder.read);
  const lines = await given.as(VISITOR).ask(recordLinesOf, [mine.id]);
  expect(lines.map((line) => line.content)).toContain('kept');
  const receipts = await Promise.all(lines.map(async ({ index }) => receiptText({ extra: await log.entry(index!), index: index!, proof: await log.inclusionProof(index!), checkpoint: before.note })));
  const [salt] = await given.sql<{ salt: Buffer }>('select salt from act_contents join acts on id = act_id where subject_id = $1', [mine.id]);

  await given.act(withdrawEntry, { number: mine.number, key: mine.key });
  await record.publishAll();
  await record.audit([before.note]);
  for (const receipt of receipts.map(parseReceipt)) await checkReceipt(receipt, receipt.extra!, trusting(record.key));
  const after = await given.as(VISITOR).ask(recordLinesOf, [mine.id]);
  expect(after.map((line) => readLeaf(line.leaf)!.kind)).toContain('entry.withdrawn');
  expect(after.map((line) => line.content)).not.toContain('kept');
  expect(await given.sql('select 1 from act_contents join acts on id = act_id where subject_id = $1 and acts.kind <> $2', [mine.id, 'entry.withdrawn'])).toEqual([]);
  const tables = await given.sql<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  for (const { name } of tables) expect(await given.sql(`select 1 from ${name} as row where row::text like any(array['%سلمى%', '%0944123456%', '%salma@%', $1])`, [`%${salt!.salt.toString('hex')}%`]), name).toEqual([]);
  for (const entry of await published()) expect(withoutHashes(entry)).not.toMatch(/سلمى|0944|salma/);
});
