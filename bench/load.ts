/**
 * npm run bench -- load [--entries N] [--seconds S] [--only NAME] [--data FOLDER] [--json FILE]: what each kind of request costs, and how that
 * grows from a thousand entries to a hundred thousand. Load generator, server and database share this machine's processors; every
 * figure also stands as a share of a bare node:http answer in the same run, so that busy machines can be compared with quiet ones.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build } from '../bin/build.js';
import { fillAround, sessionToken, sizes, WORDS, writeEntries } from './load/data.ts';
import { fire, type Fired, type Shot } from './load/fire.ts';
import { HOME, startMeasured, timed, adminUrlOf, type Measured } from './load/server.ts';
import { submitMany } from './load/submit.ts';

const { values } = parseArgs({ args: process.argv.slice(2), options: { entries: { type: 'string', multiple: true }, seconds: { type: 'string', default: '6' }, only: { type: 'string' }, data: { type: 'string' }, json: { type: 'string' } } });
const STEPS = (values.entries ?? ['1000', '100000']).map(Number);
const SECONDS = Number(values.seconds);
const base = values.data ?? join(tmpdir(), 'abwab-bench-load');

type Row = Fired & { name: string; entries: number; statements: number | null; share: number };
const rows: Row[] = [];
const facts: Record<string, number | string> = { node: process.version, processors: cpus().length, model: cpus()[0]?.model ?? '' };
const say = (text: string) => process.stdout.write(`${text}\n`);

/** A number of bytes as a page has them, answered by nothing but node:http. */
async function bare(): Promise<Fired> {
  const child = spawn(process.execPath, ['-e', `const body = Buffer.alloc(8000, 97); require('node:http').createServer((q, r) => { r.setHeader('content-type', 'text/html'); r.end(body); }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve) => { child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())); });
  const fired = await fire(`http://127.0.0.1:${port}`, { connections: 32, seconds: SECONDS, shots: [{ path: '/' }] });
  child.kill();
  return fired;
}

/** Makes the data of one size once; the next run finds it. */
async function prepare(entries: number): Promise<string> {
  const data = join(base, String(entries));
  if (existsSync(join(data, 'filled'))) return data;
  mkdirSync(data, { recursive: true });
  for (const folder of [base, data]) chmodSync(folder, 0o755);
  const places = (JSON.parse(readFileSync(join(HOME, 'profiles/aleppo/places.json'), 'utf8')) as { name: { ar: string }; level: string }[]).filter((it) => it.level !== 'governorate').map((it) => it.name.ar);
  const file = join(base, `entries-${entries}.jsonl`);
  await writeEntries(file, 0, entries, places);
  timed('migrate', '--data', data);
  facts[`import of ${entries} rows, s`] = Math.round(timed('import', 'entries', file, '--publish', '--data', data) * 10) / 10;
  say(`imported ${entries} rows in ${facts[`import of ${entries} rows, s`]} s`);
  const keeper = await startMeasured(data);
  await fillAround(keeper.adminUrl, entries);
  await keeper.stop();
  writeFileSync(join(data, 'filled'), JSON.stringify(sizes(entries)));
  return data;
}

type Kind = { name: string; shots(known: Known): readonly Shot[]; right?: readonly number[]; connections?: number; amount?: number };
type Known = { numbers: string[]; promises: string[]; entries: number };
/** A cookie of ours that means nothing: the answer is made anew every time. */
const ANEW = { cookie: 'abwab_bench=1' };
const anew = (paths: readonly string[]): Shot[] => paths.map((path) => ({ path, headers: ANEW }));
const spread = <T>(from: readonly T[], count: number): T[] => Array.from({ length: Math.min(count, from.length) }, (_, at) => from[Math.floor((at * from.length) / Math.min(count, from.length))]!);

const KINDS: readonly Kind[] = [
  { name: 'API list of 20', shots: () => anew(['/api/v1/entries?limit=20']) },
  { name: 'API list, one kind', shots: () => anew(['/api/v1/entries?limit=20&kind=proposal']) },
  { name: 'API entry', shots: ({ numbers }) => anew(spread(numbers, 500).map((it) => `/api/v1/entries/${it}`)) },
  { name: 'API commitments', shots: () => anew(['/api/v1/commitments?limit=20']) },
  { name: 'API search', shots: () => anew(WORDS.map((it) => `/api/v1/entries?q=${encodeURIComponent(it)}`)), connections: 4 },
  { name: 'home page', shots: () => anew(['/']) },
  { name: 'HTML list', shots: () => anew(['/needs']) },
  { name: 'HTML list, most supported', shots: () => anew(['/needs?sort=supported']) },
  { name: 'HTML entry page', shots: ({ numbers }) => anew(spread(numbers, 500).map((it) => `/n/${it}`)) },
  { name: 'HTML commitments', shots: () => anew(['/commitments']) },
  { name: 'HTML bodies', shots: () => anew(['/bodies']) },
  { name: 'HTML map', shots: () => anew(['/map']) },
  { name: 'HTML search', shots: () => anew(WORDS.map((it) => `/search?q=${encodeURIComponent(it)}`)), connections: 4 },
  { name: 'cached home page', shots: () => [{ path: '/' }] },
  { name: 'cached HTML list', shots: () => [{ path: '/needs' }] },
  { name: 'cached API list', shots: () => [{ path: '/api/v1/entries?limit=20' }] },
  {
    name: 'support', right: [303], connections: 16, amount: 3_000,
    shots: ({ numbers, entries }) => Array.from({ length: 3_000 }, (_, at) => ({
      path: `/n/${numbers[(at * 131) % numbers.length]}?/support`, method: 'POST', body: '', headers: { cookie: `abwab_session=${sessionToken(at % Math.min(sizes(entries).persons, 2_000))}`, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    })),
  },
];

async function measure(server: Measured, kind: Kind, known: Known, bareRate: number): Promise<void> {
  const shots = kind.shots(known).map((shot) => (shot.method === 'POST' ? { ...shot, headers: { ...shot.headers, origin: server.url } } : shot));
  const load = { connections: kind.connections ?? 16, shots, ...(kind.right ? { right: kind.right } : {}) };
  if (!kind.amount) await fire(server.url, { ...load, seconds: 2 });
  const before = await server.told();
  const fired = await fire(server.url, { ...load, ...(kind.amount ? { amount: kind.amount } : { seconds: SECONDS }) });
  const after = await server.told();
  const row = { ...fired, name: kind.name, entries: known.entries, statements: (after.statements - before.statements) / fired.done, share: fired.perSecond / bareRate };
  rows.push(row);
  say(line(row));
}

const line = (it: Row) => `${it.name.padEnd(28)} ${String(it.entries).padStart(7)} ${it.perSecond.toFixed(0).padStart(7)}/s  p50 ${it.p50.toFixed(1).padStart(7)} ms  p97.5 ${it.p975.toFixed(1).padStart(7)} ms  ${(it.statements ?? 0).toFixed(1).padStart(5)} statements  ${(it.share * 100).toFixed(1).padStart(5)} % of bare  ${it.wrong} wrong, ${it.refused} refused`;

/** What was brought in by the heap is first escalated, indexed and published, as after a year of it being away; that is not what is measured. */
async function settled(server: Measured): Promise<void> {
  for (let tries = 0, before = (await server.told()).statements; tries < 60; tries++) {
    await new Promise((resolve) => { setTimeout(resolve, 4_000); });
    const { statements } = await server.told();
    if (statements - before < 200) return;
    before = statements;
  }
}

async function known(data: string, entries: number): Promise<Known> {
  const client = new pg.Client({ connectionString: adminUrlOf(data) });
  await client.connect();
  const { rows: found } = await client.query<{ number: string }>('select number from entries where published_at is not null order by number limit 20000');
  const { rows: promised } = await client.query<{ number: string }>('select number from commitments order by number limit 500');
  await client.end();
  return { numbers: found.map((row) => row.number), promises: promised.map((row) => row.number), entries };
}

if (!(await build())) process.exit(1);
const bareRate = await bare();
rows.push({ ...bareRate, name: 'bare node:http', entries: 0, statements: 0, share: 1 });
say(line(rows[0]!));
for (const entries of STEPS) {
  const data = await prepare(entries);
  const server = await startMeasured(data);
  facts[`start with ${entries} entries, s`] = Math.round(server.startedIn * 10) / 10;
  await settled(server);
  const it = await known(data, entries);
  for (const kind of KINDS) if (!values.only || kind.name.includes(values.only)) await measure(server, kind, it, bareRate.perSecond);
  if (!values.only || 'submission'.includes(values.only)) {
    const fired = await submitMany(server.adminUrl, data, 2_000);
    rows.push({ ...fired, name: 'submission', entries, statements: fired.statements, share: fired.perSecond / bareRate.perSecond });
    say(line(rows.at(-1)!));
  }
  facts[`memory with ${entries} entries, MB (now, most)`] = `${Math.round((await server.told()).rss / 1e6)}, ${Math.round(server.peak() / 1e6)}`;
  await server.stop();
}
const [small, large] = [STEPS[0]!, STEPS.at(-1)!];
if (small !== large) {
  say('\ngrowth');
  for (const it of rows.filter((row) => row.entries === large)) {
    const before = rows.find((row) => row.entries === small && row.name === it.name);
    if (before) say(`${it.name.padEnd(28)} ${(before.perSecond / it.perSecond).toFixed(2)} × the time at ${large} than at ${small}`);
  }
}
say('');
for (const [name, value] of Object.entries(facts)) say(`${name}: ${value}`);
if (values.json) writeFileSync(values.json, JSON.stringify({ at: new Date().toISOString(), facts, rows }, null, 1));
