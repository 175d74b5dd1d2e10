// What the record's log costs and how it grows. `node bench/merkle-log.ts [ACTS]`, 1,000,000 unless said otherwise; entries are
// as long as real leaves. One thread; files are really written and flushed, in batches of 500 as a busy second would bring them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEntries, additionText, checkpointText, EMPTY_EDGE, openCheckpoint, openLog, parseVerifier, receiptText, rootOf, utf8, type Edge, type LogReader } from '../src/engines/merkle-log/index.ts';
import { openFolder } from '../src/platform/tlog/files.ts';
import { openSigner } from '../src/platform/tlog/signer.ts';

const ACTS = Number(process.argv[2] ?? 1_000_000);
const A_SECOND = 500;
const base = mkdtempSync(join(tmpdir(), 'abwab-bench-'));
const folder = openFolder(join(base, 'log'));
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
const say = (what: string, value: string, wanted: string) => process.stdout.write(`${what.padEnd(58)} ${value.padStart(16)}   ${wanted}\n`);
const leaf = (at: number) => utf8(`{"act":"entry.published","at":"2026-11-25T15:${String(at % 60).padStart(2, '0')}Z","by":{"role":"coordinator"},"content":"${'c'.repeat(64)}","detail":{"number":"HLB-${at}-42"},"id":"0199b2f0-0000-4000-8000-${String(at).padStart(12, '0')}","object":{"id":"0199b2f0-0000-4000-9000-${String(at).padStart(12, '0')}","kind":"entry"},"prev":"${'d'.repeat(64)}","v":1}`);

/** The publisher's own steps, without a database: files, proof, signature of the real signer, checkpoint, partial tiles away. */
async function publish(): Promise<{ most: number }> {
  const signer = await openSigner(join(base, 'signer'), 'bench.example/record');
  let edge: Edge = EMPTY_EDGE;
  let most = 0;
  for (let at = 0; at < ACTS; at += A_SECOND) {
    const began = performance.now();
    const { edge: next, files } = addEntries(edge, Array.from({ length: Math.min(A_SECOND, ACTS - at) }, (_, n) => leaf(at + n)));
    await folder.store(files);
    const head = { origin: 'bench.example/record', size: next.size, root: rootOf(next) };
    const proof = await openLog(head, folder.read).consistencyProof(edge.size);
    const answer = await signer.sign(additionText({ old: edge.size, proof, checkpoint: checkpointText(head) }));
    if (answer.status !== 200) throw new Error('the signer refused');
    await folder.replace('checkpoint', answer.note);
    await folder.dropPartials(files.filter((file) => !file.path.includes('.p/')).map((file) => file.path));
    edge = next;
    most = Math.max(most, performance.now() - began);
  }
  await folder.replace('vkey', signer.vkey);
  return { most };
}

const inMemory = await seconds(async () => {
  let edge: Edge = EMPTY_EDGE;
  for (let at = 0; at < Math.min(ACTS, 100_000); at += A_SECOND) ({ edge } = addEntries(edge, Array.from({ length: A_SECOND }, (_, n) => leaf(at + n))));
});
say('hashing and tiling in memory, entries a second', Math.round(Math.min(ACTS, 100_000) / inMemory).toLocaleString('en'), '');

let most = 0;
const cpuOf = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
const cpuBefore = cpuOf();
const publishing = await seconds(async () => ({ most } = await publish()));
say(`publishing ${ACTS.toLocaleString('en')} acts, acts a second`, Math.round(ACTS / publishing).toLocaleString('en'), '≥ 500 on one core');
say('the same, a second of the processor', Math.round(ACTS / (cpuOf() - cpuBefore)).toLocaleString('en'), '');
say('the slowest batch of 500, milliseconds', most.toFixed(0), '≤ 1,000');

const note = (await folder.read('checkpoint'))!;
const key = (await openSigner(join(base, 'signer'), '')).vkey;
const head = await openCheckpoint(note, parseVerifier(key));
say('root from tiles after a restart, milliseconds', ((await seconds(async () => rootOf(await openLog(head, folder.read).edge()))) * 1000).toFixed(1), '≤ 2,000');

/** As the site makes it: seal read and checked, the log opened anew, so that no tile is known yet; `log`: as a program that goes on reading. */
async function receipt(index: number, log?: LogReader): Promise<string> {
  const seal = log ? head : await openCheckpoint((await folder.read('checkpoint'))!, parseVerifier(key));
  const from = log ?? openLog(seal, folder.read);
  return receiptText({ extra: await from.entry(index), index, proof: await from.inclusionProof(index), checkpoint: head.note });
}
const log = openLog(head, folder.read);
for (const [how, from] of [['', log], [', nothing known before', undefined]] as const) {
  const [times, ofProcessor]: [number[], number[]] = [[], []];
  for (let n = 0; n < 1_000; n++) {
    const before = cpuOf();
    times.push(await seconds(() => receipt(Math.floor((n * 7_919_993) % ACTS), from)));
    ofProcessor.push(cpuOf() - before);
  }
  for (const [what, all] of [['', times], [' (of the processor)', ofProcessor]] as const) {
    all.sort((a, b) => a - b);
    say(`a receipt${how}, ms, median and p99${what}`, `${(all[500]! * 1000).toFixed(1)} / ${(all[990]! * 1000).toFixed(1)}`, '≤ 5');
  }
}

// As abwab verify does it, in a process that has done nothing else.
const [program, command] = [process.execPath, join(import.meta.dirname, '../cli/abwab.ts')];
const measured = `process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); process.stdout.write([maxRSS / 1024, (userCPUTime + systemCPUTime) / 1e6].join(' ')); }); process.argv.splice(1, 0, ${JSON.stringify(command)}); await import(${JSON.stringify(command)});`;
const began = performance.now();
const checked = spawnSync(program, ['--input-type=module', '-e', measured, '--', 'verify', folder.path, '--proofs', '1000'], { encoding: 'utf8' });
if (checked.status !== 0) throw new Error(checked.stderr);
const [memory, cpu] = checked.stdout.split(' ').map(Number);
say('abwab verify with 1,000 proofs, seconds (of the processor)', `${((performance.now() - began) / 1000).toFixed(1)} (${cpu!.toFixed(1)})`, '≤ 30');
say('its peak memory, MB', memory!.toFixed(0), '≤ 300');
say('files of it, MB', (sizeOf(folder.path) / 1e6).toFixed(0), '≤ 1,000');

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()).reduce((sum, it) => sum + statSync(join(it.parentPath, it.name)).size, 0);
}

rmSync(base, { recursive: true });
