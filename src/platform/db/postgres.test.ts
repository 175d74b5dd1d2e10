import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { postmasterOf } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'abwab-pid-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'postmaster.pid');
const says = (pid: number) => writeFileSync(file, `${pid}\n${folder}\n0\n5432\n`);

test('a database that was killed and never buried by its parent keeps nobody from starting another', async () => {
  // What follows `exec` is the parent now, and asks after nobody.
  const parent = spawn('sh', ['-c', 'sleep 100 & echo $!; exec sleep 100'], { stdio: ['ignore', 'pipe', 'ignore'] });
  afterAll(() => parent.kill('SIGKILL'));
  const orphan = await new Promise<number>((resolve) => { parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))); });
  says(orphan);
  expect(postmasterOf(folder)).toEqual({ pid: orphan, port: 5432 });
  process.kill(orphan, 'SIGKILL');
  if (existsSync(`/proc/${orphan}/stat`)) await expect.poll(() => postmasterOf(folder), { timeout: 30_000 }).toBe(null);
  expect(existsSync(file) && existsSync(`/proc/${orphan}/stat`)).toBe(false);
});

test('a number that nobody has any more is no database', () => {
  says(2 ** 22 + 1);
  expect(postmasterOf(folder)).toBe(null);
});
