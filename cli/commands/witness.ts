import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { ED25519, isKeyName, LogError, parseVerifier } from '#engines/merkle-log/index.ts';
import { openWitness, type WatchedLog } from '#platform/tlog/witness.ts';
import { serveWitness } from '#platform/tlog/witness-server.ts';
import { readOptions, wrongUsage } from '../house/options.ts';
import { say } from '../house/say.ts';
import { stopOnce } from '../house/stop.ts';

const usage = `abwab witness --state FOLDER --log KEY… [--logs FILE] [--name NAME] [--port 8467] [--host 127.0.0.1] [--prefix /witness]
  Watches records, ours or anybody's: remembers what each has sealed and cosigns only what continues it (C2SP tlog-witness).
  It needs no database and nothing else of this project. docs/witness.md says how to run one.
  --state   its key and what it has seen; made when it is not there. Never restore it from a backup, never copy it to a second one
  --log     the verification key of a log, as its site shows it; may be given several times. With another origin than the key's name: KEY=ORIGIN
  --logs    a file of lines «log KEY [ORIGIN]»; # begins a remark
  --name    the name of this witness, taken when its key is made: association.example/witness
  --prefix  the path of its address below which it answers`;
const options = {
  state: { type: 'string' }, log: { type: 'string', multiple: true }, logs: { type: 'string' }, name: { type: 'string' },
  port: { type: 'string', default: '8467' }, host: { type: 'string', default: '127.0.0.1' }, prefix: { type: 'string', default: '' },
} as const;

export const witness = {
  summary: 'watches a record from outside and cosigns what continues it',
  usage,
  async run(args: string[]): Promise<number> {
    const { values } = readOptions(args, options, usage, 0);
    const { state, port, host, name } = values;
    const prefix = values.prefix.replace(/\/+$/, '');
    if (!state) return wrongUsage('--state needs a folder.', usage);
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return wrongUsage(`--port is not a port number: ${port}`, usage);
    if (name !== undefined && !isKeyName(name)) return wrongUsage('--name cannot hold spaces or a plus.', usage);
    if (prefix && !/^(\/[\w.-]+)+$/.test(prefix)) return wrongUsage('--prefix looks like /witness.', usage);
    const logs = watched([...(values.log ?? []).map((it) => it.replace(/^(\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44})=/, '$1 ')), ...(values.logs ? linesOf(values.logs) : [])]);
    if (logs.length === 0) return wrongUsage('Which log does it watch? --log KEY', usage);
    const it = await openWitness(state, name ?? null, logs);
    const server = await serveWitness(it, { host, port: Number(port), prefix });
    const address = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}${prefix}`;
    process.stdout.write(`READY ${address} ${it.vkey}\n`);
    say(`A line for the policy of whoever is watched:  witness NAME ${it.vkey} ${address}`);
    stopOnce(async () => {
      server.closeAllConnections();
      await new Promise((done) => { server.close(done); });
      await it.close();
    });
    return -1;
  },
};

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#')).map((line) => {
    if (!line.startsWith('log ')) throw new Error(`${file}: «${line}» is not «log KEY [ORIGIN]».`);
    return line.slice(4).trim();
  });
}

function watched(lines: readonly string[]): WatchedLog[] {
  return lines.map((line) => {
    const [text, origin, ...rest] = line.split(/\s+/);
    try {
      const key = parseVerifier(text!);
      if (rest.length === 0 && key.kind === ED25519) return { key, origin: origin ?? key.name };
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
    }
    throw new Error(`«${line}» is no verification key of a log. It looks like name+a1b2c3d4+base64.`);
  });
}
