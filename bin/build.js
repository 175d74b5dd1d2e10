// Builds the site when its sources are newer than what was built.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, node, run, say } from './run.js';

const SOURCES = ['src', 'messages', 'static', 'vite.config.ts', 'package-lock.json', 'package.json', 'tsconfig.json', 'bin/build.js'];

function fingerprint() {
  const hash = createHash('sha256');
  const walk = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(path.slice(home.length)).update(readFileSync(path));
  };
  for (const source of SOURCES) walk(join(home, source));
  return hash.digest('hex');
}

/** Returns false when the build failed; its output has been shown by then. */
export async function build() {
  const stamp = join(home, 'build/.stamp');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return true;
  const began = Date.now();
  say('building the site …');
  // Whoever builds, a test or somebody's shell that says otherwise: what is built is the product.
  const result = await run(node, [join(home, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { capture: true, quiet: true, env: { NODE_ENV: 'production' } });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    return false;
  }
  writeFileSync(stamp, now);
  say(`built (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return true;
}
