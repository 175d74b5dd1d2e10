/** The machine and the settings: what can be seen without a database. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { originOf, type Config } from '#platform/config.ts';
import { roomIn } from '#platform/disk.ts';
import { readProfile } from '#platform/profile.ts';
import { listensAt } from '../house/address.ts';
import { couldBeBetter, fails, few, fine, stops, type Finding } from './finding.ts';

const NODE = 24;
/** Twice what stops writing, and a day's letters. */
const COMFORTABLE = 4;

export function ofPlace(config: Config): Finding[] {
  return [node(), built(config), profile(config), folder(config), ...secret(config), room(config), ...origin(config)];
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= NODE ? fine('node', `Node ${process.versions.node}.`) : fails('node', `Node ${process.versions.node} is too old: ${NODE} is needed. Run the command as «npx abwab» in the checkout, which brings its own.`);
}

function built(config: Config): Finding {
  return existsSync(join(config.home, 'build/handler.js')) ? fine('site', 'The site is built.') : fails('site', 'The site is not built. Run: npm start, or npm run build');
}

function profile(config: Config): Finding {
  try {
    return fine('profile', `${config.profile}: ${readProfile(config.home, config.profile).governorateName.en}.`);
  } catch (error) {
    return stops('profile', `The profile «${config.profile}» cannot be read: ${(error as Error).message}`);
  }
}

function folder(config: Config): Finding {
  const found = statSync(config.data, { throwIfNoEntry: false });
  if (!found) return stops('data', `There is no installation in ${config.data}. Start the site once, or name another folder: --data FOLDER`);
  try {
    accessSync(config.data, constants.R_OK | constants.W_OK | constants.X_OK);
    const closed = readdirSync(config.data).filter((name) => !opens(join(config.data, name)));
    if (closed.length > 0) return stops('data', `This user may not use ${few(closed)} in ${config.data}: a command was run there as another user, perhaps as root. Give all of it back: chown -R ${found.uid}:${found.gid} ${config.data}`);
    return fine('data', `${config.data} can be read and written.`);
  } catch {
    return stops('data', `This user may not write in ${config.data}. It belongs to user ${found.uid}; run the command as that user.`);
  }
}

function opens(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | (statSync(path).isDirectory() ? constants.X_OK : 0));
    return true;
  } catch {
    return false;
  }
}

/** The port of a site that does not run yet, asked for and given back. */
export async function ofPort(config: Config): Promise<Finding[]> {
  if (listensAt(config)) return [];
  const code = await new Promise<string | null>((resolve) => {
    const probe = createServer().once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown')).listen(config.port, config.host, () => probe.close(() => resolve(null)));
  });
  if (code === null) return [fine('port', `${config.host}:${config.port} is free.`)];
  return [fails('port', code === 'EADDRINUSE' ? `Port ${config.port} is taken by another program. Find it (ss -ltnp), or set PORT to another.` : `This user cannot listen on ${config.host}:${config.port} (${code}). Set HOST and PORT.`)];
}

function secret(config: Config): Finding[] {
  const path = join(config.data, 'secret');
  const found = statSync(path, { throwIfNoEntry: false });
  if (process.env.ABWAB_SECRET) return [found ? couldBeBetter('secret', `ABWAB_SECRET is set, and ${path} is there too: the first one counts. Keep one.`) : fine('secret', 'ABWAB_SECRET is set.')];
  if (!found) return [stops('secret', `The secret is missing (${path}). Without it nothing that is sealed can be read: bring it back from where abwab backup --keys put it.`)];
  if (process.platform !== 'win32' && found.mode & 0o077) return [fails('secret', `Others on this machine can read ${path}. Run: chmod 600 ${path}`)];
  return [fine('secret', 'The secret is there, readable by its owner alone.'), ...signerFolder(config)];
}

function signerFolder(config: Config): Finding[] {
  const found = statSync(join(config.data, 'signer'), { throwIfNoEntry: false });
  if (config.signer || !found || process.platform === 'win32') return [];
  return found.mode & 0o077 ? [fails('signer', `Others on this machine can look into ${join(config.data, 'signer')}. Run: chmod 700 ${join(config.data, 'signer')}`)]
    : [couldBeBetter('signer', 'The record’s key belongs to the same user as the site. Where it matters, let abwab signer run as a user of its own (deploy/abwab-signer.service).')];
}

function room(config: Config): Finding {
  const free = roomIn(config.data);
  if (free === null) return fine('disk', 'This system does not say how much room there is.');
  const said = `${(free / 1e9).toFixed(1)} GB are free in ${config.data}`;
  if (free < config.leastFree) return fails('disk', `${said}: less than ${config.leastFree / 1e6} MB, so nothing is written any more. Make room.`);
  return free < config.leastFree * COMFORTABLE ? couldBeBetter('disk', `${said}. Below ${config.leastFree / 1e6} MB nothing is written any more.`) : fine('disk', `${said}.`);
}

function origin(config: Config): Finding[] {
  const address = originOf(config);
  if (!config.origin) return [couldBeBetter('address', `ABWAB_ORIGIN is not set: links in letters lead to ${address}. Set it to what people type: https://abwab.example`)];
  if (config.origin.startsWith('http://') && !/\/\/(localhost|127\.|\[::1\])/.test(config.origin)) return [fails('address', `ABWAB_ORIGIN is ${config.origin}: what people write would travel open. Put https in front (deploy/nginx.conf).`)];
  return [fine('address', `People come by ${address}.`)];
}

/** False when the secret is no secret; a missing one has been told already. */
export function openSecretsQuietly(config: Config, findings: Finding[]): boolean {
  const text = process.env.ABWAB_SECRET;
  if (text === undefined || /^[0-9a-f]{64,}$/i.test(text)) return existsSync(join(config.data, 'secret')) || text !== undefined;
  findings.push(stops('secret', 'ABWAB_SECRET must be at least 64 hexadecimal digits (openssl rand -hex 32).'));
  return false;
}
