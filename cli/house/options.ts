import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A wrong call ends with code 2: what is wrong, and the usage. */
export function wrongUsage(problem: string, usage: string): never {
  process.stderr.write(`${problem}\n${usage}\n`);
  return process.exit(2);
}

/** Options from the command line; `most` is how many words beside them are understood. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T, usage: string, most = Number.POSITIVE_INFINITY) {
  const read = () => {
    try {
      return parseArgs({ args, options, allowPositionals: true });
    } catch (error) {
      return wrongUsage((error as Error).message, usage);
    }
  };
  const parsed = read();
  return parsed.positionals.length > most ? wrongUsage(`«${parsed.positionals[most]}» is not understood.`, usage) : parsed;
}

/** Where the site is: options say it louder than the environment. */
export function setPlace({ port, host, data }: { port?: string | undefined; host?: string | undefined; data?: string | undefined }, usage: string): void {
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) wrongUsage(`--port is not a port number: ${port}`, usage);
  if (host === '' || data === '') wrongUsage('--host and --data need a value.', usage);
  if (port !== undefined) process.env.PORT = port;
  if (host !== undefined) process.env.HOST = host;
  if (data !== undefined) process.env.ABWAB_DATA = data;
}
