// Finds a Chromium for the journeys: CHROMIUM, the system's own, or Debian's package when we may install it.
import { existsSync } from 'node:fs';
import { run, say } from './run.js';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The path of a Chromium, or null when none is there. */
export function findChromium() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : null;
  return USUAL.find((path) => existsSync(path)) ?? null;
}

/** As `findChromium`, but installs Debian's package where this process may. */
export async function ensureChromium() {
  const found = findChromium();
  if (found || process.env.CHROMIUM || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  say('installing chromium …');
  const updated = await run('apt-get', ['update'], { quiet: true });
  const { code, output } = updated.code === 0 ? await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }) : updated;
  if (code !== 0) process.stderr.write(output);
  return findChromium();
}
