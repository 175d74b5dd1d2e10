/** A real server for a spec file: its own data folder, its own database, stopped and removed at the end. */
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOME = join(import.meta.dirname, '../..');
const STARTING = 120_000;
const STOPPING = 15_000;

export type ServerOptions = {
  /** a folder of profiles/; aleppo where it is not named */
  profile?: string;
  /** what this server's governorate has decided otherwise than its profile, such as publishing answers at once */
  settings?: Record<string, unknown>;
  demo?: boolean;
  env?: Record<string, string>;
};

export type TestServer = {
  /** http://127.0.0.1:…, without a slash at the end */
  url: string;
  data: string;
  /** what it has printed so far; the first administrator's link and the demonstration's links are there */
  printed(): string;
  /** the first group of a pattern in what it prints, waited for */
  says(pattern: RegExp): Promise<string>;
  /** runs `abwab …` on the same data */
  command(...args: string[]): Promise<{ code: number; out: string; err: string }>;
  stop(): Promise<void>;
};

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const data = freshFolder();
  const home = options.settings ? homeWith(options.profile ?? 'aleppo', options.settings) : HOME;
  // Tests write behind the site's back, and look at once.
  const env = { ...process.env, ABWAB_REMEMBER: '0', ABWAB_HOME: home, ABWAB_DATA: data, ...(options.profile ? { ABWAB_PROFILE: options.profile } : {}), ...options.env };
  // The whole group is ended with it: PostgreSQL is its child.
  const child = spawn(process.execPath, [join(HOME, 'cli/abwab.ts'), 'start', '--port', '0', '--data', data, ...(options.demo ? ['--demo'] : [])], { cwd: HOME, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { printed += text.toString(); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  let over = false;
  void ended.then(() => { over = true; });

  async function says(pattern: RegExp): Promise<string> {
    const until = Date.now() + STARTING;
    for (;;) {
      const found = pattern.exec(printed);
      if (found) return found[1] ?? found[0];
      if (over || Date.now() > until) throw new Error(`The server ${over ? 'ended' : 'did not answer'} before it said ${pattern}:\n${printed.slice(-4_000)}`);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOPPING);
    await ended;
    clearTimeout(force);
    for (const folder of home === HOME ? [data] : [data, home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  try {
    const url = await says(/^READY (http:\/\/\S+)$/m);
    return { url, data, printed: () => printed, says, command: (...args) => command(env, args), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Below the system's folder for such things, where the database's own user can walk in. */
function freshFolder(): string {
  const base = join(tmpdir(), 'abwab-journeys');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const data = mkdtempSync(join(base, 'data-'));
  chmodSync(data, 0o755);
  return data;
}

/** The program itself, by links, beside a profile of its own. */
function homeWith(profile: string, settings: Record<string, unknown>): string {
  const home = freshFolder();
  for (const name of readdirSync(HOME)) if (!['profiles', '.git', 'data'].includes(name)) symlinkSync(join(HOME, name), join(home, name));
  cpSync(join(HOME, 'profiles', profile), join(home, 'profiles', profile), { recursive: true });
  const file = join(home, 'profiles', profile, 'profile.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...settings }));
  return home;
}

function command(env: NodeJS.ProcessEnv, args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(HOME, 'cli/abwab.ts'), ...args], { cwd: HOME, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const told = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => { told.out += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { told.err += text.toString(); });
    child.once('close', (code) => resolve({ code: code ?? 1, ...told }));
  });
}
