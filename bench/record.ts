// The record with its database, as it really works: acts are written at a steady pace, given indexes, signed by the signer's own process and
// published, each second. `taskset -c 0 node bench/record.ts [SECONDS] [ACTS-A-SECOND]`: database, signer and publisher then share one core.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '#kernel/ids.ts';
import { readConfig } from '#platform/config.ts';
import { recordMany } from '#features/record/server/index.ts';
import { openRecord } from '#features/record/server/jobs.ts';
import { openInstallation, TERMINAL } from '../cli/house/open.ts';

const SECONDS = Number(process.argv[2] ?? 60);
const A_SECOND = Number(process.argv[3] ?? 500);
const A_TIME = 50;
const say = (what: string, value: string, wanted: string) => process.stdout.write(`${what.padEnd(62)} ${value.padStart(14)}   ${wanted}\n`);

const parent = join(tmpdir(), 'abwab-bench');
mkdirSync(parent, { recursive: true, mode: 0o755 });
const data = mkdtempSync(join(parent, 'record-'));
chmodSync(data, 0o755);
const it = await openInstallation(readConfig({ ...process.env, ABWAB_DATA: data, ABWAB_HOME: join(import.meta.dirname, '..') }));
const record = openRecord(it.config, it.house, TERMINAL);
while ((await record.round()) > 0);
const before = (await record.sizes()).published;

const written: { upTo: number; at: number }[] = [];
const waited: number[] = [];
let writing = true;

async function write(): Promise<void> {
  const began = performance.now();
  for (let batch = 0; batch < (SECONDS * A_SECOND) / A_TIME; batch++) {
    await wait(Math.max(0, began + (batch * A_TIME * 1000) / A_SECOND - performance.now()));
    await it.house.act(TERMINAL, writeActs, A_TIME);
    written.push({ upTo: (batch + 1) * A_TIME, at: performance.now() });
  }
  writing = false;
}
const writeActs = (ctx: Parameters<typeof recordMany>[0], count: number) =>
  recordMany(ctx, 'entry.published', Array.from({ length: count }, () => ({ subject: { kind: 'entry' as const, id: newId<'entry'>() }, public: true, detail: { number: 'HLB-1004-93' } })));

/** As the worker does it: a round, a second's rest. What was written before a round that published it has waited until then. */
async function publish(): Promise<void> {
  for (let done = 0, told = 0; writing || told < written.length; ) {
    done += await record.round();
    while (told < written.length && written[told]!.upTo <= done) waited.push(performance.now() - written[told++]!.at);
    if (writing) await wait(1_000);
  }
}

const began = performance.now();
const cpu = process.cpuUsage();
await Promise.all([write(), publish()]);
const took = (performance.now() - began) / 1000;
const used = process.cpuUsage(cpu);
waited.sort((a, b) => a - b);
const total = SECONDS * A_SECOND;
say(`${total.toLocaleString('en')} acts written and published, acts a second`, Math.round(total / took).toLocaleString('en'), `${A_SECOND} were asked`);
say('share of one core that this process took', `${Math.round(((used.user + used.system) / 1e6 / took) * 100)} %`, '');
say('from its commit to a published seal, seconds, median', (waited[Math.floor(waited.length / 2)]! / 1000).toFixed(1), '');
say('the same, p99', (waited[Math.floor(waited.length * 0.99)]! / 1000).toFixed(1), '≤ 10');
say('the same, longest', (waited.at(-1)! / 1000).toFixed(1), '');
if ((await record.sizes()).published !== before + total) throw new Error('acts are missing from the record');

for (let n = 0; n < 40; n++) await it.house.act(TERMINAL, writeActs, 500);
const behind = performance.now();
let caught = 0;
for (let more = await record.round(); more > 0; more = await record.round()) caught += more;
say('catching up with a backlog, acts a second', Math.round(caught / ((performance.now() - behind) / 1000)).toLocaleString('en'), `≥ ${A_SECOND}`);

const checking = performance.now();
await record.check(true);
say('every stored line against what is published, seconds', ((performance.now() - checking) / 1000).toFixed(2), '≤ 60');

record.close();
await it.close();
rmSync(data, { recursive: true, force: true });
