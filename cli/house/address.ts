/** Where the site on this data folder is served now, so that a link made in another terminal leads there. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { originOf, type Config } from '#platform/config.ts';

const fileOf = (config: Config): string => join(config.data, 'address');

export const keepAddress = (config: Config): void => writeFileSync(fileOf(config), `${originOf(config)}\n${originOf({ ...config, origin: null })}\n`);

export const forgetAddress = (config: Config): void => rmSync(fileOf(config), { force: true });

export function addressOf(config: Config): string {
  if (config.origin || !existsSync(fileOf(config))) return originOf(config);
  return line(config, 0) ?? originOf(config);
}

/** Where it listens on this machine, whatever people type; null when none runs. */
export const listensAt = (config: Config): string | null => (existsSync(fileOf(config)) ? line(config, 1) : null);

const line = (config: Config, at: number): string | null => URL.parse(readFileSync(fileOf(config), 'utf8').split('\n')[at]?.trim() ?? '')?.origin ?? null;
