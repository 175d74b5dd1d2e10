// npm run check: types, lint, import rules and sentences, without a database or a browser. One line a step.
import { join } from 'node:path';
import { home, node, run, step } from './run.js';

const tool = (path, ...args) => run(node, [join(home, 'node_modules', path), ...args], { quiet: true });
const own = (name, ...args) => run(node, [join(home, 'bin', name), ...args], { quiet: true });
const LINTED = ['src', 'cli', 'bin', 'bench', 'tests'];

const STEPS = [
  ['SvelteKit’s types', () => tool('@sveltejs/kit/svelte-kit.js', 'sync')],
  ['types', () => tool('typescript/bin/tsc', '--noEmit')],
  ['types of components', () => tool('svelte-check/bin/svelte-check', '--threshold', 'error', '--output', 'machine')],
  ['lint', () => tool('oxlint/bin/oxlint', '--deny-warnings', '--format', 'unix', ...LINTED)],
  ['import rules', () => own('imports.js')],
  ['sentences in three languages', () => own('check-messages.js')],
];

/** Runs every step, shows what a failed one printed, and returns how many failed. */
export async function check() {
  let failed = 0;
  for (const [name, work] of STEPS) {
    const { code, output } = await step(name, work);
    if (code === 0) continue;
    failed += 1;
    process.stderr.write(output);
  }
  return failed;
}

if (process.argv[1] === import.meta.filename) process.exit((await check()) > 0 ? 1 : 0);
