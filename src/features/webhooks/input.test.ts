import * as v from 'valibot';
import { expect, test } from 'vitest';
import { HookSchema } from './input.ts';

const read = (url: string, topics: unknown = []) => v.safeParse(HookSchema, { name: 'صحيفة', url, topics });

test.each(['https://hooks.example/in?x=1', 'https://8.8.8.8:8443/a', ' https://hooks.example '])('%s is taken', (url) => expect(read(url).success).toBe(true));
test.each(['http://hooks.example/', 'https://user:word@hooks.example/', 'https://localhost/', 'ftp://a.example/', 'hooks.example', '', 'javascript:alert(1)', 'https://a.example/#x', `https://a.example/${'x'.repeat(600)}`])('%s is not', (url) => expect(read(url).success).toBe(false));
test('topics are those that there are', () => {
  expect(read('https://a.example/', ['entry', 'answer']).success).toBe(true);
  expect(read('https://a.example/', ['person']).success).toBe(false);
});
