#!/usr/bin/env node
// The `abwab` command: the same program under the pinned Node, whichever Node called it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment, home, node } from './run.js';
import { lean } from './lean.js';

if (!existsSync(join(home, 'node_modules'))) {
  process.stderr.write('Run `npm run setup` once, then try again.\n');
  process.exit(1);
}
const verb = process.argv[2];
const child = spawn(node, [...(verb === 'start' || verb === 'worker' ? lean : []), join(home, 'cli/abwab.ts'), ...process.argv.slice(2)], { env: environment(), stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
