import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inWorker, TookTooLong } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'abwab-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(body: string): string {
  const path = join(folder, `${Math.random()}.mts`);
  writeFileSync(path, `import { work } from ${JSON.stringify(join(import.meta.dirname, 'working.ts'))};\nwork(async (input, tell) => { ${body} });\n`);
  return path;
}

test('it answers, tells on the way, and is given bytes as they are', async () => {
  const told: number[] = [];
  const answer = await inWorker<Buffer, { sum: number }, number>(script(`for (const byte of input) tell(byte); return { sum: input[0] + input[1] };`), Buffer.from([3, 4]), { megabytes: 64, onTold: (it) => told.push(it) });
  expect([answer, told]).toEqual([{ sum: 7 }, [3, 4]]);
});

test('it knows nothing of the house’s environment', async () => {
  process.env.ABWAB_CANARY = 'secret';
  expect(await inWorker(script('return Object.keys(process.env).filter((it) => it.startsWith("ABWAB") || it.startsWith("DATABASE"));'), {}, { megabytes: 64 })).toEqual([]);
  delete process.env.ABWAB_CANARY;
});

test('what falls over, never ends, or fills its memory, ends alone', async () => {
  await expect(inWorker(script('process.abort();'), {}, { megabytes: 64 })).rejects.toThrow('SIGABRT');
  await expect(inWorker(script('for (;;);'), {}, { megabytes: 64, longestMs: 700 })).rejects.toBeInstanceOf(TookTooLong);
  await expect(inWorker(script('const all = []; for (;;) all.push({ a: [Math.random()] });'), {}, { megabytes: 32, longestMs: 60_000 })).rejects.toThrow('no answer');
  await expect(inWorker(join(folder, 'no-such.ts'), {}, { megabytes: 64 })).rejects.toThrow();
});

test('many at once, one after the other: none falls over', async () => {
  const double = script('return input.n * 2;');
  for (let round = 0; round < 4; round++) expect(await Promise.all([1, 2, 3, 4].map((n) => inWorker(double, { n }, { megabytes: 64 })))).toEqual([2, 4, 6, 8]);
});
