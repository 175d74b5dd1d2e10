/** The signer of an installation without a signer of its own: a child process that ends with its parent. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { SignerAway, signerAt, socketOf, type SignerClient } from './signer-server.ts';

const STARTING = 15_000;

/** The name of the log, for good: the key is made for it on the first start. */
export function originOfLog(config: Config): string {
  if (config.logOrigin) return config.logOrigin;
  return config.origin ? `${new URL(config.origin).host}/record/log` : `localhost/record/log/${config.profile}-${randomBytes(4).toString('hex')}`;
}

/**
 * The signer that the configuration names, or a child that is started when it is first needed and whenever it has ended.
 * Two processes of one installation share it: who comes second finds it at work.
 */
export function openSignerFor(config: Config): SignerClient & { close(): void } {
  if (config.signer) return { ...signerAt(config.signer), close: () => undefined };
  const client = signerAt(socketOf(config.data));
  let child: ChildProcess | null = null;
  let closed = false;

  async function atWork<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SignerAway) || closed) throw error;
      if (!child || child.exitCode !== null || child.signalCode !== null) child = start(config);
      await ready(child);
      return work();
    }
  }

  return {
    vkey: () => atWork(client.vkey),
    next: () => atWork(client.next),
    last: () => atWork(client.last),
    sign: (request) => atWork(() => client.sign(request)),
    close() {
      closed = true;
      child?.stdin?.end();
    },
  };
}

/** It is given neither the database nor the installation's secret. It ends when its input ends: with us, however we end. */
function start(config: Config): ChildProcess {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS, SystemRoot } = process.env;
  const env = { PATH, HOME, TMPDIR, NODE_OPTIONS, SystemRoot, ABWAB_HOME: config.home, ABWAB_DATA: config.data, ABWAB_PROFILE: config.profile, ABWAB_LOG_ORIGIN: originOfLog(config) };
  const child = spawn(process.execPath, [join(config.home, 'cli/abwab.ts'), 'signer', '--child'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  return child;
}

/** Resolves when it listens, and also when it has ended: then another is at work, or the next question says that none is. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, STARTING);
    const finish = () => {
      clearTimeout(timer);
      done();
    };
    child.stdout?.once('data', finish);
    child.once('error', finish);
    child.once('close', finish);
    if (child.exitCode !== null) finish();
  });
}
