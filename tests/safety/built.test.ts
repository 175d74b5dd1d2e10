/** What is built is the product, whoever builds it: a test's own settings, or those of somebody's shell, do not stand in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOME } from '#testing/cluster.ts';
import { site } from '#testing/site.ts';

const given = await site();
const chunks = readdirSync(join(HOME, 'build/server/chunks')).filter((name) => name.endsWith('.js')).map((name) => ({ name, code: readFileSync(join(HOME, 'build/server/chunks', name), 'utf8') }));

test('pages are rendered without the checks of a workshop, and without comments for a script that never comes', () => {
  expect(chunks.length).toBeGreaterThan(50);
  expect(chunks.filter(({ code }) => /push_element\(/.test(code)).map((it) => it.name)).toEqual([]);
  expect(chunks.filter(({ code }) => /<!--\[?-?\d*-->/.test(code)).map((it) => it.name)).toEqual([]);
});

test('a page holds no comment, and its head says in which language and direction it is', async () => {
  const { text } = await given.get('/needs');
  expect(text).not.toContain('<!--');
  expect(text).toMatch(/<html lang="ar-SY" dir="rtl"/);
});
