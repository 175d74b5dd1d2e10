import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { running } from '#testing/command.ts';
import { recount } from './recount.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../src/engines/equal-shares/fixtures/${name}.pb`, import.meta.url));
const assen = fixture('Netherlands_Assen_2024');

const run = (...args: string[]) => running(recount, args);

test('one file: one line of JSON with the fields of the contract', async () => {
  const { code, out, err } = await run(assen, '--completion', 'add1', '--explain', '--json');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toMatchObject({
    rule: 'equal-shares', utility: 'cost', completion: 'add1', ties: 'mincost-votes-lexico', stop: 'overspend-only', start: 'exact', step: 1, raisedBy: 843,
    budget: '100000', cost: '76700', winners: ['3', '9', '2', '11', '13', '14', '5', '6', '12'],
    tiesMet: [{ round: 3, projects: ['2', '11'], chosen: '2' }],
    explanation: { prices: { 3: '1/43' }, payers: { 3: 43 }, lacked: { 7: '5901308/18447' } },
  });
});

test('several files: a line each in the order given, one that is not valid among them, and 1 at the end', async () => {
  const bad = join(mkdtempSync(join(tmpdir(), 'recount-')), 'bad.pb');
  writeFileSync(bad, 'META\nkey;value\nbudget;ten\n');
  const { code, out, err } = await run(assen, bad, 'absent.pb', fixture('Poland_Warszawa_2026_Blonia_Wilanowskie'), '--json');
  const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { file: string; error?: string; line?: number; winners?: string[] });
  expect(code).toBe(1);
  expect(lines.map(({ file }) => file)).toEqual([assen, bad, 'absent.pb', fixture('Poland_Warszawa_2026_Blonia_Wilanowskie')]);
  expect(lines[1]).toMatchObject({ error: 'the budget is not a number: "ten"', line: 3 });
  expect(lines[2]).toMatchObject({ error: 'the file cannot be read (ENOENT)', line: null });
  expect(lines[3]!.winners).toContain('1888');
  expect(err).toContain('project-twice-in-a-ballot');
});

test('a ballot gets its receipt', async () => {
  const { out } = await run(assen, '--json', '--voter', 'vote02bb4517-a1b0-4aba-be48-8c195184c058');
  const { balance } = JSON.parse(out) as { balance: { start: string; paid: { project: string }[]; left: string } };
  expect(balance).toMatchObject({ start: '25000/21', paid: [{ project: '2' }] });
});

test('help, and 2 for wrong usage', async () => {
  expect((await run('--help')).code).toBe(0);
  for (const args of [[], [assen, '--rule', 'lots'], [assen, '--nonsense'], [assen, '--step', '0'], [assen, '--ties']]) {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('abwab recount FILE.pb');
  }
});

test('without --json a person can read it', async () => {
  const { out } = await run(assen, '--completion', 'add1');
  expect(out).toContain('9 winners, cost 76700');
  expect(out).toContain('shares raised by 843');
  expect(out).toContain('tie in round 3: 2, 11; first 2');
});
