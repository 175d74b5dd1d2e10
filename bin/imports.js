// Checks who imports whom against .dependency-cruiser.cjs; prints each import that breaks a rule.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { home } from './run.js';

const PARTS = ['src', 'cli', 'bench', 'tests', 'bin'];

/** Every import below `base` that breaks a rule of the configuration that lies there. */
export async function brokenImports(base) {
  const { cruise } = await import('dependency-cruiser');
  const { forbidden, options } = createRequire(pathToFileURL(join(base, 'package.json')))('./.dependency-cruiser.cjs');
  const parts = PARTS.filter((part) => existsSync(join(base, part)));
  const { output } = await cruise(parts, { ...options, baseDir: base, ruleSet: { forbidden }, validate: true }, options.enhancedResolveOptions);
  return output.summary.violations.map(({ rule, from, to, cycle }) => ({ rule: rule.name, from, to, cycle: cycle?.map((it) => it.name) ?? [] }));
}

if (process.argv[1] === import.meta.filename) {
  const broken = await brokenImports(home);
  for (const it of broken) process.stderr.write(`${it.rule}: ${it.from} → ${it.cycle.length > 0 ? it.cycle.join(' → ') : it.to}\n`);
  process.exit(broken.length > 0 ? 1 : 0);
}
