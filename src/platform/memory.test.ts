import { expect, test } from 'vitest';
import { openMemory } from './memory.ts';

function counter(costMs = 0) {
  const clock = { at: 0 };
  const memory = openMemory({ now: () => clock.at });
  let counts = 0;
  const ask = (key = 'entries') => memory.remember(key, async () => {
    clock.at += costMs;
    return ++counts;
  });
  return { clock, memory, ask };
}

test('a figure is counted once until something is written', async () => {
  const { memory, ask } = counter(3);
  expect([await ask(), await ask(), await ask('others')]).toEqual([1, 1, 2]);
  memory.changed();
  expect(await ask()).toBe(3);
});

test('what was written behind its back is seen after a second', async () => {
  const { clock, ask } = counter(3);
  await ask();
  clock.at += 990;
  expect(await ask()).toBe(1);
  clock.at += 20;
  expect(await ask()).toBe(2);
});

test('what is dear to count takes a twentieth of the time, however much is written, and is never older than a minute', async () => {
  const dear = counter(500);
  await dear.ask();
  dear.memory.changed();
  dear.clock.at += 9_000;
  expect(await dear.ask()).toBe(1);
  dear.clock.at += 1_000;
  expect(await dear.ask()).toBe(2);
  const dearest = counter(10_000);
  await dearest.ask();
  dearest.clock.at += 59_000;
  expect(await dearest.ask()).toBe(2);
});

test('many who ask at once wait for one count, unless something was written meanwhile', async () => {
  const memory = openMemory();
  const answers: ((value: number) => void)[] = [];
  const ask = () => memory.remember('entries', () => new Promise<number>((resolve) => { answers.push(resolve); }));
  const [one, two] = [ask(), ask()];
  memory.changed();
  const three = ask();
  answers[0]!(1);
  answers[1]!(2);
  expect([answers.length, await one, await two, await three]).toEqual([2, 1, 1, 2]);
});

test('a count that fails is nobody else’s failure, and is not remembered', async () => {
  const memory = openMemory();
  let asked = 0;
  const ask = () => memory.remember('entries', async () => {
    if (++asked === 1) throw new Error('away');
    return asked;
  });
  const [first, second] = await Promise.allSettled([ask(), ask()]);
  expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 2 }]);
});

test('no more is kept than there is room for', async () => {
  const memory = openMemory({ mostKeys: 2 });
  let counts = 0;
  const ask = (key: string) => memory.remember(key, async () => ++counts);
  for (const key of ['a', 'b', 'c', 'a']) await ask(key);
  expect(counts).toBe(4);
});

test('what may be old is remembered as long as is said, whatever is written', async () => {
  const clock = { at: 0 };
  const memory = openMemory({ now: () => clock.at });
  let counts = 0;
  const ask = () => memory.remember('alike', async () => ++counts, { forMs: 60_000 });
  await ask();
  memory.changed();
  clock.at += 59_000;
  expect(await ask()).toBe(1);
  clock.at += 2_000;
  expect(await ask()).toBe(2);
});
