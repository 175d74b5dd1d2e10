import { expect, test } from 'vitest';
import { openReading } from './reading.ts';

function reading() {
  const told: string[] = [];
  const client = { query: async (text: string) => { told.push(text); }, release: () => { told.push('released'); } };
  const it = openReading<string, { who: string }>({
    enter: async () => client as never, pulse: { during: (work: () => Promise<never>) => work() } as never,
    begin: async () => { told.push('begin'); return new Date(0); }, end: 'commit', context: (_client, who) => ({ who }),
  });
  return { it, told };
}

test('a page that is done gives its connection back at once', async () => {
  const { it, told } = reading();
  expect(await it.ask('somebody', async ({ who }) => who, undefined)).toBe('somebody');
  await it.end();
  expect(told).toEqual(['begin', 'commit', 'released']);
});

test('whoever is still asking when the page is done has the connection until the answer is there', async () => {
  const { it, told } = reading();
  let answer: (value: string) => void = () => undefined;
  const asked = it.ask('somebody', () => new Promise<string>((resolve) => { answer = resolve; }), undefined);
  await it.end();
  await it.end();
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(told).toEqual(['begin']);
  answer('a part of a list');
  expect(await asked).toBe('a part of a list');
  expect(told).toEqual(['begin', 'commit', 'released']);
  await it.ask('somebody', async () => null, undefined);
  await it.end();
  expect(told.filter((line) => line === 'begin')).toHaveLength(2);
});
