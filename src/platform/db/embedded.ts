/**
 * The PostgreSQL that comes with the project: real binaries, a data folder of its own. Whichever command comes first starts
 * it, others adopt it, and the last to leave stops it. After a hard kill it lives on and is adopted by the next.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { logError, logEvent } from '../log/index.ts';
import type { Secrets } from '../secrets.ts';
import { withFolderLock } from './folder-lock.ts';
import { endPostmaster, launch, makeCluster, postmasterOf } from './postgres.ts';

export type Embedded = { adminUrl: string; /** of those who serve a site on this data folder, one at a time; false when another does */ serveAlone(): Promise<boolean>; stop(): Promise<void> };

const DATABASE = 'abwab';
/** Advisory locks of the database `postgres`: everybody who uses the cluster shares the first, whoever serves holds the second. */
const LOCKS = { present: 827_146, serving: 827_147 } as const;
const READY_MS = 30_000;
/** A process of that number which does not answer for so long is another program. */
const ADOPT_MS = 10_000;
/** Those who served a session when it was killed need a moment to notice. */
const REVIVE_MS = 300;

/** `durable: false` is for test clusters, which hold nothing worth keeping and end with the terminal that started them. */
export async function startEmbedded(dataFolder: string, secrets: Secrets, durable = true): Promise<Embedded> {
  refuseUnreachable(dataFolder);
  const folder = join(dataFolder, 'pg');
  const password = secrets.derive('database superuser');
  const first = await withFolderLock(dataFolder, () => startOrAdopt(folder, password, durable));
  const { port } = first;
  let { presence } = first;
  let stopping = false;
  let serving = false;
  let reviving: Promise<void> | null = null;
  const serve = async () => (await presence.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCKS.serving])).rows[0]!.held;

  /** Killed from outside, or fallen: whoever notices starts it again, at the port where all others look for it. */
  async function revive(): Promise<void> {
    while (!stopping) {
      try {
        ({ presence } = await withFolderLock(dataFolder, () => startOrAdopt(folder, password, durable, port)));
        if (serving) await serve();
        logEvent('database started again');
        return watch();
      } catch (error) {
        logError('database not started', {}, error);
        await wait(REVIVE_MS);
      }
    }
  }

  function watch(): void {
    presence.once('end', () => {
      if (!stopping) reviving = revive().finally(() => (reviving = null));
    });
  }

  watch();
  return {
    adminUrl: urlAt(port, password, DATABASE),
    serveAlone: async () => (serving = await serve()),
    async stop() {
      stopping = true;
      await reviving;
      await withFolderLock(dataFolder, () => leave(folder, presence));
    },
  };
}

type Present = { port: number; presence: pg.Client };

async function startOrAdopt(folder: string, password: string, durable: boolean, before?: number): Promise<Present> {
  const running = postmasterOf(folder);
  const adopted = running && (await greet(running.port, password, ADOPT_MS, () => postmasterOf(folder) === null));
  if (adopted) return adopted;
  if (!existsSync(join(folder, 'PG_VERSION'))) await makeCluster(folder, password);
  const port = before ?? (await freePort());
  const launched = await launch(folder, ['-p', String(port), ...flags(durable)], durable);
  const started = await greet(port, password, READY_MS, () => launched.lastWords() !== null);
  if (!started) throw new Error(`The database did not start: ${launched.lastWords() ?? 'it does not answer'} (${folder}.log)`);
  await ensureDatabase(started.presence);
  return started;
}

/** Connects as soon as it answers, and stays, so that nobody stops it meanwhile; null when it never does. */
async function greet(port: number, password: string, patience: number, isGone: () => boolean): Promise<Present | null> {
  for (const until = Date.now() + patience; Date.now() < until && !isGone(); await wait(50)) {
    const presence = new pg.Client({ connectionString: urlAt(port, password, 'postgres'), application_name: 'abwab presence' });
    presence.on('error', () => undefined);
    try {
      await presence.connect();
      await presence.query('select pg_advisory_lock_shared($1)', [LOCKS.present]);
      return { port, presence };
    } catch (error) {
      await presence.end().catch(() => undefined);
      if ((error as { code?: string }).code === '28P01') throw new Error('The database in this data folder has another secret. Start with the data folder, and the ABWAB_SECRET, that belong together.', { cause: error });
    }
  }
  return null;
}

/** The last one turns off the light. */
async function leave(folder: string, presence: pg.Client): Promise<void> {
  const running = postmasterOf(folder);
  const alone = await presence.query<{ held: boolean }>('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) as held', [LOCKS.present]).then(({ rows }) => rows[0]!.held, () => false);
  await presence.end().catch(() => undefined);
  if (!alone || !running) return;
  endPostmaster(running);
  for (const until = Date.now() + READY_MS; Date.now() < until && postmasterOf(folder); await wait(20));
}

function flags(durable: boolean): string[] {
  const common = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=100', '-c', 'shared_buffers=128MB', '-c', 'jit=off', '-c', 'log_statement=none', '-c', 'log_min_error_statement=panic'];
  return durable ? common : [...common, '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
}

function urlAt(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (!rowCount) await client.query(`create database ${DATABASE}`);
}

/** As root the database runs under a user of its own, which must be able to walk into the data folder. */
function refuseUnreachable(dataFolder: string): void {
  mkdirSync(dataFolder, { recursive: true });
  if (process.getuid?.() !== 0) return;
  for (let folder = dataFolder; ; folder = dirname(folder)) {
    if (!(statSync(folder).mode & 0o001)) {
      throw new Error(`The database has a user of its own, who cannot walk into ${folder}. Choose a folder that everybody can reach: npm start -- --data /var/lib/abwab`);
    }
    if (folder === dirname(folder)) return;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
