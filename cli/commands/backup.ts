import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { noteBackup } from '#features/places/server/index.ts';
import { readConfig, type Config } from '#platform/config.ts';
import { backUp, backUpKeys, type Backup } from '#platform/db/backup.ts';
import { tableFile } from '#platform/db/backup-manifest.ts';
import { withClient } from '#platform/db/connection.ts';
import { readProfile } from '#platform/profile.ts';
import { openSecrets } from '#platform/secrets.ts';
import { doorsOf, openDatabase, TERMINAL, whatToBackUp } from '../house/open.ts';
import { readOptions, setPlace, wrongUsage } from '../house/options.ts';
import { seconds } from '../house/say.ts';

const usage = `abwab backup [--to FOLDER] [--keys FOLDER] [--keep N] [--data FOLDER] [--json]
  Copies the database in one snapshot, the published record and the settings, while the site goes on. What it wrote is named
  with hashes in manifest.json; abwab restore checks all of them.
  --to    another disk, best on another machine; default: backups/ in the data folder, which burns together with it
  --keys  also copies what no backup holds: the installation's secret, and the key that signs the record. Once is enough, and
          again after the key has changed; keep that folder apart from the backups, as one keeps a seal
  --keep  how many stay in that place, this one included; older ones go. Default: all`;
const options = { to: { type: 'string' }, keys: { type: 'string' }, keep: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } } as const;

export const backup = {
  summary: 'copies the data into a folder that can be restored',
  usage,
  async run(args: string[]): Promise<number> {
    const { values } = readOptions(args, options, usage, 0);
    setPlace(values, usage);
    if (values.keep !== undefined && !/^[1-9]\d{0,3}$/.test(values.keep)) wrongUsage(`--keep is no number of backups: ${values.keep}`, usage);
    const config = readConfig();
    if (!statSync(config.data, { throwIfNoEntry: false })) throw new Error(`There is no installation in ${config.data}.`);
    const began = Date.now();
    const done = await make(config, values.to && resolve(values.to), values.keep === undefined ? {} : { keep: Number(values.keep) });
    const rows = done.manifest.tables.reduce((sum, it) => sum + it.rows, 0);
    const bytes = done.manifest.tables.reduce((sum, it) => sum + statSync(join(done.folder, tableFile(it))).size, 0) + done.manifest.files.reduce((sum, it) => sum + it.bytes, 0);
    process.stderr.write(`Backed up: ${done.folder}: ${rows} rows, ${done.manifest.files.length} files of the record, ${(bytes / 1e6).toFixed(1)} MB (${seconds(began)}).\n`);
    const keys = values.keys ? copyKeys(config, resolve(values.keys)) : null;
    if (!keys) process.stderr.write('It holds neither the secret nor the key that signs the record: copy them once, to another place, with --keys FOLDER.\n');
    if (!values.to) process.stderr.write('It lies on the same disk as the data. Copy it away, or name another place with --to FOLDER.\n');
    if (values.json) process.stdout.write(`${JSON.stringify({ folder: done.folder, at: done.manifest.at, rows, bytes, keys })}\n`);
    return 0;
  },
};

async function make(config: Config, to: string | undefined, more: { keep?: number }): Promise<Backup> {
  const secrets = openSecrets(config.data);
  const database = await openDatabase(config, secrets);
  const house = doorsOf(database.adminUrl, config, readProfile(config.home, config.profile), secrets);
  try {
    const done = await withClient(database.adminUrl, (client) => backUp(client, { ...whatToBackUp(config, secrets), why: 'backup', ...(to ? { to } : {}), ...more })).catch((error: Error & { code?: string }) => {
      if (error.code === '42P01') throw new Error('There is no data to back up: the database was never set up. Start the site once.', { cause: error });
      throw error;
    });
    const elsewhere = to !== undefined && relative(config.data, to).startsWith('..');
    await house.act(TERMINAL, noteBackup, { rows: done.manifest.tables.reduce((sum, it) => sum + it.rows, 0), elsewhere });
    return done;
  } finally {
    await house.close();
    await database.stop();
  }
}

function copyKeys(config: Config, to: string) {
  const keys = backUpKeys(config.data, to);
  process.stderr.write(`Copied to ${to}: ${keys.copied.join(', ')}.\n`);
  if (keys.missing.includes('signer/key')) process.stderr.write('The key of the record could not be copied: a signer of its own keeps it, as a user of its own. Copy its --state folder as that user.\n');
  if (keys.missing.includes('secret')) process.stderr.write('There is no file with the secret: it is set as ABWAB_SECRET. Keep that apart too.\n');
  return keys;
}
