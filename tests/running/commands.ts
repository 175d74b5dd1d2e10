/** Real commands on a data folder of their own. The site itself is not built for them: what they run is a small stand-in. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '#platform/db/postgres.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
/** Only for what never comes: on a crowded machine everything takes many times as long. */
const PATIENCE_MS = 120_000;
/** A site that has been told to stop gives itself twenty seconds. */
const STOP_MS = 30_000;

export type Told = { code: number | null; out: string; err: string };
export type Started = { child: ChildProcess; told: Told; says(pattern: RegExp): Promise<string>; ended: Promise<Told> };

/** A folder in which the database's own user can walk; removed by `clear`. */
export function workshop(profile: 'test' | 'import' = 'test', more: Record<string, string> = {}) {
  const base = join(tmpdir(), 'abwab-running');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(base, 'it-'));
  chmodSync(folder, 0o755);
  const running: Started[] = [];

  /** A checkout with steps of its own, and with pages that say one word. */
  function checkout(name: string, steps: Record<string, string> = {}): string {
    const home = join(folder, name);
    mkdirSync(join(home, 'build'), { recursive: true });
    cpSync(join(REPOSITORY, 'db'), join(home, 'db'), { recursive: true });
    for (const [step, sql] of Object.entries(steps)) writeFileSync(join(home, 'db/migrations', step), sql);
    for (const part of ['profiles', 'cli']) symlinkSync(join(REPOSITORY, part), join(home, part));
    writeFileSync(join(home, 'build/handler.js'), `export const handler = (request, response) => {
  if (request.url !== '/slow') return response.end('مفتوح');
  process.stderr.write('asked slowly\\n');
  setTimeout(() => response.end('مفتوح'), 1500);
};\n`);
    return home;
  }

  function startWith(settings: Record<string, string>, home: string, ...args: string[]): Started {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ABWAB_HOME: home, ABWAB_PROFILE: profile, ...more, ...settings };
    const child = spawn(process.execPath, [join(REPOSITORY, 'cli/abwab.ts'), ...args], { cwd: REPOSITORY, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const told: Told = { code: null, out: '', err: '' };
    child.stdout!.on('data', (text: Buffer) => { told.out += text.toString(); });
    child.stderr!.on('data', (text: Buffer) => { told.err += text.toString(); });
    const ended = new Promise<Told>((resolve) => { child.once('close', (code) => resolve({ ...told, code })); });
    const it = { child, told, ended, says: (pattern: RegExp) => says(it, pattern) };
    running.push(it);
    return it;
  }

  const start = (home: string, ...args: string[]): Started => startWith({}, home, ...args);

  /** Whatever a test left running, also one that failed in the midst of it: programs first, then the databases of this folder. */
  async function stopAll(): Promise<void> {
    const data = readdirSync(folder).map((name) => join(folder, name)).filter((it) => existsSync(join(it, 'pg')));
    for (const it of data) thaw(it);
    await Promise.all(running.splice(0).map(async (it) => {
      if (it.child.exitCode === null && it.child.signalCode === null) it.child.kill('SIGTERM');
      const force = setTimeout(() => it.child.kill('SIGKILL'), STOP_MS);
      await it.ended;
      clearTimeout(force);
    }));
    for (const it of data) await endDatabase(it);
  }

  return {
    folder, checkout, start, startWith, stopAll,
    run: (home: string, ...args: string[]): Promise<Told> => start(home, ...args).ended,
    clear: async () => {
      await stopAll();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** One that nobody else had a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The process that keeps the database of this data folder; null while there is none. */
export function postmasterIn(data: string): number | null {
  const file = join(data, 'pg/postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && isAlive(pid) ? pid : null;
}

const childrenOf = (pid: number): number[] => spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout.trim().split('\n').filter(Boolean).map(Number);

/** A process that has ended meanwhile needs no signal. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Stopped, not killed: it neither answers nor hangs up, which is the worse of both. */
export function freeze(data: string): void {
  const pid = postmasterIn(data)!;
  // Its own process first, so that it makes no more of them.
  signal(pid, 'SIGSTOP');
  for (const it of childrenOf(pid)) signal(it, 'SIGSTOP');
}

export function thaw(data: string): void {
  const pid = postmasterIn(data);
  if (pid !== null) for (const it of [pid, ...childrenOf(pid)]) signal(it, 'SIGCONT');
}

async function endDatabase(data: string): Promise<void> {
  const pid = postmasterIn(data);
  if (pid === null) return;
  signal(pid, 'SIGQUIT');
  for (const until = Date.now() + STOP_MS; isAlive(pid) && Date.now() < until;) await wait(20);
}

async function says({ told, child }: Started, pattern: RegExp): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const found = pattern.exec(told.out) ?? pattern.exec(told.err);
    if (found) return found[1] ?? found[0];
    if (Date.now() > until || child.exitCode !== null) throw new Error(`It did not say ${pattern}:\n${told.err}\n${told.out}`);
    await wait(20);
  }
}
