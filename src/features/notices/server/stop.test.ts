import { expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { world } from '#testing/world.ts';
import { resumeLetters, stopLetters, stopState } from './index.ts';
import { stopToken } from './stop-token.ts';

const given = await world();
const refused = (because: string) => ({ refusal: { because } });

test('a forged, cut, foreign or outlived token stops nobody', async () => {
  const person = await given.person();
  const token = stopToken(TEST_SECRETS, { person: person.id });
  const flipped = `${token.slice(0, 10)}${token[10] === 'A' ? 'B' : 'A'}${token.slice(11)}`;
  for (const bad of ['', 'x', flipped, token.slice(0, -3), 'ا'.repeat(50), 'A'.repeat(5000), stopToken(TEST_SECRETS, { person: newId() })]) {
    expect(await given.ask(stopState, bad)).toBe('unknown');
    await expect(given.act(stopLetters, bad)).rejects.toMatchObject(refused('not-found'));
    await expect(given.act(resumeLetters, bad)).rejects.toMatchObject(refused('not-found'));
  }
  await given.sql('update persons set ended_at = now() where id = $1', [person.id]);
  expect(await given.ask(stopState, token)).toBe('unknown');
  await expect(given.act(stopLetters, token)).rejects.toMatchObject(refused('not-found'));
});
