/** Opens the installation for a command: its database (embedded unless DATABASE_URL names another) and its doors. */
import { readConfig, type Config } from '#platform/config.ts';
import { backUp, type BackupOptions } from '#platform/db/backup.ts';
import { openPool, urlFor, withClient } from '#platform/db/connection.ts';
import { startEmbedded, type Embedded } from '#platform/db/embedded.ts';
import { fullDisk } from '#platform/disk.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDoors } from '#platform/doors.ts';
import { readProfile, type Profile } from '#platform/profile.ts';
import { openSecrets, type Secrets } from '#platform/secrets.ts';
import { loadBodies } from '#features/directory/server/index.ts';
import { inhabitants } from '#features/people/server/index.ts';
import { loadLexicon } from '#features/lexicon/server/index.ts';
import { loadPlaces } from '#features/places/server/index.ts';
import type { House, Tables } from '#features/context.ts';
import { VERSION } from '#platform/web/version.ts';
import { say } from './say.ts';

export type Installation = {
  config: Config; secrets: Secrets; profile: Profile; adminUrl: string; house: House; applied: string[];
  /** false when another process serves a site on this data folder already; many may share a server of their own */
  serveAlone(): Promise<boolean>;
  close(): Promise<void>;
};

/** Advisory lock of whoever loads the profile. */
const LOADING = 827_152;

const STARTING = { actor: { kind: 'system', job: 'start' } as const, caller: null };
export const TERMINAL = { actor: { kind: 'system', job: 'terminal' } as const, caller: null };

/** Starts or adopts the database, backs it up where it has to change, migrates it, and loads the profile on the first start. */
export async function openInstallation(config: Config = readConfig()): Promise<Installation> {
  const profile = readProfile(config.home, config.profile);
  const secrets = openSecrets(config.data);
  const database = await openDatabase(config, secrets);
  try {
    return await furnish(config, profile, secrets, database);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** The database alone, as it is: nothing is changed. */
export const openDatabase = (config: Config, secrets: Secrets): Promise<Embedded> => (config.databaseUrl ? openServer(config.databaseUrl) : startEmbedded(config.data, secrets));

export const doorsOf = (adminUrl: string, config: Config, profile: Profile, secrets: Secrets): House =>
  openDoors<Tables>({ pool: openPool(urlFor('abwab_app', adminUrl, secrets), 4), profile, secrets, full: fullDisk(config) });

async function furnish(config: Config, profile: Profile, secrets: Secrets, database: Embedded): Promise<Installation> {
  const applied = await migrate(database.adminUrl, config.home, secrets, {
    before: async (client, first) => {
      const { folder } = await backUp(client, { ...whatToBackUp(config, secrets), why: `before-${first.replace(/\.sql$/, '')}` });
      say(`backed up before ${first}: ${folder}`);
    },
  });
  const house = doorsOf(database.adminUrl, config, profile, secrets);
  const close = async () => {
    await house.close();
    await database.stop();
  };
  // Two servers that start at once on one new database: the second finds what the first has loaded.
  await withClient(database.adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOADING]);
    // A site starts also where its disk is nearly full: people read on.
    await house.act(STARTING, loadPlaces, undefined);
    await house.act(STARTING, loadLexicon, undefined);
    await house.act(STARTING, loadBodies, undefined);
  });
  // Demonstration content says so on every page, also when the installation is started without asking for it.
  const demo = (await house.ask(TERMINAL, inhabitants, undefined)) === 'demonstration';
  return { config: { ...config, demo }, secrets, profile, adminUrl: database.adminUrl, house, applied, serveAlone: database.serveAlone, close };
}

/** A server that somebody else keeps. */
async function openServer(adminUrl: string): Promise<Embedded> {
  await withClient(adminUrl, (client) => client.query('select 1')).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The database that DATABASE_URL names does not let us in (${error.code ?? error.message}).`, { cause: error });
  });
  return { adminUrl, serveAlone: async () => true, stop: async () => undefined };
}

/** What every backup of this installation says about it. Passwords and keys are no part of it. */
export function whatToBackUp(config: Config, secrets: Secrets): Omit<BackupOptions, 'why'> {
  const withoutPassword = (address: string | null) => {
    const url = address === null ? null : URL.parse(address);
    return url && `${url.protocol}//${url.host}${url.pathname}`;
  };
  return {
    dataFolder: config.data, version: VERSION, profile: config.profile, secrets,
    configuration: {
      ABWAB_PROFILE: config.profile, ABWAB_ORIGIN: config.origin, ABWAB_LOG_ORIGIN: config.logOrigin, ABWAB_SIGNER: config.signer, ABWAB_MAIL_FROM: config.mailFrom, HOST: config.host, PORT: String(config.port),
      DATABASE_URL: withoutPassword(config.databaseUrl), ABWAB_SMTP_URL: withoutPassword(config.smtpUrl),
    },
  };
}
