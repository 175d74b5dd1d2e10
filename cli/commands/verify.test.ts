import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verify } from './verify.ts';

test('what is named and is not there is said in words, by its option', async () => {
  const absent = join(tmpdir(), 'no-such-place');
  await expect(verify.run([absent])).rejects.toThrow(`There is no folder ${absent}. An address begins with https:// or http://.`);
  await expect(verify.run([tmpdir(), '--policy', absent])).rejects.toThrow(`--policy ${absent} cannot be read (ENOENT).`);
});

test('whoever reads only the beginning of what a command prints is not answered with a fault', async () => {
  const [abwab, fixture] = ['../abwab.ts', '../../src/engines/equal-shares/fixtures/Netherlands_Assen_2024.pb'].map((path) => fileURLToPath(new URL(path, import.meta.url))) as [string, string];
  const child = spawn(process.execPath, [abwab, 'recount', fixture, fixture, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (part: Buffer) => { said += part.toString(); });
  expect(await new Promise((done) => { child.once('close', (code) => done([code, said])); })).toEqual([0, '']);
});
