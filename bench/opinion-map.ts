// What mapping opinions costs and how it grows. `node bench/opinion-map.ts [FOLDER…]`: FOLDERs may be more Polis exports; what
// other programs needed is beside it. One thread, processor time, warm median, also as a ratio to a plain pass over the votes;
// peak memory is that of a process of its own that makes the conversation and maps it once.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LiveMap, conversationOf, mapOpinions, readComments, readParticipantsVotes, type Conversation, type Vote } from '../src/engines/opinion-map/index.ts';

const fixtures = join(import.meta.dirname, '../src/engines/opinion-map/fixtures');

/** Milliseconds of other programs, measured elsewhere on the same kind of machine: red-dwarf, and Polis's Python of February 2026. */
const peers: Record<string, readonly [redDwarf: number | null, polis: number | null]> = {
  '15-per-hour-seattle': [63, 127],
  'bg2050-volunteers': [305, 240],
  'scoop-hivemind.biodiversity': [176, 577],
  'vtaiwan.uberx': [219, 825],
  'american-assembly.bowling-green': [939, 1586],
  '10000 x 1000': [14_640, 18_120],
  '33422 x 783': [null, 137_840],
};

/** Numbers that look random and are the same every time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A conversation with three planted groups, 6:3:1. Activity is skewed as in real ones: many vote little, few vote on nearly
 * everything, and the last statements have a quarter of the votes of the first.
 */
function planted(participants: number, statements: number, votes: number): Conversation {
  const random = chance(20_261_125);
  const leanings = Array.from({ length: statements }, () => {
    const common = random();
    return [0, 1, 2].map(() => (random() < 0.35 ? common : random()));
  });
  const rows = new Int32Array(participants + 1);
  const cells = new Uint16Array(Math.ceil(1.2 * votes));
  let at = 0;
  for (let i = 0; i < participants; i++) {
    const draw = random();
    const group = draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2;
    const busy = Math.min(statements, ((votes / participants) * (1 - Math.log(1 - random()))) / 2) / statements;
    for (let j = 0; j < statements && at < cells.length; j++) {
      if (random() >= busy * (1.6 - (1.2 * j) / statements)) continue;
      const opinion = random() < 0.12 ? 1 : random() < leanings[j]![group]! ? 2 : 0;
      cells[at++] = 3 * j + opinion;
    }
    rows[i + 1] = at;
  }
  const names = (count: number) => Array.from({ length: count }, (_, name) => name);
  return { votes: { participants, statements, rows, cells: cells.slice(0, at) }, participants: names(participants), statements: names(statements), hidden: new Uint8Array(statements), meta: new Uint8Array(statements) };
}

/** Median processor time of some runs, in milliseconds. */
function cost(work: () => unknown, most = 4000): number {
  const times: number[] = [];
  for (const begin = performance.now(); times.length < 9 && (times.length < 3 || performance.now() - begin < most); ) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** One look at every vote: what no program can do without. */
function plainPass({ votes: { cells } }: Conversation): Float64Array {
  const counts = new Float64Array(3 * 21_845);
  for (let e = 0; e < cells.length; e++) counts[cells[e]!]!++;
  return counts;
}

const show = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const widths = [34, 14, 10, 9, 9, 9, 9, 10, 11, 9];
const line = (cells: readonly (string | number)[]): void => {
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]!) : String(cell).padStart(widths[i]!))).join('')}\n`);
};

function measure(name: string, it: Conversation, peak = ''): void {
  const pass = cost(() => plainPass(it), 200);
  const [steady, polis] = (['default', 'polis'] as const).map((mode) => cost(() => mapOpinions(it, { mode }))) as [number, number];
  const [redDwarf, python] = peers[name] ?? [null, null];
  const { participants, statements, cells } = it.votes;
  line([name, `${participants}x${statements}`, cells.length, show(steady), show(polis), show(pass), show(steady / pass), redDwarf ?? '', python ?? '', peak]);
}

function readFolder(folder: string): Conversation | null {
  const [votes, comments] = ['participants-votes.csv', 'comments.csv'].map((file) => join(folder, file)) as [string, string];
  if (!existsSync(votes)) return null;
  return conversationOf(readParticipantsVotes([readFileSync(votes)]), existsSync(comments) ? readComments([readFileSync(comments)]) : undefined);
}

/** Peak memory of a process that does nothing else. */
function peakOf(size: string): string {
  const child = spawnSync(process.execPath, [import.meta.filename, '--peak', size], { encoding: 'utf8' });
  return child.stdout.trim();
}

/** A live conversation: a hundred votes, then the whole map. */
function live(it: Conversation): void {
  const map = new LiveMap();
  const { rows, cells, participants } = it.votes;
  const begin = process.cpuUsage();
  for (let i = 0; i < participants; i++) for (let e = rows[i]!; e < rows[i + 1]!; e++) map.vote(i, Math.floor(cells[e]! / 3), ((cells[e]! % 3) - 1) as Vote);
  const filled = process.cpuUsage(begin);
  map.map();
  const random = chance(5);
  const hundred = () => {
    for (let v = 0; v < 100; v++) map.vote(Math.floor(random() * participants), Math.floor(random() * it.statements.length), ([-1, 0, 1] as const)[Math.floor(random() * 3)]!);
  };
  const votes = cost(hundred, 200);
  const whole = cost(() => {
    hundred();
    map.map();
  });
  process.stdout.write(`live, ${cells.length} votes: ${show(((filled.user + filled.system) / cells.length) * 1000)} ns a vote while filling, ${show(votes * 10)} µs for a vote's counters, ${show(whole)} ms for the whole map after 100 votes\n`);
}

const sizes: Record<string, readonly [number, number, number]> = {
  '1000 x 200': [1000, 200, 48_900],
  '10000 x 1000': [10_000, 1000, 1_000_000],
  '33422 x 783': [33_422, 783, 1_981_000],
  '100000 x 2000': [100_000, 2000, 9_950_000],
};

function everything(folders: readonly string[]): void {
  const nodes = spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.resourceUsage().maxRSS))'], { encoding: 'utf8' }).stdout;
  process.stdout.write(`an idle process of this program's runtime: ${(Number(nodes) / 1024).toFixed(0)} MB\n\n`);
  line(['conversation', 'size', 'votes', 'default', 'polis', 'pass', 'ratio', 'red-dwarf', 'Polis 2026', 'peak MB']);
  for (const folder of [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...folders]) {
    const it = readFolder(folder);
    if (it) measure(basename(folder), it);
  }
  for (const [name, size] of Object.entries(sizes)) measure(name, planted(...size), peakOf(name));
  live(planted(...sizes['10000 x 1000']!));
}

if (process.argv[2] === '--peak') {
  mapOpinions(planted(...sizes[process.argv[3]!]!));
  process.stdout.write((process.resourceUsage().maxRSS / 1024).toFixed(0));
} else everything(process.argv.slice(2));
