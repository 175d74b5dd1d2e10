// Small helpers that the verbs in bin/ share: steps with times, child processes under the pinned Node.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { delimiter, join } from 'node:path';
import { arenas } from './lean.js';

export const home = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const pinned = join(home, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const node = existsSync(pinned) ? pinned : process.execPath;
export const environment = (more = {}) => ({
  ...arenas, ...process.env, ABWAB_HOME: home, ...more,
  PATH: [join(home, 'node_modules/node/bin'), join(home, 'node_modules/.bin'), process.env.PATH].join(delimiter),
});

export const say = (text) => process.stderr.write(`abwab  ${text}\n`);

/** Runs a command to its end; what it prints is shown, and returned when `capture` is set. */
export function run(command, args, { env, capture = false, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: home, env: environment(env), stdio: ['ignore', capture || quiet ? 'pipe' : 2, capture || quiet ? 'pipe' : 2] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        output += data;
        if (!quiet) process.stderr.write(data);
      });
    }
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** One line a step, with its time. */
export async function step(name, work) {
  const began = Date.now();
  const result = await work();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say(`${result.code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return result;
}
