/** site(): a world of its own with the built site in front of it, and a reader of its pages. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { request as plain } from 'node:http';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { build } from '../../bin/build.js';
import { newId } from '#kernel/ids.ts';
import { urlFor, withClient } from '#platform/db/connection.ts';
import type { CacheOptions } from '#platform/web/cache.ts';
import { sessionCookie } from '#platform/web/session.ts';
import { HOME, TEST_SECRETS, databaseUrl } from './cluster.ts';
import { world, type TestPerson, type WorldOptions } from './world.ts';

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer; text: string };
export type Sent = { method?: string; cookie?: string; headers?: Record<string, string>; body?: Buffer | string };
export type FormValue = string | { name: string; bytes: Buffer; type?: string };

/** Only for what never comes: on a crowded machine everything takes many times as long. */
const HANGS_MS = 120_000;

/** Two test files that ask at the same moment wait for each other, and the second finds it built. */
export async function ensureBuilt(): Promise<void> {
  await withClient(databaseUrl(inject('adminUrl'), 'postgres'), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('abwab build'))`);
    if (!(await build())) throw new Error('The site could not be built.');
  });
}

export async function site(options: WorldOptions & { origin?: string; /** what is the same for everybody is kept in memory, as it is in use */ cache?: CacheOptions; env?: Record<string, string> } = {}) {
  await ensureBuilt();
  // The pages of the site look at the clock of the database.
  const given = await world({ now: new Date().toISOString(), ...options });
  const env = {
    ...process.env, ABWAB_HOME: HOME, ABWAB_PROFILE: given.profile.code, ABWAB_SECRET: Buffer.alloc(32, 7).toString('hex'), DATABASE_URL: given.database.url,
    PROTOCOL_HEADER: 'x-abwab-proto', BODY_SIZE_LIMIT: '9M', ...(options.origin ? { ABWAB_ORIGIN: options.origin } : {}),
    ...(options.cache ? { ABWAB_TEST_CACHE: JSON.stringify(options.cache), ABWAB_TEST_APP_URL: urlFor('abwab_app', given.database.url, TEST_SECRETS) } : {}), ...options.env,
  };
  const child = spawn(process.execPath, [join(HOME, 'src/testing/serve.ts')], { cwd: HOME, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let log = '';
  child.stdout.on('data', (text: Buffer) => { printed += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { log += text.toString(); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  afterAll(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', () => { const found = /READY (\d+)/.exec(printed); if (found) resolve(Number(found[1])); });
    void ended.then(() => reject(new Error(`The site did not start:\n${log}`)));
  });
  const own = options.origin ?? `http://127.0.0.1:${port}`;

  /** One request exactly as it is described; nothing is followed, nothing is added but `host`. */
  function fetchRaw(path: string, sent: Sent = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { accept: 'text/html', ...(sent.cookie ? { cookie: sent.cookie } : {}), ...(sent.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent.body)) }), ...sent.headers };
      const asked = plain({ host: '127.0.0.1', port, path, method: sent.method ?? 'GET', headers, timeout: HANGS_MS, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => { const body = Buffer.concat(parts); resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, text: body.toString() }); });
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer from ${path.slice(0, 100)} in ${HANGS_MS} ms`)));
      asked.on('error', reject);
      asked.end(sent.body);
    });
  }

  return {
    ...given, own,
    /** what the server has written to its log so far */
    log: () => log + printed,
    get: (path: string, more: Sent = {}) => fetchRaw(path, more),
    send: fetchRaw,
    /** a form as a browser without script sends it from one of our pages */
    post: (path: string, values: Record<string, string | readonly string[]>, more: Sent = {}) => {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(values)) for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
      return fetchRaw(path, { ...more, method: 'POST', body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: own, ...more.headers } });
    },
    /** a form with files */
    upload: (path: string, values: readonly (readonly [string, FormValue])[], more: Sent = {}) => {
      const edge = `edge${randomBytes(8).toString('hex')}`;
      return fetchRaw(path, { ...more, method: 'POST', body: multipart(edge, values), headers: { 'content-type': `multipart/form-data; boundary=${edge}`, origin: own, ...more.headers } });
    },
    /** the cookie of somebody's sitting */
    cookieOf: async (person: TestPerson): Promise<string> => {
      const token = randomBytes(32).toString('base64url');
      await given.pool.query(`insert into sessions (id, token_hash, person_id, assurance, via, device, created_at, seen_at, locks_at, expires_at) values ($1, $2, $3, $4, 'link', 'other', now(), now(), now() + interval '8 hours', now() + interval '8 hours')`,
        [newId<'session'>(), createHash('sha256').update(token).digest(), person.id, person.actor.assurance]);
      return `${sessionCookie(new URL(own))}=${token}`;
    },
  };
}

export type Site = Awaited<ReturnType<typeof site>>;

function multipart(edge: string, values: readonly (readonly [string, FormValue])[]): Buffer {
  const parts = values.map(([name, value]) => {
    const file = typeof value === 'string' ? '' : `; filename="${value.name}"\r\nContent-Type: ${value.type ?? 'application/octet-stream'}`;
    return Buffer.concat([Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`), typeof value === 'string' ? Buffer.from(value) : value.bytes, Buffer.from('\r\n')]);
  });
  return Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]);
}
