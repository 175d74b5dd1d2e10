// What counting costs and how it grows. `node bench/equal-shares.ts [FOLDER]`: FOLDER may hold more Pabulib files, for
// instance Poland_Lodz_2022.pb; what pabutools 1.2.3 needed for a table of elections is beside it. One thread, warm
// median; peak memory is that of the whole process so far.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CountOptions, Election } from '../src/engines/equal-shares/index.ts';
import { count, readPabulib } from '../src/engines/equal-shares/index.ts';

const fixtures = join(import.meta.dirname, '../src/engines/equal-shares/fixtures');
const folders = [fixtures, ...process.argv.slice(2)];
type Options = Partial<CountOptions>;

/** pabutools' CPU seconds, exact fractions, reading not included; null where it was not run or ran out of memory. */
const peers: readonly [file: string, options: Options, seconds: number | null][] = [
  ['Poland_Wieliczka_2023_Green_Budget', {}, 0.66],
  ['Poland_Wieliczka_2023_Green_Budget', { utility: 'cardinality' }, 0.42],
  ['Poland_Wieliczka_2023_Green_Budget', { completion: 'add1', stop: 'exhaustive-supported' }, 12.2],
  ['Poland_Warszawa_2021_Bielany', {}, 3.44],
  ['Poland_Warszawa_2021_Bielany', { utility: 'cardinality' }, 2.69],
  ['Poland_Warszawa_2021_Bielany', { completion: 'add1', stop: 'exhaustive-supported' }, 189],
  ['Poland_Warszawa_2021_Bielany', { completion: 'add1', stop: 'exhaustive-supported', utility: 'cardinality' }, 166],
  ['France_Toulouse_2024', {}, 2.59],
  ['France_Toulouse_2024', { utility: 'cardinality' }, 1.96],
  ['France_Toulouse_2024', { rule: 'greedy' }, 2.26],
  ['France_Toulouse_2024', { rule: 'greedy', utility: 'cardinality' }, 1.35],
  ['Hungary_Budapest_2024', {}, 10.9],
  ['Hungary_Budapest_2024', { utility: 'cardinality' }, 8.95],
  ['Poland_Krakow_2018', { utility: 'borda' }, 3.9],
  ['Poland_Krakow_2018', { utility: 'rank' }, 4.3],
  ['Poland_Katowice_2024', { utility: 'points' }, 1.56],
  ['Poland_Warszawa_2020_Praga-Poludnie', {}, 6.0],
  ['Poland_Warszawa_2020_Praga-Poludnie', { completion: 'add1', stop: 'exhaustive-supported' }, 340],
  ['Poland_Warszawa_2026', { rule: 'greedy' }, 8.7],
  ['Poland_Warszawa_2026', {}, 12.3],
  ['Poland_Warszawa_2026', { utility: 'cardinality' }, 7.6],
  ['Poland_Warszawa_2026', { completion: 'greedy' }, 16.2],
  ['Poland_Warszawa_2026', { completion: 'add1', stop: 'exhaustive-supported' }, 694.6],
  ['Poland_Lodz_2022', { rule: 'greedy' }, 29.7],
  ['Poland_Lodz_2022', {}, 33.1],
  ['Poland_Lodz_2022', { utility: 'cardinality' }, 21.1],
  ['Poland_Lodz_2022', { completion: 'add1', stop: 'exhaustive-supported' }, 190.7],
  ['Poland_Wroclaw_2015_150_-_500', {}, null],
  ['Poland_Krakow_2024', { utility: 'borda' }, 7.1],
  ['Poland_Krakow_2024', { utility: 'rank' }, 7.3],
  ['Poland_Katowice_2023', { utility: 'points' }, 1.64],
  ['Hungary_Budapest_2025_VIII_Jozsefvaros', { completion: 'add1' }, null],
  ['Hungary_Budapest_2024', { completion: 'add1', stop: 'exhaustive-all', ties: 'lexico' }, null],
];

function milliseconds(work: () => unknown, most = 1500): number {
  const times: number[] = [];
  for (const begin = performance.now(); times.length < 7 && (times.length === 0 || performance.now() - begin < most); ) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

const show = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const peak = (): string => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)}`;
const line = (cells: readonly (string | number)[], widths: readonly number[]): void => {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]!) : String(cell).padStart(widths[i]!))).join('  ')}\n`);
};

const measured = new Map<string, { bytes: Buffer; election: Election; reading: number }>();
function load(name: string): { bytes: Buffer; election: Election; reading: number } | null {
  const path = folders.map((folder) => join(folder, `${name}.pb`)).find(existsSync);
  if (path === undefined) return null;
  const known = measured.get(name);
  if (known) return known;
  const bytes = readFileSync(path);
  const it = { bytes, election: readPabulib(bytes), reading: milliseconds(() => readPabulib(bytes)) };
  measured.set(name, it);
  return it;
}

function besidePeers(): void {
  const widths = [38, 8, 8, 34, 9, 9, 10, 8, 8];
  line(['election', 'voters', 'projects', 'rule', 'count ms', '+ read ms', 'pabutools', 'ratio', '+ read'], widths);
  for (const [name, options, seconds] of peers) {
    const file = load(name);
    if (file === null) continue;
    const { election, reading } = file;
    const counting = milliseconds(() => count(election, options));
    const rule = [options.rule ?? 'equal-shares', options.utility ?? 'cost', options.completion ?? ''].join(' ');
    const ratio = (time: number): string => (seconds === null ? '' : show((1000 * seconds) / time));
    const times = [show(counting), show(counting + reading), seconds === null ? '' : `${seconds} s`, ratio(counting), ratio(counting + reading)];
    line([name.slice(0, 38), election.ballots.count, election.projects.length, rule, ...times], widths);
  }
}

/** A file of approval ballots: popular and unpopular projects, costs over two orders of magnitude, the same every time. */
function generated(voters: number, projects: number, districts: number): Buffer {
  let state = 2463534242;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const costs = Array.from({ length: projects }, () => Math.round(1000 * 10 ** (2 * random())));
  const budget = Math.round(costs.reduce((sum, cost) => sum + cost, 0) / 4);
  const head = `META\nkey;value\nbudget;${budget}\nvote_type;approval\nnum_votes;${voters}\nnum_projects;${projects}`;
  const rows = [head, 'PROJECTS\nproject_id;cost', ...costs.map((cost, c) => `${c};${cost}`), 'VOTES\nvoter_id;vote'];
  const each = Math.floor(projects / districts);
  for (let voter = 0; voter < voters; voter++) {
    const from = (voter % districts) * each;
    const marks = new Set(Array.from({ length: 1 + Math.floor(random() * 14) }, () => from + Math.floor(each * random() ** 2)));
    rows.push(`v${voter};${[...marks].join(',')}`);
  }
  return Buffer.from(`${rows.join('\n')}\n`);
}

function growth(): void {
  const widths = [26, 9, 9, 12, 12, 12, 12, 9];
  line(['generated', 'marks', 'read ms', 'cost ms', 'cardinal. ms', 'greedy ms', 'µs a mark', 'peak MB'], widths);
  const sizes: readonly (readonly [voters: number, projects: number, districts: number])[] = [
    [1_000, 100, 1], [3_000, 100, 1], [10_000, 100, 1], [30_000, 100, 1], [100_000, 100, 1], [90_000, 160, 1], [107_732, 1_397, 18], [300_000, 100, 1], [1_000_000, 100, 1],
  ];
  for (const [voters, projects, districts] of sizes) {
    const bytes = generated(voters, projects, districts);
    const election = readPabulib(bytes);
    const marks = election.ballots.project.length;
    const reading = milliseconds(() => readPabulib(bytes));
    const [cost, cardinality, greedy] = ([{}, { utility: 'cardinality' }, { rule: 'greedy' }] satisfies Options[]).map((options) => milliseconds(() => count(election, options)));
    line([`${voters} x ${projects}`, marks, show(reading), show(cost!), show(cardinality!), show(greedy!), ((1000 * cost!) / marks).toFixed(3), peak()], widths);
  }
}

for (let i = 0; i < 20; i++) count(load('Poland_Wieliczka_2023_Green_Budget')!.election);
/** The raises too long for the tests, held against the expected results. */
function slowExpected(): void {
  type Instance = { file: string; results: { utility: 'cost' | 'cardinality'; completion?: string; winners: string[]; add1?: { raised_by?: number } }[] };
  const { instances } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as { instances: Instance[] };
  const { election } = load('Hungary_Budapest_2024')!;
  for (const { utility, winners, add1 } of instances.find(({ file }) => file === 'Hungary_Budapest_2024.pb')!.results.filter(({ completion }) => completion === 'add1')) {
    const counted = count(election, { utility, completion: 'add1', stop: 'exhaustive-all', ties: 'lexico' });
    const same = counted.raises === add1?.raised_by && counted.winners.map((c) => election.projects[c]!.id).join() === winners.join();
    process.stdout.write(`Budapest 2024, ${utility}, add1: ${counted.raises} raises in ${counted.runs} runs, ${same ? 'as expected' : 'NOT AS EXPECTED'}\n`);
  }
}

besidePeers();
slowExpected();
process.stdout.write('\n');
growth();
