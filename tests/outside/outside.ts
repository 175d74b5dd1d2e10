/**
 * A verifier that shares no code with this project: `main.go` beside this file, with Go and golang.org/x/mod of the system.
 * `node tests/outside/outside.ts URL` checks a running site; where Go is not there it says so and ends well.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const NOT_HERE = 'Go or golang.org/x/mod is not on this computer, so the record is not checked by a program of others. On Debian: apt-get install golang-go golang-golang-x-mod-dev';
const GOPATH = '/usr/share/gocode';
export type Told = { code: number; out: string; err: string };
export type Outside = (...args: string[]) => Promise<Told>;

/** Builds it; null where it cannot be built. */
export function openOutside(): Outside | null {
  if (!existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'))) return null;
  const program = join(mkdtempSync(join(tmpdir(), 'abwab-outside-')), 'outside');
  try {
    execFileSync('go', ['build', '-o', program, join(import.meta.dirname, 'main.go')], { env: { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '' }, stdio: 'ignore' });
  } catch {
    return null;
  }
  return (...args) => new Promise((resolve) => {
    const child = spawn(program, args);
    const told = { out: '', err: '' };
    child.stdout.on('data', (part: Buffer) => { told.out += part.toString(); });
    child.stderr.on('data', (part: Buffer) => { told.err += part.toString(); });
    child.once('close', (code) => resolve({ code: code ?? 1, ...told }));
  });
}

if (import.meta.main) {
  const site = process.argv[2]?.replace(/\/+$/, '');
  if (!site) {
    process.stderr.write('node tests/outside/outside.ts URL [OLD-CHECKPOINT…]\n');
    process.exit(2);
  }
  const outside = openOutside();
  if (!outside) {
    process.stderr.write(`${NOT_HERE}\n`);
    process.exit(0);
  }
  const vkey = (await (await fetch(`${site}/record/log/vkey`)).text()).trim();
  const { code, out, err } = await outside('verify', vkey, `${site}/record/log`, ...process.argv.slice(3));
  process.stdout.write(out);
  process.stderr.write(err);
  process.exit(code);
}
