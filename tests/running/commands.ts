/** Real commands on a data folder of their own. The site itself is not built for them: what they run is a small stand-in. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
const PATIENCE_MS = 60_000;

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
    writeFileSync(join(home, 'build/handler.js'), `export const handler = (request, response) => setTimeout(() => response.end('مفتوح'), request.url === '/slow' ? 1500 : 0);`);
    return home;
  }

  function start(home: string, ...args: string[]): Started {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ABWAB_HOME: home, ABWAB_PROFILE: profile, ...more };
    const child = spawn(process.execPath, [join(REPOSITORY, 'cli/abwab.ts'), ...args], { cwd: REPOSITORY, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const told: Told = { code: null, out: '', err: '' };
    child.stdout!.on('data', (text: Buffer) => { told.out += text.toString(); });
    child.stderr!.on('data', (text: Buffer) => { told.err += text.toString(); });
    const ended = new Promise<Told>((resolve) => { child.once('close', (code) => resolve({ ...told, code })); });
    const it = { child, told, ended, says: (pattern: RegExp) => says(it, pattern) };
    running.push(it);
    return it;
  }

  return {
    folder, checkout, start,
    run: (home: string, ...args: string[]): Promise<Told> => start(home, ...args).ended,
    clear: async () => {
      for (const it of running) if (it.child.exitCode === null && it.child.signalCode === null) it.child.kill('SIGTERM');
      await Promise.all(running.map((it) => it.ended));
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function says({ told, child }: Started, pattern: RegExp): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const found = pattern.exec(told.out) ?? pattern.exec(told.err);
    if (found) return found[1] ?? found[0];
    if (Date.now() > until || child.exitCode !== null) throw new Error(`It did not say ${pattern}:\n${told.err}\n${told.out}`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}
