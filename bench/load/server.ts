/** The site as `npm start` runs it, on a data folder of its own, with somebody who counts its statements. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arenas, lean } from '../../bin/lean.js';
import { openSecrets } from '../../src/platform/secrets.ts';

export const HOME = join(import.meta.dirname, '../..');
const environment = () => ({ ...arenas, ...process.env, ABWAB_HOME: HOME, ABWAB_PROFILE: 'aleppo', ABWAB_LEAST_FREE_MB: '0' });

export type Measured = { url: string; startedIn: number; adminUrl: string; told(): Promise<{ statements: number; rss: number }>; peak(): number; stop(): Promise<void> };

export async function startMeasured(data: string): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [...lean, '--import', join(import.meta.dirname, 'count-statements.ts'), join(HOME, 'cli/abwab.ts'), 'start', '--port', '0', '--data', data], { cwd: HOME, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { printed += text.toString(); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  async function says(pattern: RegExp, after = 0): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(printed.slice(after));
      if (found) return found;
      if (child.exitCode !== null) throw new Error(printed.slice(-3_000));
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
  }
  const url = (await says(/^READY (http:\/\/\S+)$/m))[1]!;
  return {
    url, startedIn: (performance.now() - began) / 1000, adminUrl: adminUrlOf(data),
    async told() {
      const at = printed.length;
      child.kill('SIGUSR2');
      const [, statements, rss] = await says(/STATEMENTS (\d+) RSS (\d+)/, at);
      return { statements: Number(statements), rss: Number(rss) };
    },
    peak: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export function adminUrlOf(data: string): string {
  const port = readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://postgres:${openSecrets(data, {}).derive('database superuser')}@127.0.0.1:${port}/abwab`;
}

/** One command to its end; its seconds. */
export function timed(...args: string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(HOME, 'cli/abwab.ts'), ...args], { cwd: HOME, env: environment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`abwab ${args.join(' ')}: ${stderr}`);
  return (performance.now() - began) / 1000;
}
