// Installs what the lock file says, when it has changed. Plain JavaScript that runs on the machine's own Node.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const home = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(home, 'node_modules/.abwab-stamp');
const lock = createHash('sha256').update(readFileSync(join(home, 'package-lock.json'))).digest('hex');
const began = Date.now();
const say = (text) => process.stderr.write(`abwab  ${text}\n`);

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== lock) {
  say('installing packages …');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home, stdio: ['ignore', 2, 'inherit'], shell: process.platform === 'win32' });
  if (result.status !== 0) {
    say('The packages could not be installed. Is the network there? Try again: npm run setup');
    process.exit(1);
  }
  mkdirSync(join(home, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, lock);
  say(`packages installed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}
await import('./messages.js');
