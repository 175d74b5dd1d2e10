import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { announcedKey } from '#features/record/leaf.ts';
import { logFolderOf, readConfig } from '#platform/config.ts';
import { withFolderLock } from '#platform/db/folder-lock.ts';
import { beginRotation, endRotation, openSigner } from '#platform/tlog/signer.ts';
import { originOfLog } from '#platform/tlog/signer-child.ts';
import { serveSigner, signerFolder, socketOf } from '#platform/tlog/signer-server.ts';
import { openLogAt } from '../house/open-log.ts';
import { readOptions, wrongUsage } from '../house/options.ts';
import { say } from '../house/say.ts';

const usage = `abwab signer [rotate|retire] [--state FOLDER] [--socket PATH] [--origin NAME] [--log URL|FOLDER]
  Signs what continues the record, and nothing else. Run it as a user of its own; point ABWAB_SIGNER of the site and of the
  jobs to its socket. Without this command the site starts a signer by itself.
  rotate    makes the key that comes next: from then on both sign, and the record itself names the new one within seconds
  retire    takes the old key away, for good, once the record has named the new one. Wait until everybody had time to take it
  --state   its key and what it signed last; default: signer/ in ABWAB_DATA. Back it up apart from the database
  --socket  where it listens; whoever may open it may ask for signatures
  --origin  the name of the log, taken when the key is made: abwab.example/record/log
  --log     for retire: where the record is read; default: record/log in ABWAB_DATA`;
const options = { state: { type: 'string' }, socket: { type: 'string' }, origin: { type: 'string' }, log: { type: 'string' }, child: { type: 'boolean' } } as const;

export const signer = {
  summary: 'keeps the key of the record and signs what continues it',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals: [verb] } = readOptions(args, options, usage, 1);
    if (values.origin) process.env.ABWAB_LOG_ORIGIN = values.origin;
    const config = readConfig();
    const folder = values.state ?? signerFolder(config.data);
    if (verb !== undefined) return changeKey(verb, folder, values.log ?? logFolderOf(config));
    const socket = values.socket ?? socketOf(config.data);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Two that start at once would each make a key, and each take the other's socket away.
    const { it, server } = await withFolderLock(folder, async () => {
      const it = await openSigner(folder, originOfLog(config));
      // A socket that is named is for others too: its folder says who they are.
      return { it, server: await serveSigner(it, socket, values.socket ? 0o660 : 0o600) };
    });
    process.stdout.write(`READY ${it.vkey}\n`);
    const stop = () => {
      server.close();
      process.exit(0);
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', values.child ? () => undefined : stop);
    if (values.child) process.stdin.resume().once('close', stop).once('end', stop);
    return -1;
  },
};

/** Both only touch the signer's folder; a signer that is at work finds the change before it signs again. */
async function changeKey(verb: string, folder: string, log: string): Promise<number> {
  if (verb !== 'rotate' && verb !== 'retire') return wrongUsage(`«${verb}» is not understood.`, usage);
  if (!existsSync(join(folder, 'key'))) throw new Error(`${folder} holds no key. It is made when the site or the signer first starts.`);
  const vkey = verb === 'rotate' ? await beginRotation(folder) : await endRotation(folder, openLogAt(log).read, announcedKey);
  process.stdout.write(`${vkey}\n`);
  say(verb === 'rotate' ? `From now on this key signs beside the old one. Back ${folder} up again, and tell those who watch the new key. Later: abwab signer retire`
    : `This is the key of the record now; the old one is gone. Receipts of before still hold. Back ${folder} up again.`);
  return 0;
}
