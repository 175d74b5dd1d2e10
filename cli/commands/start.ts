import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { originOf, readConfig, type Config } from '#platform/config.ts';
import { signerFolder } from '#platform/tlog/signer-server.ts';
import { startWorker } from '../../src/worker.ts';
import { demonstrationLinks, showDemonstration } from '../demo/show.ts';
import { hearOthers, onChange } from '#platform/db/changes.ts';
import { Paused } from '#platform/db/away.ts';
import { urlFor } from '#platform/db/connection.ts';
import { figuresOf } from '../house/figures.ts';
import { openGate, type Gate } from '../house/gate.ts';
import { openInstallation, type Installation } from '../house/open.ts';
import { readOptions, setPlace } from '../house/options.ts';
import { say, seconds } from '../house/say.ts';
import { stopOnce } from '../house/stop.ts';
import { forgetAddress, keepAddress } from '../house/address.ts';
import { firstAdministrator } from './admin.ts';

const usage = `abwab start [--port 3000] [--host 127.0.0.1] [--data FOLDER] [--demo]
  --port   0 takes any free one
  --data   where the database, backups and the secret are kept
  --demo   loads demonstration content, once, into an installation that nobody uses yet
  DATABASE_URL, PORT, HOST, ABWAB_DATA, ABWAB_ORIGIN and ABWAB_PROFILE say the same without options.`;
const options = { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, demo: { type: 'boolean' } } as const;

export const start = {
  summary: 'serves the site, with its database and its jobs',
  usage,
  async run(args: string[]): Promise<number> {
    const { values } = readOptions(args, options, usage, 0);
    setPlace(values, usage);
    const asked = readConfig();
    const gate = await openGate(asked);
    // From here on the port is known, and every link can name it.
    return serve({ ...asked, port: gate.port }, gate, values.demo ?? false);
  },
};

async function serve(config: Config, gate: Gate, demo: boolean): Promise<number> {
  const began = Date.now();
  // What has been opened so far is closed again, last first, whenever the signal comes.
  const opened: (() => Promise<void>)[] = [];
  // One that fails is told, and does not keep the others open.
  const closeAll = async () => { while (opened.length > 0) await opened.pop()!().catch((error: unknown) => say(`while stopping: ${error instanceof Error ? error.message : String(error)}`)); };
  stopOnce(closeAll);
  try {
    const it = await openInstallation(config);
    opened.push(it.close);
    if (!(await it.serveAlone())) throw new Error(`A site runs on ${config.data} already. Stop it, or choose another folder: npm start -- --data FOLDER`);
    if (!config.signer && !existsSync(join(signerFolder(config.data), 'key'))) say(`The key of the public record is made now, in ${signerFolder(config.data)}. Copy that folder to a safe place apart from backups: without it the record needs a new name.`);
    say(`database ready${it.applied.length > 0 ? `, ${it.applied.length} steps applied` : ''} (${seconds(began)})`);
    if (demo) await showDemonstration(it).catch(whenFull);
    opened.push((await startWorker(it)).stop, gate.close);
    gate.open(await siteOf(it), { house: () => figuresOf(it) });
    opened.push(heedChanges(it, gate));
    keepAddress(it.config);
    opened.push(async () => forgetAddress(it.config));
    await welcome(it);
    return -1;
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What this process writes is heeded at once, what others write as soon as the database tells. */
function heedChanges(it: Installation, gate: Gate): () => Promise<void> {
  const forget = onChange(gate.changed);
  const others = hearOthers(urlFor('abwab_app', it.adminUrl, it.secrets));
  return async () => {
    forget();
    await others.stop();
  };
}

/** The built site reads its configuration from the environment when it is loaded. */
async function siteOf({ config, adminUrl }: Installation) {
  Object.assign(process.env, {
    DATABASE_URL: adminUrl, ABWAB_DATA: config.data, ABWAB_HOME: config.home, ABWAB_DEMO: config.demo ? '1' : '0', PROTOCOL_HEADER: 'x-abwab-proto', ADDRESS_HEADER: 'x-abwab-address', BODY_SIZE_LIMIT: '256M', ABWAB_REMEMBER: process.env.ABWAB_REMEMBER ?? '1',
  });
  const { handler } = await import(`${config.home}/build/handler.js`).catch((error: unknown) => {
    throw new Error('The site is not built. Run `npm start`, which builds it.', { cause: error });
  });
  return handler;
}

/** Whoever may not write yet is told, and the site is there to be read. */
function whenFull(error: unknown): null {
  if (!(error instanceof Paused)) throw error;
  say(error.message);
  return null;
}

async function welcome(it: Installation): Promise<void> {
  const origin = originOf(it.config);
  process.stdout.write(`READY http://${it.config.host}:${it.config.port}\n`);
  say(`Open ${origin} in a browser. Stop with Ctrl-C.`);
  const entry = await firstAdministrator(it, origin).catch(whenFull);
  if (entry) say(`First administrator: ${entry}`);
  if (it.config.demo) for (const line of await demonstrationLinks(it, origin)) say(line);
}
