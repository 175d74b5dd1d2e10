import { readFileSync, writeFileSync } from 'node:fs';
import { auditLog, checkContinues, checkQuorum, entryCount, followFromFirst, followKeys, LogError, openCheckpoint, openLog, parsePolicy, parseVerifier, verifierText, type Audit, type Policy, type VerifierKey } from '#engines/merkle-log/index.ts';
import { announcedKey } from '#features/record/leaf.ts';
import { openLogAt, type LogPlace } from '../house/open-log.ts';
import { readOptions } from '../house/options.ts';
import { counted } from '../house/say.ts';

const usage = `abwab verify URL|FOLDER [--vkey KEY] [--old FILE]… [--policy FILE] [--save FILE] [--proofs N] [--json]
  Checks a record from outside: signature, every tile and entry, the root, proofs, and that it continues what was seen before.
  URL       the site, or its record: https://abwab.example or https://abwab.example/record/log
  --vkey    the record's key, from somewhere else than its own site; without it the site's word is taken, and that is said
  --policy  who must have seen its newest seal (C2SP tlog-policy); a key of the log that stands there counts like --vkey
  --old     a checkpoint saved earlier; may be given several times
  --save    keeps this checkpoint for the next time
  --proofs  how many entries get a proof of their own, spread over the record; default 100
  Ends with 0 when everything holds; with 1 and one sentence about what is wrong; with 2 when the options are wrong.`;
const options = {
  vkey: { type: 'string' }, old: { type: 'string', multiple: true }, policy: { type: 'string' }, save: { type: 'string' }, proofs: { type: 'string', default: '100' }, json: { type: 'boolean' },
} as const;

export const verify = {
  summary: 'checks the public record of any site from outside',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals } = readOptions(args, options, usage);
    const [place, ...rest] = positionals;
    if (!place || rest.length > 0 || !/^\d{1,7}$/.test(values.proofs)) {
      process.stderr.write(`${usage}\n`);
      return 2;
    }
    const began = Date.now();
    const log = openLogAt(place);
    try {
      const policy = values.policy ? parsePolicy(given('--policy', values.policy).toString('utf8')) : null;
      const known = values.vkey ?? (policy?.logs[0] && verifierText(policy.logs[0]));
      const { keys, seals } = await (known ? followKeys(parseVerifier(known), log.read, announcedKey) : followFromFirst(parseVerifier(await ownKey(log)), log.read, announcedKey));
      const [key, ...earlier] = keys.toReversed() as [VerifierKey, ...VerifierKey[]];
      const old = [...seals.map((seal) => seal.note), ...(values.old ?? []).map((file) => given('--old', file))];
      const audit = await auditLog({ key, earlier, read: log.read, old, proofs: Number(values.proofs), onProgress: progress });
      if (policy) await checkWatched(log, audit, policy, keys);
      if (values.save) writeFileSync(values.save, audit.checkpoint.note);
      report(log, audit, { vkey: verifierText(key), given: known !== undefined, changes: seals.length, json: values.json ?? false, seconds: (Date.now() - began) / 1000 });
      return 0;
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      process.stderr.write(`\nFAIL ${error.code}: ${error.message}\n`);
      if (values.json) process.stdout.write(`${JSON.stringify({ holds: false, log: log.name, code: error.code, sentence: error.message })}\n`);
      return 1;
    }
  },
};

/** The seal that was checked, or the newest one that the site says was seen by enough: that has to be one of the same log. */
async function checkWatched(log: LogPlace, audit: Audit, policy: Policy, keys: readonly VerifierKey[]): Promise<void> {
  const witnesses = [...policy.witnesses.values()].map((it) => it.key);
  const seen = await log.read('checkpoint.witnessed');
  const newest = await openCheckpoint(audit.checkpoint.note, keys, witnesses);
  try {
    checkQuorum(policy, newest.signed);
  } catch (error) {
    if (!seen) throw error;
    const older = await openCheckpoint(seen, keys, witnesses);
    checkQuorum(policy, older.signed);
    await checkContinues(openLog(audit.checkpoint, log.read), older);
  }
}

/** A file that was named on the command line. */
function given(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`${option} ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`, { cause: error });
  }
}

async function ownKey(log: LogPlace): Promise<string> {
  const text = await log.read('vkey');
  if (!text) throw new LogError('E_KEY_FORMAT', `${log.name} names no key. Give it with --vkey.`);
  return new TextDecoder().decode(text).trim();
}

function report(log: LogPlace, audit: Audit, it: { vkey: string; given: boolean; changes: number; json: boolean; seconds: number }): void {
  const { size, origin } = audit.checkpoint;
  process.stderr.write(`\nEverything holds: ${log.name} has ${entryCount(size)}, signed by ${origin}; ${counted(audit.tiles, 'tile')}, ${counted(audit.proofs, 'proof')}, ${counted(audit.old, 'earlier checkpoint')} (${it.seconds.toFixed(1)} s).\n`);
  if (it.changes > 0) process.stderr.write(`Its key has changed ${it.changes === 1 ? 'once' : `${it.changes} times`}, each time announced in the record and sealed with the key before: ${it.vkey}\n`);
  if (!it.given) process.stderr.write(`The key was taken from the site itself: ${it.vkey}\nCompare it with what the governorate has printed or published elsewhere, and give it with --vkey.\n`);
  if (it.json) process.stdout.write(`${JSON.stringify({ holds: true, log: log.name, origin, size, tiles: audit.tiles, proofs: audit.proofs, old: audit.old, vkey: it.vkey, vkeyGiven: it.given })}\n`);
}

/** On a terminal only: how far it is. */
function progress(entries: number, size: number): void {
  if (process.stderr.isTTY && (entries % 8_192 === 0 || entries === size)) process.stderr.write(`\r${entries} of ${size} entries`);
}
