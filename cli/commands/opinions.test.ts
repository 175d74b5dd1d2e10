import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { running } from '#testing/command.ts';
import { opinions } from './opinions.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../src/engines/opinion-map/fixtures/${name}`, import.meta.url));
const seattle = folder('15-per-hour-seattle');

const run = (...args: string[]) => running(opinions, args);

type Line = { groups: { id: number; size: number; members: number[] }[]; milliseconds: number } & Record<string, unknown>;
const mapped = async (...args: string[]): Promise<Line> => {
  const { code, out, err } = await run(...args, '--json');
  expect([code, err]).toEqual([0, '']);
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out) as Line;
};

test('the fields of the contract', async () => {
  const it = await mapped(seattle, '--mode', 'polis');
  expect(it).toMatchObject({ participants: 339, statements: 54, votes: 2872, moderatedOut: 23, groups: [{ id: 0, size: 82 }, { id: 1, size: 56 }] });
  for (const field of ['clustered', 'eigenvalues', 'groups', 'bridging']) expect(Array.isArray(it[field]), field).toBe(true);
  for (const field of ['center', 'comp1', 'comp2', 'extremity', 'positions', 'silhouettes', 'groupConsensus', 'representative', 'consensus', 'priority']) expect(typeof it[field], field).toBe('object');
  expect(it).toMatchObject({ center: { 0: expect.closeTo(0.135922330097, 9) }, positions: { 0: [expect.any(Number), expect.any(Number)] }, milliseconds: expect.any(Number) });
  expect((it.bridging as object[])[0]).toMatchObject({ statement: expect.any(Number), score: expect.any(Number), low: expect.any(Number), high: expect.any(Number), groupMinimum: expect.any(Number) });
});

test('the groups that were published are measured as Polis does, unless default mode is said', async () => {
  expect((await mapped(folder('bg2050-volunteers'), '--groups', 'published')).groups.map(({ size }) => size)).toEqual([100, 8]);
  expect((await mapped(seattle, '--groups', 'published', '--mode', 'default')).groups.map(({ size }) => size)).toEqual([99, 39]);
});

test('rows, columns and line ends in another order give the same line, in both modes', async () => {
  const [header, ...rows] = readFileSync(join(seattle, 'participants-votes.csv'), 'utf8').trimEnd().split('\n').map((line) => line.split(','));
  const order = [...header!.keys()].reverse();
  const turned = [header!, ...rows.reverse()].map((line) => order.map((at) => (line[at] === '' ? '' : `"${line[at]}"`)).join(',')).join('\r\n');
  const other = mkdtempSync(join(tmpdir(), 'opinions-'));
  writeFileSync(join(other, 'participants-votes.csv'), `\uFEFF${turned}`);
  cpSync(join(seattle, 'comments.csv'), join(other, 'comments.csv'));
  for (const mode of ['polis', 'default']) {
    const [one, two] = [await mapped(seattle, '--mode', mode), await mapped(other, '--mode', mode)];
    expect(JSON.stringify({ ...two, milliseconds: 0 })).toBe(JSON.stringify({ ...one, milliseconds: 0 }));
  }
  rmSync(other, { recursive: true });
});

test('a folder that cannot be mapped: a sentence, where it is wrong, and 1', async () => {
  const bad = mkdtempSync(join(tmpdir(), 'opinions-'));
  const told = async (...args: string[]) => {
    const { code, out, err } = await run(bad, '--json', ...args);
    expect([code, err === '']).toEqual([1, false]);
    return JSON.parse(out) as object;
  };
  expect(await told()).toMatchObject({ error: 'the file cannot be read (ENOENT)', file: 'participants-votes.csv' });
  writeFileSync(join(bad, 'participants-votes.csv'), 'participant,0,1\n7,1,maybe\n');
  expect(await told()).toMatchObject({ error: 'in the column of statement 1 stands "maybe", which is not a vote: 1, 0, -1 or empty', line: 2 });
  writeFileSync(join(bad, 'participants-votes.csv'), 'participant,0,1\n7,1,0\n');
  expect(await told('--groups', 'published')).toMatchObject({ error: expect.stringContaining('group-id') });
  rmSync(bad, { recursive: true });
});

test('without comments nothing is moderated out, and that is said', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'opinions-'));
  cpSync(join(seattle, 'participants-votes.csv'), join(bare, 'participants-votes.csv'));
  const { code, out, err } = await run(bare, '--json');
  expect([code, (JSON.parse(out) as Line).moderatedOut]).toEqual([0, 0]);
  expect(err).toContain('no comments.csv');
  rmSync(bare, { recursive: true });
});

test('help, and 2 for wrong usage', async () => {
  expect((await run('--help')).code).toBe(0);
  for (const args of [[], [seattle, '--mode', 'best'], [seattle, '--groups', 'mine'], [seattle, '--nonsense'], [seattle, seattle], [seattle, '--mode']]) {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('abwab opinions FOLDER');
  }
});

test('without --json a person can read it', async () => {
  const { out } = await run(folder('bg2050-volunteers'), '--groups', 'published');
  expect(out).toContain('126 participants, 371 statements (56 moderated out), 14283 votes');
  expect(out).toContain('group 1: 8 people');
  expect(out).toContain('too few to tell in group 1');
});
