import { afterEach, expect, test, vi } from 'vitest';
import { logError, logEvent } from './index.ts';

const written: string[] = [];
vi.spyOn(process.stderr, 'write').mockImplementation((text) => { written.push(String(text)); return true; });
afterEach(() => { written.length = 0; });
const line = () => JSON.parse(written.at(-1)!) as Record<string, unknown>;

test('an event is one line', () => {
  logEvent('disk nearly full', { freeMegabytes: 12 });
  expect(written).toHaveLength(1);
  expect(line()).toMatchObject({ level: 'info', event: 'disk nearly full', freeMegabytes: 12 });
});

test('of an error its kind and its places are told, and not a word of its message', () => {
  class Broken extends TypeError { override name = 'Broken'; code = '22P02'; }
  logError('request failed', { code: 'AB12' }, new Broken('invalid input: «Zirqal»\n    at Zirqal street 5:1:1\n    at home (Zirqal:2:2)'));
  expect(line()).toMatchObject({ level: 'error', event: 'request failed', code: 'AB12', error: 'Broken', errorCode: '22P02' });
  expect((line().frames as string[])[0]).toMatch(/log\.test\.ts:\d+:\d+/);
  expect(written[0]).not.toContain('Zirqal');
});

test.each([
  ['a text', 'Zirqal'], ['a name that is a text', Object.assign(new Error('x'), { name: 'Zirqal said so' })], ['a code that is a text', Object.assign(new Error('x'), { code: 'Zirqal said' })],
  ['a message that was changed afterwards', Object.assign(new Error('Zirqal\n    at Zirqal:1:1'), { message: 'other' })], ['nothing', null], ['an object', { message: 'Zirqal' }],
])('%s thrown is told as little', (_, thrown) => {
  logError('request failed', {}, thrown);
  expect(line()).toMatchObject({ event: 'request failed' });
  expect(written[0]).not.toContain('Zirqal');
});
