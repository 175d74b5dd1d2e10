import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countInWorker } from './count.ts';

const file = (name: string) => readFileSync(new URL(`../../engines/equal-shares/fixtures/${name}.pb`, import.meta.url));

test('a count runs in a process of its own and answers with plain data', async () => {
  const result = await countInWorker(file('Netherlands_Assen_2024'), { completion: 'add1', explained: true });
  expect(result).toMatchObject({ raisedBy: 843, winners: ['3', '9', '2', '11', '13', '14', '5', '6', '12'], explanation: { share: '42703/21' } });
});

test('a bad file is refused with its line, an impossible utility with its reason', async () => {
  await expect(countInWorker(Buffer.from('META\nkey;value\nbudget;x\n'))).rejects.toMatchObject({ reason: 'not-a-number', line: 3 });
  await expect(countInWorker(file('Netherlands_Assen_2024'), { utility: 'points' })).rejects.toMatchObject({ reason: 'utility-needs-points', line: null });
});

test('a long count can be stopped, and tells how far it is', async () => {
  const stopping = new AbortController();
  const seen: number[] = [];
  const counting = countInWorker(file('Hungary_Budapest_2024'), {
    completion: 'add1',
    signal: stopping.signal,
    onProgress: (raise) => {
      seen.push(raise);
      stopping.abort(new Error('enough'));
    },
  });
  await expect(counting).rejects.toThrow('enough');
  expect(seen.length).toBeGreaterThan(0);
});
