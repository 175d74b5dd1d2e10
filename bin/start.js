// npm start: builds when needed, then hands over to `abwab start` under the pinned Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.js';
import { environment, home, node, say } from './run.js';
import { lean } from './lean.js';

if (!(await build())) {
  say('The site could not be built. The lines above say why.');
  process.exit(1);
}
const child = spawn(node, [...lean, join(home, 'cli/abwab.ts'), 'start', ...process.argv.slice(2)], { cwd: home, env: environment(), stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
