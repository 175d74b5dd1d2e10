import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { entryCount, openCheckpoint, parseSigning, verifierText } from '#engines/merkle-log/index.ts';
import { openRecord, RecordFault } from '#features/record/server/jobs.ts';
import { logFolderOf, readConfig, type Config } from '#platform/config.ts';
import { fingerprintOf } from '#platform/db/backup.ts';
import { BackupFault, checkBackup, readManifest, type BackupManifest } from '#platform/db/backup-manifest.ts';
import { postmasterOf } from '#platform/db/postgres.ts';
import { emptyDatabase, isEmpty, isInUse, refuseForeignSteps, restoreDatabase } from '#platform/db/restore.ts';
import { openSecrets, secretsFrom, type Secrets } from '#platform/secrets.ts';
import { SignerAway } from '#platform/tlog/signer-server.ts';
import { openDatabase, openInstallation, TERMINAL } from '../house/open.ts';
import { readOptions, setPlace } from '../house/options.ts';
import { say, seconds } from '../house/say.ts';

const usage = `abwab restore BACKUP [--keys FOLDER] [--over] [--data FOLDER] [--json]
  Puts a backup that abwab backup has made into an empty place, and compares all of it with the backup afterwards.
  BACKUP  the folder with manifest.json
  --keys  the folder that abwab backup --keys has written: the secret, and the key that signs the record
  --over  also where data is already: what is there is moved aside (in a database of DATABASE_URL: deleted)
  Nothing is touched before every hash of the backup has been checked. Stop the site and its jobs first.`;
const options = { keys: { type: 'string' }, over: { type: 'boolean' }, data: { type: 'string' }, json: { type: 'boolean' } } as const;

type Asked = { config: Config; folder: string; manifest: BackupManifest; keys: string | null; over: boolean };

export const restore = {
  summary: 'puts a backup into an empty place, and checks it',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals } = readOptions(args, options, usage, 1);
    setPlace(values, usage);
    if (!positionals[0]) {
      process.stderr.write(`${usage}\n`);
      return 2;
    }
    const began = Date.now();
    const folder = resolve(positionals[0]);
    const asked: Asked = { config: readConfig(), folder, manifest: readManifest(folder), keys: values.keys ? resolve(values.keys) : null, over: values.over ?? false };
    const { rows, applied } = await putBack(asked);
    say(`restored ${rows} rows and ${asked.manifest.files.length} files of ${asked.manifest.at.slice(0, 16).replace('T', ' ')} UTC; all of it reads as it was written (${seconds(began)})`);
    if (applied.length > 0) say(`brought to this version: ${applied.join(', ')}`);
    const record = await mendRecord(asked.config);
    if (values.json) process.stdout.write(`${JSON.stringify({ rows, files: asked.manifest.files.length, at: asked.manifest.at, applied, record })}\n`);
    return 0;
  },
};

async function putBack({ config, folder, manifest, keys, over }: Asked): Promise<{ rows: number; applied: string[] }> {
  refuseForeignSteps(config.home, manifest);
  if (manifest.profile !== config.profile) throw new BackupFault(`The backup is of «${manifest.profile}», and this installation is set to «${config.profile}». Set ABWAB_PROFILE=${manifest.profile}, then restore.`);
  say('checking the backup …');
  await checkBackup(folder, manifest);
  const secret = secretFor(config, manifest, keys);
  await refuseOccupied(config, over);
  const aside = over ? moveAside(config) : null;
  if (aside) say(`what was there lies in ${aside}`);
  if (secret) writeSecret(config, secret);
  for (const { path } of manifest.files) {
    mkdirSync(dirname(join(config.data, path)), { recursive: true });
    copyFileSync(join(folder, path), join(config.data, path));
  }
  if (keys) await putSigner(config, keys);
  const secrets = openSecrets(config.data);
  const database = await openDatabase(config, secrets);
  let whole = false;
  try {
    if (over) await emptyDatabase(database.adminUrl);
    const done = await restoreDatabase({ adminUrl: database.adminUrl, home: config.home, secrets, folder, manifest });
    whole = true;
    return done;
  } finally {
    // Half a restore is none: the next try begins with an empty place again.
    if (!whole && config.databaseUrl) await emptyDatabase(database.adminUrl).catch(() => undefined);
    await database.stop();
    if (!whole) for (const name of config.databaseUrl ? ['record'] : ['pg', 'record']) rmSync(join(config.data, name), { recursive: true, force: true });
  }
}

/** The text of the secret to be written; null when the one that is here already belongs to the backup. */
function secretFor(config: Config, manifest: BackupManifest, keys: string | null): string | null {
  const belongs = (secrets: Secrets) => fingerprintOf(secrets) === manifest.secretFingerprint;
  const named = keys && join(keys, 'secret');
  if (named && existsSync(named)) {
    const text = readFileSync(named, 'utf8').trim();
    if (!/^[0-9a-f]{64,}$/i.test(text) || !belongs(secretsFrom(Buffer.from(text, 'hex')))) throw new BackupFault(`The secret in ${keys} belongs to another installation than the backup.`);
    return text;
  }
  if ((process.env.ABWAB_SECRET || existsSync(join(config.data, 'secret'))) && belongs(openSecrets(config.data))) return null;
  throw new BackupFault('The secret that belongs to this backup is not here; without it nothing that is sealed can be read. Name the folder that abwab backup --keys has written: --keys FOLDER');
}

async function refuseOccupied(config: Config, over: boolean): Promise<void> {
  if (postmasterOf(join(config.data, 'pg'))) throw new BackupFault(`A database runs on ${config.data}. Stop the site and its jobs, then restore.`);
  if (config.databaseUrl) {
    // Not connected as we connect ourselves: only whoever works with it counts.
    if (await isInUse(config.databaseUrl)) throw new BackupFault('A site or its jobs use this database now. Stop them, then restore.');
    if (!over && !(await isEmpty(config.databaseUrl))) throw new BackupFault('The database that DATABASE_URL names holds data already. Name an empty one, or delete what is there: --over');
  }
  if (!over && ['pg', 'record'].some((name) => existsSync(join(config.data, name)))) throw new BackupFault(`${config.data} holds data already. Choose an empty folder (--data FOLDER), or move what is there aside: --over`);
}

/** Nothing is deleted of a data folder: whoever restored by mistake finds it again. The signer stays, which knows best what it signed. */
function moveAside(config: Config): string | null {
  const there = ['pg', 'record', 'secret'].filter((name) => existsSync(join(config.data, name)));
  if (there.length === 0) return null;
  const aside = join(config.data, `replaced-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  // The secret may be the one that is needed: it stays, and lies beside what it opens.
  for (const name of there) if (name === 'secret') cpSync(join(config.data, name), join(aside, name)); else renameSync(join(config.data, name), join(aside, name));
  return aside;
}

function writeSecret(config: Config, text: string): void {
  mkdirSync(config.data, { recursive: true });
  rmSync(join(config.data, 'secret'), { force: true });
  writeFileSync(join(config.data, 'secret'), text, { mode: 0o600, flag: 'wx' });
}

/** The key, and the newest of what is known to have been signed with it: with an older one, another past could be signed. */
async function putSigner(config: Config, keys: string): Promise<void> {
  const from = join(keys, 'signer');
  const to = join(config.data, 'signer');
  if (config.signer || existsSync(join(to, 'key')) || !existsSync(join(from, 'key'))) return;
  const key = await parseSigning(readFileSync(join(from, 'key'), 'utf8'));
  const notes = [join(from, 'last-signed'), join(logFolderOf(config), 'checkpoint')].filter((path) => existsSync(path)).map((path) => readFileSync(path));
  const known = await Promise.all(notes.map((note) => openCheckpoint(note, key.verifier).catch(() => null)));
  const newest = known.filter((it) => it !== null).toSorted((a, b) => b.size - a.size)[0];
  if (!newest) throw new BackupFault(`Nothing in ${keys} or in the backup was signed with the key ${verifierText(key.verifier)}. Is it the key of this record?`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  chmodSync(to, 0o700);
  writeFileSync(join(to, 'last-signed'), newest.note, { mode: 0o600 });
  writeFileSync(join(to, 'key'), readFileSync(join(from, 'key')), { mode: 0o600 });
}

/** What the record's files know and the database does not comes back; others may know more, which only they can say. */
async function mendRecord(config: Config): Promise<{ back: number; size: number } | null> {
  if (!config.signer && !existsSync(join(config.data, 'signer/key'))) {
    // Started now, a signer would make a key of its own, which is not the record's.
    say(`the key that signs the record is not here. Copy it to ${join(config.data, 'signer')} (key and last-signed) before the first start, then: abwab record catch-up`);
    return null;
  }
  const it = await openInstallation(config);
  const keeper = openRecord(it.config, it.house, TERMINAL);
  try {
    const { back } = await keeper.catchUp();
    const { published } = await keeper.sizes();
    say(`the record has ${entryCount(published)}${back > 0 ? `, ${back} of which came back from its files` : ''}.`);
    say('If others have seen a longer one, bring it back before the first start: abwab record catch-up --from THEIR-COPY');
    return { back, size: published };
  } catch (error) {
    if (!(error instanceof RecordFault) && !(error instanceof SignerAway)) throw error;
    say(`the record waits: ${error.message}`);
    say('When its signer is there: abwab record catch-up');
    return null;
  } finally {
    keeper.close();
    await it.close();
  }
}
