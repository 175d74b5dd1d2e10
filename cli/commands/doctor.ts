import { readConfig } from '#platform/config.ts';
import { withClient } from '#platform/db/connection.ts';
import { examine } from '#platform/db/examine.ts';
import { openSecrets } from '#platform/secrets.ts';
import { openDatabase } from '../house/open.ts';
import { readOptions, setPlace } from '../house/options.ts';
import { ofDatabase } from '../doctor/database.ts';
import { ofHouse } from '../doctor/house.ts';
import { ofPlace, ofPort, openSecretsQuietly } from '../doctor/place.ts';
import { fails, type Finding } from '../doctor/finding.ts';

const usage = `abwab doctor [--data FOLDER] [--json]
  Looks at an installation and changes nothing: node, disk, permissions, secrets, addresses, database (version, collation, roles, guards,
  steps), clock, mail, jobs, the record, files, backups. Says in words what is wrong and what to do.
  Ends with 0 when the site can do its work, also where something could be better (!); with 1 when something is wrong (x).`;
const options = { data: { type: 'string' }, json: { type: 'boolean' } } as const;
const MARKS = { ok: ' ', better: '!', wrong: 'x' } as const;

export const doctor = {
  summary: 'says in words what is wrong with an installation',
  usage,
  async run(args: string[]): Promise<number> {
    const { values } = readOptions(args, options, usage, 0);
    setPlace(values, usage);
    const findings: Finding[] = [];
    await look(findings);
    for (const it of findings) process.stderr.write(`${MARKS[it.is]} ${it.about.padEnd(9)} ${it.says}\n`);
    const wrong = findings.filter((it) => it.is === 'wrong').length;
    const better = findings.filter((it) => it.is === 'better').length;
    process.stderr.write(wrong > 0 ? `\n${wrong} wrong, ${better} could be better.\n` : better > 0 ? `\nNothing is wrong; ${better} could be better.\n` : '\nAll is well.\n');
    if (values.json) process.stdout.write(`${JSON.stringify({ well: wrong === 0, findings })}\n`);
    return wrong > 0 ? 1 : 0;
  },
};

/** From the outside in: what cannot be reached is not asked further. */
async function look(findings: Finding[]): Promise<void> {
  const config = await Promise.resolve().then(() => readConfig()).catch((error: Error) => { findings.push(fails('settings', error.message)); return null; });
  if (!config) return;
  findings.push(...ofPlace(config));
  if (findings.some((it) => it.is === 'wrong' && it.stops)) return;
  findings.push(...(await ofPort(config)));
  if (!openSecretsQuietly(config, findings)) return;
  const secrets = openSecrets(config.data);
  const database = await openDatabase(config, secrets).catch((error: Error) => { findings.push(fails('database', error.message)); return null; });
  if (!database) return;
  try {
    const found = await withClient(database.adminUrl, (client) => examine(client, config.home));
    findings.push(...ofDatabase(found));
    if (!findings.some((it) => it.is === 'wrong' && it.stops)) findings.push(...(await ofHouse(config, secrets, database.adminUrl, found)));
  } finally {
    await database.stop();
  }
}
