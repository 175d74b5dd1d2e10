/** The environment, read once. A wrong value stops the start with a sentence that says which and why. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readGateway, type Gateway } from './sms/gateway.ts';

export type Config = {
  home: string;
  data: string;
  host: string;
  port: number;
  origin: string | null;
  databaseUrl: string | null;
  profile: string;
  demo: boolean;
  /** public figures are counted once until something is written; only where this process hears of every change */
  remember: boolean;
  smtpUrl: string | null;
  mailFrom: string;
  /** where SMS leave; null: they are laid in the outbox */
  sms: Gateway | null;
  /** the socket of a signer that runs by itself; null: one is started as a child */
  signer: string | null;
  /** the name of the record's log, taken when its key is made; null: after the site's address */
  logOrigin: string | null;
  /** the file that names who watches the record (C2SP tlog-policy); null: the profile's `witnesses.policy`, when it has one */
  witnesses: string | null;
  /** bytes that stay free on the disk of the data folder; with less, nothing is written any more */
  leastFree: number;
  /** a proxy in front says in X-Forwarded-For who asks; without one that header is anybody's word */
  proxy: boolean;
  /** whoever knows it may read the figures of this process at /metrics; null: nobody */
  metricsToken: string | null;
};

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const home = resolve(env.ABWAB_HOME ?? process.cwd());
  return {
    home,
    data: resolve(env.ABWAB_DATA ?? `${home}/data`),
    host: env.HOST ?? '127.0.0.1',
    port: port(env.PORT ?? '3000'),
    origin: env.ABWAB_ORIGIN ? origin(env.ABWAB_ORIGIN) : null,
    databaseUrl: env.DATABASE_URL ?? null,
    profile: name(env.ABWAB_PROFILE ?? 'aleppo'),
    demo: env.ABWAB_DEMO === '1',
    remember: env.ABWAB_REMEMBER === '1',
    smtpUrl: env.ABWAB_SMTP_URL ?? null,
    mailFrom: env.ABWAB_MAIL_FROM ?? 'abwab@localhost',
    sms: readGateway(env),
    signer: env.ABWAB_SIGNER ?? null,
    logOrigin: env.ABWAB_LOG_ORIGIN ? logName(env.ABWAB_LOG_ORIGIN) : null,
    witnesses: env.ABWAB_WITNESSES ? resolve(env.ABWAB_WITNESSES) : null,
    leastFree: megabytes(env.ABWAB_LEAST_FREE_MB ?? '512'),
    proxy: env.ABWAB_PROXY === '1',
    metricsToken: env.ABWAB_METRICS_TOKEN ? token(env.ABWAB_METRICS_TOKEN) : null,
  };
}

/** The record's files, which any file server may serve. */
export const logFolderOf = (config: Config): string => resolve(config.data, 'record/log');

/** Who watches the record, when anybody does. */
export function policyFileOf(config: Config): string | null {
  const own = resolve(config.home, 'profiles', config.profile, 'witnesses.policy');
  return config.witnesses ?? (existsSync(own) ? own : null);
}

/** The address under which readers reach the site, for links in letters. */
export const originOf = (config: Config): string => config.origin ?? `http://${reachable(config.host)}:${config.port}`;

/** Listening everywhere is no address to open. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`PORT is not a port number: ${text}`);
  return value;
}

function megabytes(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`ABWAB_LEAST_FREE_MB is not a number of megabytes: ${text}`);
  return Number(text) * 1_000_000;
}

function token(text: string): string {
  if (!/^[\x21-\x7e]{16,200}$/.test(text)) throw new Error('ABWAB_METRICS_TOKEN must have at least 16 characters (openssl rand -hex 16).');
  return text;
}

function origin(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    throw new Error(`ABWAB_ORIGIN must look like https://abwab.example: ${text}`);
  }
  return url.origin;
}

function logName(text: string): string {
  if (!/^[^\s+]{1,200}$/.test(text)) throw new Error(`ABWAB_LOG_ORIGIN must look like abwab.example/record/log, without spaces or a plus: ${text}`);
  return text;
}

function name(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(text)) throw new Error(`ABWAB_PROFILE is not the name of a profile: ${text}`);
  return text;
}
