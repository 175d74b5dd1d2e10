/** The built pages in a process of their own with a database of their own, as people get them, and what people send. */
import { join } from 'node:path';
import pg from 'pg';
import { openSecrets } from '#platform/secrets.ts';
import { ensureBuilt } from '#testing/site.ts';
import { readFileSync } from 'node:fs';
import type { Started, workshop } from './commands.ts';

export const REPOSITORY = join(import.meta.dirname, '../..');
export const ALL = process.env.ABWAB_TEST_ALL !== undefined;
export const READY = /^READY (http:\/\/127\.0\.0\.1:\d+)$/m;
export const FORM = { title: 'الشارع الذي كتبتُ عنه طويلاً', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.' };

export async function realSite(here: ReturnType<typeof workshop>, data: string, settings: Record<string, string> = {}, port = '0'): Promise<Started> {
  await ensureBuilt();
  return here.startWith({ ABWAB_LEAST_FREE_MB: '0', ...settings }, REPOSITORY, 'start', '--port', port, '--data', data);
}

/** A form as a browser without script sends it. */
export async function send(url: string, path: string, values: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(url + path, { method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: new URLSearchParams(values).toString() });
  return { status: answer.status, to: answer.headers.get('location') ?? '', retry: answer.headers.get('retry-after'), text: await answer.text() };
}

export const post = (url: string, headers: Record<string, string> = {}) => send(url, '/new/need?/keep', FORM, headers);

/** As the superuser of the database that this data folder holds. */
export async function withDatabase<T>(data: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const port = readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
  return withAdmin(`postgres://postgres:${openSecrets(data, {}).derive('database superuser')}@127.0.0.1:${port}/abwab`, work);
}

export async function withAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** People with a sign-in of one factor each: what their cookies hold. */
export async function signedIn(client: pg.Client, count: number): Promise<{ id: string; token: string }[]> {
  const people = Array.from({ length: count }, (_, at) => ({ id: `10000000-0000-4000-8000-${String(at).padStart(12, '0')}`, token: `walker-${at}` }));
  await client.query(`insert into persons (id, created_at, verified) select id, now(), 'contact' from unnest($1::uuid[]) id on conflict do nothing`, [people.map((it) => it.id)]);
  for (const { id, token } of people) await signIn(client, id, token, 60);
  return people;
}

export const signIn = (client: pg.Client, person: string, token: string, minutesLeft: number) =>
  client.query(`insert into sessions (id, token_hash, person_id, via, created_at, seen_at, locks_at, expires_at) values (gen_random_uuid(), sha256($1::bytea), $2, 'code', now() - interval '1 day', now(), now() + $3 * interval '1 minute', now() + $3 * interval '1 minute')`, [Buffer.from(token), person, minutesLeft]);
