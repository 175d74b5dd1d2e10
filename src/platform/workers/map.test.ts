import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mapInWorker } from './map.ts';

const file = (name: string) => readFileSync(new URL(`../../engines/opinion-map/fixtures/15-per-hour-seattle/${name}.csv`, import.meta.url));

test('a map is made in a process of its own and answers with plain data', async () => {
  const map = await mapInWorker(file('participants-votes'), { mode: 'polis', comments: file('comments') });
  expect(map).toMatchObject({ mode: 'polis', participants: 339, moderatedOut: 23, groups: [{ size: 82 }, { size: 56 }] });
  expect(map.milliseconds).toBeGreaterThan(0);
});

test('what is no export is refused with its line', async () => {
  await expect(mapInWorker(Buffer.from('participant,1\n1,5\n'))).rejects.toMatchObject({ file: 'participants-votes.csv', line: 2 });
  await expect(mapInWorker(Buffer.from(''))).rejects.toThrow('empty');
});

test('a map that nobody waits for any more is stopped', async () => {
  const stopping = new AbortController();
  const mapping = mapInWorker(file('participants-votes'), { signal: stopping.signal });
  stopping.abort(new Error('enough'));
  await expect(mapping).rejects.toThrow('enough');
});
