import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { openCache } from './cache.ts';

const cache = openCache();
const keyOf = (headers: Record<string, string>, more: object = {}) => cache.keyOf({ method: 'GET', url: '/needs', headers: { host: 'abwab.example', ...headers }, ...more } as unknown as IncomingMessage);

test.each(['abwab_session=x', '__Host-abwab_session=x', 'a=b; __Host-abwab_session=x', 'abwab_look=theme=dark; abwab_session=x'])('whoever comes with %s is answered from no memory', (cookie) => {
  expect(keyOf({ cookie })).toBeNull();
});

test('cookies of others change nothing, a way of reading makes another answer', () => {
  expect(keyOf({})).not.toBeNull();
  expect(keyOf({ cookie: 'visits=7; session=x' })).toBe(keyOf({}));
  expect(keyOf({ cookie: 'abwab_look=theme%3Ddark' })).not.toBe(keyOf({}));
  for (const more of [{ method: 'POST' }, { url: `/${'x'.repeat(1_000)}` }]) expect(keyOf({}, more)).toBeNull();
  for (const headers of [{ authorization: 'Bearer x' }, { range: 'bytes=0-1' }] as Record<string, string>[]) expect(keyOf(headers)).toBeNull();
});
