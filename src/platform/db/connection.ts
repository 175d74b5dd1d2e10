/** Connections to PostgreSQL: who logs in, and how its values reach JavaScript. */
import pg from 'pg';
import type { Secrets } from '../secrets.ts';

// DATE stays a text 'YYYY-MM-DD' (a JavaScript Date would move it by a time zone); bigint stays exact.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text));
const anyInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantOf);

export const ROLES = { owner: 'abwab_owner', app: 'abwab_app', jobs: 'abwab_jobs' } as const;

/** `2026-11-30 18:42:07.123456+00`, as nearly all are written, is read where it stands, as the lists of a site hold hundreds of them; every other form goes to the driver. */
export function instantOf(text: string): Date {
  const two = (at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  if (text.length < 22 || text.length > 29 || text[4] !== '-' || text[0] === '0' || !text.endsWith('+00')) return anyInstant(text) as unknown as Date;
  let thousandths = 0;
  for (let at = 20, worth = 100; at < text.length - 3 && worth >= 1; at++, worth /= 10) thousandths += (text.charCodeAt(at) - 48) * worth;
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), thousandths));
}

/** The same server and database, as another role with the password derived for it. */
export function urlFor(role: 'abwab_app' | 'abwab_jobs', adminUrl: string, secrets: Secrets): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = secrets.derive(`database role ${role}`);
  return url.href;
}

/** How much a word has to look like another to be found in its place: «<%» asks for it in every search. */
const SETTINGS = '-c pg_trgm.word_similarity_threshold=0.4';

/** For the queue, which writes the numbers of its jobs as JSON: a bigint there would end the process with the first job that fails. */
export const NUMBERS_AS_TEXT: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => (oid === pg.types.builtins.INT8 ? (text: string) => text : pg.types.getTypeParser(oid, format))) as pg.CustomTypesConfig['getTypeParser'],
};

/** For those who answer people: a statement that takes so long is given up by the database itself, and so is waiting for what another holds. */
const HURRIED = '-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s';

/** People are told soon that there is no connection to be had; a terminal, a job and a test have time. */
const CONNECT_MS = { hurried: 5_000, patient: 60_000 } as const;

type PoolWishes = { readOnly?: boolean; types?: pg.CustomTypesConfig; pace?: keyof typeof CONNECT_MS };

/** `readOnly`: PostgreSQL refuses every write of these connections. `types`: how values reach JavaScript, where not as everywhere. */
export function openPool(url: string, max: number, { readOnly = false, types, pace = 'patient' }: PoolWishes = {}): pg.Pool {
  const options = [SETTINGS, ...(readOnly ? ['-c default_transaction_read_only=on'] : []), ...(pace === 'hurried' ? [HURRIED] : [])].join(' ');
  // Parts of one page that ask at once share its connection: what they ask is sent together and answered in turn.
  const pool = new pg.Pool({ ...(types ? { types } : {}), connectionString: url, max, connectionTimeoutMillis: CONNECT_MS[pace], idleTimeoutMillis: 30_000, application_name: 'abwab', options, pipeline: true });
  // A connection lost while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // One that is in use when the database goes away hears of it by its query; the event itself must not end the process.
  pool.on('connect', (client) => { client.on('error', () => undefined); });
  return pool;
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
