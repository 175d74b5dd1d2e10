/** One PostgreSQL for all database tests, with a migrated template that each test file copies in a moment. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool, urlFor, withClient } from '#platform/db/connection.ts';
import { startEmbedded } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDoors } from '#platform/doors.ts';
import { readProfile } from '#platform/profile.ts';
import { secretsFrom } from '#platform/secrets.ts';
import { loadBodies } from '#features/directory/server/index.ts';
import { loadLexicon } from '#features/lexicon/server/index.ts';
import { loadPlaces } from '#features/places/server/index.ts';
import type { Tables } from '#features/context.ts';

export const HOME = join(import.meta.dirname, '../..');
export const TEST_SECRETS = secretsFrom(Buffer.alloc(32, 7));
export const PROFILES = ['test', 'aleppo', 'import'] as const;
export type TestProfile = (typeof PROFILES)[number];

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export const templateName = (profile: TestProfile): string => `abwab_template_${profile}`;

/** Starts the cluster; the template of a profile is made when a test first asks for it. */
export async function startTestCluster(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const base = join(tmpdir(), 'abwab-tests');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(base, 'pg-'));
  chmodSync(folder, 0o755);
  const cluster = await startEmbedded(folder, TEST_SECRETS, false);
  return {
    adminUrl: cluster.adminUrl,
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the template once; two test files that ask at the same moment wait for each other. */
export async function ensureTemplate(adminUrl: string, profile: TestProfile): Promise<string> {
  const name = templateName(profile);
  await withClient(databaseUrl(adminUrl, 'postgres'), async (client) => {
    // One at a time, whatever the profile: roles belong to the whole cluster.
    await client.query(`select pg_advisory_lock(hashtext('abwab template'))`);
    const { rowCount } = await client.query(`select 1 from pg_database where datname = $1 and datistemplate`, [name]);
    if (rowCount) return;
    await client.query(`drop database if exists ${name}`);
    await client.query(`create database ${name}`);
    await fill(databaseUrl(adminUrl, name), profile);
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

async function fill(url: string, code: TestProfile): Promise<void> {
  await migrate(url, HOME, TEST_SECRETS);
  const doors = openDoors<Tables>({ pool: openPool(urlFor('abwab_app', url, TEST_SECRETS), 1), profile: readProfile(HOME, code), secrets: TEST_SECRETS });
  const who = { actor: { kind: 'system', job: 'start' } as const, caller: null };
  await doors.act(who, loadPlaces, undefined);
  await doors.act(who, loadLexicon, undefined);
  await doors.act(who, loadBodies, undefined);
  await doors.close();
}

/** A database of its own, dropped by `drop`. */
export async function copyTemplate(adminUrl: string, profile: TestProfile): Promise<{ url: string; drop(): Promise<void> }> {
  const template = await ensureTemplate(adminUrl, profile);
  const name = `t_${randomBytes(6).toString('hex')}`;
  const maintenance = databaseUrl(adminUrl, 'postgres');
  await withClient(maintenance, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: databaseUrl(adminUrl, name),
    drop: async () => {
      await withClient(maintenance, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
