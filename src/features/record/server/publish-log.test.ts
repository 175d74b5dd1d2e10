/** Publication under faults: whatever fails between its steps, the next start goes on from there, and nobody sees two pasts. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCheckpoint, openLog, parseReceipt, receiptText, checkReceipt, toHex, trusting, utf8 } from '#engines/merkle-log/index.ts';
import { newId } from '#kernel/ids.ts';
import { openFolder } from '#platform/tlog/files.ts';
import type { Ctx } from '../../context.ts';
import { recordOf } from '#testing/record.ts';
import { SYSTEM, VISITOR, world, type World } from '#testing/world.ts';
import { contentBytes, readLeaf } from '../leaf.ts';
import { catchUp } from './catch-up.ts';
import { eraseContents, record, recordLine, recordLinesOf, sequenceLeaves } from './index.ts';
import { RecordFault } from './log-parts.ts';
import { advanceLog, beginLog, clearFault, giveLeaseBack, logState, noteChecked, noteFault, takeLease } from './log-state.ts';
import { CHECK_EVERY_SECONDS, dueAfter, ROUND_MS } from './check-leaves.ts';
import { openPublisher, type Steps } from './publish-log.ts';
import { rebuildFiles } from './rebuild-files.ts';

const HOME = join(import.meta.dirname, '../../../..');
/** As the superuser, with every guard switched off: what a restored backup or a dishonest operator amounts to. */
const forge = (given: World, sql: string) => given.sql(`set session_replication_role = replica; ${sql}`);
const faultOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => (error instanceof RecordFault ? { kind: error.kind, atIndex: error.atIndex } : error));

describe('the publisher stopped anywhere', async () => {
  const given = await world();
  const it = await recordOf(given);
  const seen: string[] = [];
  const roots = new Map<number, string>();
  await it.publishAll();

  /** A checkpoint that somebody may have: its size has one root, now and for ever. */
  async function remember(note: string): Promise<void> {
    const { size, root } = await openCheckpoint(note, it.key);
    expect([size, roots.get(size) ?? toHex(root)]).toEqual([size, toHex(root)]);
    roots.set(size, toHex(root));
    seen.push(note);
  }

  const failing = (step: keyof Steps, after: boolean) => (steps: Steps): Steps => ({
    ...steps,
    [step]: async (...input: never[]) => {
      if (after) {
        const result = await (steps[step] as (...input: never[]) => Promise<unknown>)(...input);
        if (step === 'sign') await remember((result as { note: string }).note);
      }
      throw new Error('it failed here');
    },
  });

  const killed = (step: keyof Steps): Promise<NodeJS.Signals | null> => new Promise((resolve) => {
    const child = spawn(process.execPath, [join(HOME, 'src/testing/publish-child.ts'), step, given.database.url, join(it.base, 'log'), join(it.base, 'signer')], { cwd: HOME, stdio: 'inherit' });
    child.once('close', (_code, signal) => resolve(signal));
  });

  const STEPS: readonly (keyof Steps)[] = ['store', 'sign', 'swap', 'show', 'tidy'];
  const ways = ['fails before it is done', 'fails after it is done', 'is killed'] as const;
  test.for(STEPS.flatMap((step) => ways.map((way) => [step, way] as const)))('%s %s', async ([step, way]) => {
    const before = (await it.audit(seen)).entries;
    const shown = [...seen];
    await it.write(97);
    if (way === 'is killed') expect(await killed(step)).toBe('SIGKILL');
    else await expect((await it.publisher(failing(step, way === 'fails after it is done'))).round()).rejects.toThrow('it failed here');
    // Whatever is public in between holds by itself, and continues all that was public before.
    await remember((await it.checkpoint()).note);
    await it.audit(shown);
    await it.write(60);
    // The lease of the killed one has run out by then.
    given.clock.set(new Date(Date.now() + 3_600_000).toISOString());
    await it.publishAll();
    const audit = await it.audit(seen);
    expect(audit.entries).toBe(before + 157);
    await remember(audit.checkpoint.note);
    const [{ gaps }] = await given.sql<{ gaps: string }>('select (max(log_index) + 1 - count(*))::text as gaps from record_leaves') as [{ gaps: string }];
    expect(gaps).toBe('0');
  });

  test('every act has its leaf, every leaf its act', async () => {
    const [counts] = await given.sql<{ alone: bigint; waiting: bigint }>(`select (select count(*) from acts left join record_leaves on act_id = id where public and act_id is null) as alone, (select count(*) from record_queue) as waiting`);
    expect(counts).toEqual({ alone: 0n, waiting: 0n });
    const { entries } = await it.audit(seen);
    expect(entries).toBe(STEPS.length * ways.length * 157);
  });
});

test('two publishers and many writers at once: indexes without gap or double, one root a size', async () => {
  const given = await world();
  const it = await recordOf(given);
  const notes: string[] = [];
  const watched = (steps: Steps): Steps => ({ ...steps, async sign(request) { const note = await steps.sign(request); if (note) notes.push(note.note); return note; } });
  const one = await it.parts();
  const publishers = [openPublisher(one, watched), openPublisher(one, watched)];
  let writing = true;
  const publishing = publishers.map(async (publisher) => { while (writing) await publisher.round(); });
  for (let n = 0; n < 20; n++) await Promise.all(Array.from({ length: 10 }, () => it.write(10)));
  writing = false;
  await Promise.all(publishing);
  await it.publishAll();
  const audit = await it.audit(notes);
  expect(audit.entries).toBe(2_000);
  const [row] = await given.sql<{ count: bigint; most: bigint }>('select count(*) as count, max(log_index) as most from record_leaves');
  expect(row).toEqual({ count: 2_000n, most: 1_999n });
  const sizes = new Map<number, string>();
  for (const note of notes) {
    const { size, root } = await openCheckpoint(note, it.key);
    expect(sizes.get(size) ?? toHex(root)).toBe(toHex(root));
    sizes.set(size, toHex(root));
  }
});

describe('somebody with all rights over the database', async () => {
  const given = await world();
  const it = await recordOf(given);
  await it.write(600);
  await it.publishAll();
  const publisher = await it.publisher();
  const honest = (await it.checkpoint()).note;
  const column = async <T>(name: string, index: number) => (await given.sql<{ value: T }>(`select ${name} as value from acts join record_leaves on act_id = id where log_index = ${index}`))[0]!.value;
  const where = (index: number) => `where id = (select act_id from record_leaves where log_index = ${index})`;

  test.for<[string, number, string, (index: number) => Promise<string>]>([
    ['rewrites a leaf', 300, `update acts set leaf = replace(leaf, '"n":1', '"n":2') %`, async (n) => `update acts set leaf = '${await column<string>('leaf', n)}' ${where(n)}`],
    ['rewrites what pages show of an act', 10, `update acts set detail = '{"n":2}' %`, async (n) => `update acts set detail = '{"n":1}' ${where(n)}`],
    ['rewrites the day', 20, `update acts set at = at - interval '2 days' %`, async (n) => `update acts set at = at + interval '2 days' ${where(n)}`],
    ['rewrites for whom', 21, `update acts set actor_body = 'GOV', on_behalf = true %`, async (n) => `update acts set actor_body = null, on_behalf = false ${where(n)}`],
    ['rewrites what the next leaf would name', 22, `update acts set leaf_hash = sha256('x') %`, async (n) => `update acts set leaf_hash = '\\x${(await column<Buffer>('leaf_hash', n)).toString('hex')}' ${where(n)}`],
    ['rewrites the last one', 599, `update acts set kind = 'site.forged' %`, async (n) => `update acts set kind = 'site.tested' ${where(n)}`],
    ['exchanges two', 77, `update record_leaves set log_index = case log_index when 77 then 5000 else 77 end where log_index in (77, 78)`, async () => `update record_leaves set log_index = 78 where log_index = 77; update record_leaves set log_index = 77 where log_index = 5000`],
    ['takes one out of the middle', 400, 'delete from record_leaves where log_index = 400', async (n) => `insert into record_leaves values (${n}, '${await column<string>('id', n)}')`],
  ])('who %s is found out, and nothing is signed any more', async ([, index, change, undo]) => {
    const back = await undo(index);
    await forge(given, change.replace('%', where(index)));
    expect(await faultOf(publisher.check())).toEqual({ kind: 'changed', atIndex: index });
    expect((await it.house.ask(VISITOR, logState, undefined)).log?.fault).toMatchObject({ kind: 'changed', atIndex: index });
    await it.write(1);
    expect(await faultOf(publisher.round().then((count) => expect(count).toBe(0)))).toBeNull();
    expect((await it.checkpoint()).note).toBe(honest);
    await it.audit([honest]);
    await forge(given, back);
    await publisher.check();
    expect((await it.house.ask(VISITOR, logState, undefined)).log).toMatchObject({ fault: null, checkedAt: given.clock.now() });
  });

  test('who makes the whole table anew cannot have it signed', async () => {
    const other = await recordOf(given);
    const folder = openFolder(join(other.base, 'forged'));
    const parts = { ...(await it.parts()), folder };
    await forge(given, `update acts set leaf = replace(leaf, '"n":1', '"n":3') where leaf is not null; update record_log set size = 0, note = '', root = sha256(''::bytea)`);
    expect(await faultOf(openPublisher(parts).round())).toEqual({ kind: 'signer-refuses', atIndex: null });
    expect((await it.house.ask(VISITOR, logState, undefined)).log?.fault?.kind).toBe('signer-refuses');
    expect((await it.checkpoint()).note).toBe(honest);
  });
});

test.for<[string, string]>([['empties the whole table', 'truncate record_leaves'], ['takes the last ones away', 'delete from record_leaves where log_index > 290']])('somebody who %s is found out, no index is given twice, and the published tiles bring the lines back', async ([, change]) => {
  const given = await world();
  const it = await recordOf(given);
  await it.write(300);
  await it.publishAll();
  const honest = (await it.checkpoint()).note;
  const lines = () => given.sql<{ at: string; act: string }>('select log_index::text as at, act_id as act from record_leaves where log_index < 300 order by log_index');
  const before = await lines();
  await forge(given, change);
  await it.write(2);
  for (const work of [async () => (await it.publisher()).round(), async () => (await it.publisher()).check()]) expect(await faultOf(work())).toEqual({ kind: 'behind', atIndex: null });
  expect((await it.house.ask(VISITOR, logState, undefined)).log?.fault?.kind).toBe('behind');
  expect((await it.checkpoint()).note).toBe(honest);
  await catchUp(await it.parts(), it.folder.read);
  expect(await lines()).toEqual(before);
  await it.publishAll();
  await (await it.publisher()).check();
  expect((await it.audit([honest])).entries).toBe(302);
});

test.for([0, 1, 255, 1_000_000, 10_000_000])('the check of %i leaves goes by the clock: a little at a time, and all of it before its round is over, however late it comes', (size) => {
  expect(dueAfter(0, size)).toBeLessThanOrEqual(Math.ceil(size / 6));
  for (const elapsed of [ROUND_MS - CHECK_EVERY_SECONDS * 1000, ROUND_MS, ROUND_MS * 10]) expect(dueAfter(elapsed, size)).toBe(size);
  for (let elapsed = 0; elapsed < ROUND_MS; elapsed += 1_000) expect(dueAfter(elapsed + 1_000, size)).toBeGreaterThanOrEqual(dueAfter(elapsed, size));
});

test('a record that grows while it is being checked is not called changed', async () => {
  const it = await recordOf(await world());
  const publisher = await it.publisher();
  for (const count of [300, 1, 7, 260]) {
    await it.write(count);
    await it.publishAll();
    expect(await faultOf(publisher.check())).toBeNull();
  }
});

describe('a backup that is behind', async () => {
  const given = await world();
  const it = await recordOf(given);
  await it.write(300);
  await it.publishAll();
  const [lock] = await given.sql<{ note: string; root: Buffer }>('select note, root from record_log');
  await it.write(220);
  await it.publishAll();
  const newest = (await it.checkpoint()).note;

  test('is not signed over; what it lacks comes back from the tiles, and the record goes on', async () => {
    // 40 of the lost acts were in the backup, waiting for their index; 180 were not.
    await forge(given, `insert into record_queue select act_id from record_leaves where log_index between 300 and 339;
      delete from acts where id in (select act_id from record_leaves where log_index >= 340); delete from record_leaves where log_index >= 300;
      update record_log set size = 300, root = '\\x${lock!.root.toString('hex')}', note = '${lock!.note}'`);
    await it.write(5);
    expect(await faultOf((await it.publisher()).round())).toEqual({ kind: 'behind', atIndex: null });
    expect((await it.house.ask(VISITOR, logState, undefined)).leaves).toBe(300);
    expect((await it.checkpoint()).note).toBe(newest);
    expect(await catchUp(await it.parts(), it.folder.read)).toEqual({ back: 220, unknown: 180 });
    expect(await catchUp(await it.parts(), it.folder.read)).toEqual({ back: 0, unknown: 0 });
    await it.publishAll();
    expect((await it.audit([newest, lock!.note])).entries).toBe(525);
    await (await it.publisher()).check();
    expect((await it.house.ask(VISITOR, logState, undefined)).log?.fault).toBeNull();
  });

  test('a lost folder is written anew, a broken file mended, and a database that says otherwise is not believed', async () => {
    const before = (await it.checkpoint()).note;
    rmSync(join(it.base, 'log'), { recursive: true });
    await it.publishAll();
    expect((await it.audit([before])).checkpoint.note).toBe(before);
    const tile = join(it.base, 'log/tile/0/000');
    const bytes = readFileSync(tile);
    rmSync(tile);
    await openFolder(join(it.base, 'log')).store([{ path: 'tile/0/000', bytes: bytes.map((byte) => byte ^ 1) }]);
    expect(await faultOf((await it.publisher()).check())).toEqual({ kind: 'files', atIndex: null });
    const parts = await it.parts();
    await rebuildFiles(parts, (await it.house.ask(SYSTEM, logState, undefined)).log!, true);
    await it.audit([before]);
    await (await it.publisher()).check();
    await forge(given, `update acts set leaf = replace(leaf, '"n":1', '"n":2') where leaf is not null`);
    expect(await faultOf(rebuildFiles(parts, (await it.house.ask(SYSTEM, logState, undefined)).log!, true))).toMatchObject({ kind: 'changed' });
    await it.audit([before]);
  });
});

test('a text that is erased by law leaves every receipt as it was', async () => {
  const given = await world();
  const it = await recordOf(given);
  const id = newId<'site'>();
  await given.act((ctx: Ctx) => record(ctx, 'site.tested', { kind: 'site', id }, { public: true, content: { reason: 'اسمي سلمى ورقمي 0944123456' } }), undefined);
  await it.write(20);
  await it.publishAll();
  const [row] = await given.sql<{ leaf: string; index: bigint; salt: Buffer; content: { reason: string } }>('select leaf, log_index as index, salt, content from acts join record_leaves on record_leaves.act_id = id join act_contents on act_contents.act_id = id where subject_id = $1', [id]);
  const log = openLog(await it.checkpoint(), it.folder.read);
  const index = Number(row!.index);
  expect(await given.ask(recordLine, index)).toMatchObject({ content: 'kept' });
  expect(await given.ask(recordLinesOf, [id])).toHaveLength(1);
  const receipt = receiptText({ extra: null, index, proof: await log.inclusionProof(index), checkpoint: (await it.checkpoint()).note });
  const policy = trusting(it.key);
  await given.act(eraseContents, { kind: 'site', id });
  expect(await given.ask(recordLine, index)).toMatchObject({ leaf: row!.leaf, content: 'erased' });
  await it.write(5);
  await it.publishAll();
  await checkReceipt(parseReceipt(receipt), utf8(row!.leaf), policy);
  await (await it.publisher()).check();
  await it.audit();
  for (let at = 0; at < 26; at++) {
    const entry = new TextDecoder().decode(await openLog(await it.checkpoint(), it.folder.read).entry(at));
    expect(readLeaf(entry), entry).not.toBeNull();
    // Ids and hashes are random: by chance they hold any digits.
    expect(entry.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, '')).not.toMatch(/\+?963\d|09\d{8}|سلمى|@/);
  }
  // Without the salt the commitment says nothing: the same text under another salt is another commitment.
  expect(readLeaf(row!.leaf)!.content).not.toBe(toHex(contentBytes(new Uint8Array(32), row!.content)));
});

test('neither a visitor nor somebody with every role reaches into the record', async () => {
  const given = await world();
  const all = await given.person((['administrator', 'auditor', 'coordinator'] as const).map((role) => ({ role })));
  const head = { size: 0, root: new Uint8Array(32), note: '' };
  for (const who of [VISITOR, all]) {
    const as = given.as(who);
    const refused = { refusal: { because: 'not-allowed', to: 'keep the record' } };
    await expect(as.act(beginLog, { vkey: 'x', head })).rejects.toMatchObject(refused);
    await expect(as.act(advanceLog, { from: 0, head })).rejects.toMatchObject(refused);
    await expect(as.act(takeLease, undefined)).rejects.toMatchObject(refused);
    await expect(as.act(giveLeaseBack, undefined)).rejects.toMatchObject(refused);
    await expect(as.act(noteFault, { kind: 'changed', atIndex: 0 })).rejects.toMatchObject(refused);
    await expect(as.act(clearFault, ['changed'])).rejects.toMatchObject(refused);
    await expect(as.act(noteChecked, undefined)).rejects.toMatchObject(refused);
  }
  await given.act(sequenceLeaves, undefined);
});
