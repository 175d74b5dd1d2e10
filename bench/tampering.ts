// How soon is it found out when somebody with all rights over the database changes it? `node bench/tampering.ts [ACTS] [TIMES] [BUSY] [FOLDER]`: a record of
// that many acts in a real database, the worker with all its beats, BUSY processes that want a core each besides. Each change is made TIMES times,
// elsewhere each time and at any moment of the check's round, undone again, and waited for until the record says that it holds. FOLDER
// keeps the data for the next time.
import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { newId, randomId } from '#kernel/ids.ts';
import { readConfig } from '#platform/config.ts';
import { leafHashOf, makeLeaf } from '#features/record/leaf.ts';
import { record } from '#features/record/server/index.ts';
import { openRecord } from '#features/record/server/jobs.ts';
import type { Ctx } from '#features/context.ts';
import { openInstallation, TERMINAL } from '../cli/house/open.ts';
import { startWorker } from '../src/worker.ts';

const [ACTS, TIMES, BUSY] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 3), Number(process.argv[4] ?? 0)];
const say = (what: string, value: string, wanted = '') => process.stdout.write(`${what.padEnd(66)} ${value.padStart(16)}   ${wanted}\n`);

const parent = join(tmpdir(), 'abwab-bench');
mkdirSync(parent, { recursive: true, mode: 0o755 });
const kept = process.argv[5];
const data = kept ?? mkdtempSync(join(parent, 'tampering-'));
chmodSync(data, 0o755);
const it = await openInstallation(readConfig({ ...process.env, ABWAB_DATA: data, ABWAB_HOME: join(import.meta.dirname, '..') }));
const admin = new Client({ connectionString: it.adminUrl });
await admin.connect();

/** Real leaves with their indexes, as fast as the database takes them; they are published below as any others. */
async function fill(first: number): Promise<void> {
  await admin.query('set session_replication_role = replica');
  for (let at = first; at < ACTS; at += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, ACTS - at) }, (_, n) => {
      const act = { id: randomId<'act'>(), kind: 'entry.published', subject: { kind: 'entry' as const, id: newId<'entry'>() }, role: 'coordinator', body: 'GOV', onBehalf: false, at: new Date(1_760_000_000_000 + (at + n) * 20_000), detail: { number: `HLB-${at + n}-42`, sector: 'SRV' } };
      return { ...act, leaf: makeLeaf({ ...act, previous: createHash('sha256').update(act.id).digest('hex'), content: createHash('sha256').update(act.subject.id).digest('hex') }) };
    });
    const columns = [rows.map((row) => row.id), rows.map((row) => row.at), rows.map((row) => row.subject.id), rows.map((row) => JSON.stringify(row.detail)), rows.map((row) => row.leaf), rows.map((row) => Buffer.from(leafHashOf(row.leaf)))];
    await admin.query(`insert into acts (id, at, subject_id, detail, leaf, leaf_hash, kind, subject_kind, public, actor_role, actor_body)
      select *, 'entry.published', 'entry', true, 'coordinator', 'GOV' from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::jsonb[], $5::text[], $6::bytea[])`, columns);
    await admin.query(`insert into record_leaves (log_index, act_id) select $1 + n - 1, id from unnest($2::uuid[]) with ordinality as it(id, n)`, [at, columns[0]]);
  }
  await admin.query('analyze acts, record_leaves');
}

const keeper = openRecord(it.config, it.house, TERMINAL);
while ((await keeper.round()) > 0);
const filling = performance.now();
await fill((await keeper.sizes()).stored);
say(`${ACTS.toLocaleString('en')} acts stored, seconds`, ((performance.now() - filling) / 1000).toFixed(0));
const publishing = performance.now();
for (let done = 0; (await keeper.sizes()).published < ACTS; done++) await keeper.round();
say('published, seconds', ((performance.now() - publishing) / 1000).toFixed(0));
keeper.close();

const fault = async () => (await admin.query<{ fault: string | null; at: string | null; size: string; checked: Date | null }>('select fault, fault_at_index::text as at, size::text, checked_at as checked from record_log')).rows[0]!;
const until = async (reached: () => Promise<boolean>): Promise<number> => {
  const began = performance.now();
  while (!(await reached())) await wait(100);
  return (performance.now() - began) / 1000;
};

const others = Array.from({ length: BUSY }, () => spawn(process.execPath, ['-e', 'for (;;) Math.sqrt(Math.random())'], { stdio: 'ignore' }));
const worker = await startWorker(it);

/** From the change until pages say so, and whether anything was signed afterwards. */
async function measure(name: string, change: (index: number) => string, undo: ((index: number) => string) | null): Promise<void> {
  const found: number[] = [];
  for (let n = 0; n < (undo ? TIMES : 1); n++) {
    await wait(randomInt(20_000));
    const index = randomInt(1, ACTS - 1);
    await admin.query(change(index));
    found.push(await until(async () => (await fault()).fault !== null));
    const { fault: kind, at, size } = await fault();
    // A table without lines may first be missed at the tile that is being compared.
    if (undo && kind === 'changed' && Number(at) !== index) throw new Error(`the record says that ${at} was changed, and it was ${index}`);
    await it.house.act(TERMINAL, (ctx: Ctx) => record(ctx, 'site.tested', { kind: 'site', id: newId<'site'>() }, { public: true }), undefined);
    await wait(4_000);
    if ((await fault()).size !== size) throw new Error('the signer went on');
    if (!undo) continue;
    await admin.query(undo(index));
    await until(async () => (await fault()).fault === null);
  }
  say(`${name}: found out after seconds, each time`, found.map((it) => it.toFixed(0)).join(' '), '≤ 60');
}

const act = (index: number) => `(select act_id from record_leaves where log_index = ${index})`;
const keep = (table: string, where: string) => `drop table if exists kept; create table kept as select * from ${table} where ${where};`;
const put = (columns: string) => () => `update acts set ${columns.split(', ').map((it) => `${it} = kept.${it}`).join(', ')} from kept where acts.id = kept.id`;
const first = await until(async () => (await fault()).checked !== null);
say('from the start of the worker until all of it was compared once, s', first.toFixed(0), '≤ 60');
const rounds: number[] = [];
for (let n = 0; n < 3; n++) {
  const before = (await fault()).checked!.getTime();
  await until(async () => (await fault()).checked!.getTime() !== before);
  rounds.push(((await fault()).checked!.getTime() - before) / 1000);
}
say('once round, seconds', rounds.map((it) => it.toFixed(0)).join(' '), '');
await measure('a leaf is edited', (n) => `${keep('acts', `id = ${act(n)}`)} update acts set leaf = replace(leaf, 'HLB-', 'HLB-9') where id = ${act(n)}`, put('leaf'));
await measure('what pages show is edited', (n) => `${keep('acts', `id = ${act(n)}`)} update acts set detail = '{"number": "HLB-1-42"}' where id = ${act(n)}`, put('detail'));
await measure('its day is edited', (n) => `${keep('acts', `id = ${act(n)}`)} update acts set at = at - interval '3 days' where id = ${act(n)}`, put('at'));
await measure('one is deleted', (n) => `${keep('record_leaves', `log_index = ${n}`)} delete from record_leaves where log_index = ${n}`, () => 'insert into record_leaves select * from kept');
await measure('all are truncated', () => 'truncate record_leaves', null);
for (const other of others) other.kill();
say('cores, load', `${cpus().length}`);

await worker.stop();
await admin.end();
await it.close();
if (!kept) rmSync(data, { recursive: true, force: true });
