import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Election } from '../election.ts';
import { metaOf } from '../election.ts';
import { decimalText } from '../rational.ts';
import { PabulibError } from './error.ts';
import { PabulibReader, readPabulib } from './read.ts';
import { pabulibText, writePabulib } from './write.ts';

const plain = `META
key;value
description;Flowers; no more
budget;100,50
vote_type;approval
PROJECTS
project_id;cost;name
1;20.25;Garden
BO.2/25;30;"Bench; ""Ali"""
VOTES
voter_id;vote;age
a;1,BO.2/25;34
b;;
c;BO.2/25;71
`.replace('Flowers; no more', '"Flowers; no more"');

/** Everything an election says, as plain data. */
function told(election: Election): unknown {
  const { ballots, projects, meta, kind, budget, voterColumns, voteHeader, projectColumns } = election;
  return {
    meta,
    kind,
    budget: decimalText(budget),
    projectColumns,
    projects: projects.map(({ id, cost, cells }) => [id, decimalText(cost), cells]),
    voteHeader,
    votes: Array.from({ length: ballots.count }, (_, voter) => [
      voterColumns.map(({ cell }) => cell(voter)),
      Array.from(ballots.project.subarray(ballots.start[voter], ballots.start[voter + 1])),
      ballots.points && Array.from(ballots.points.subarray(ballots.start[voter], ballots.start[voter + 1]), (code) => decimalText(ballots.pointValues[code]!)),
    ]),
  };
}

function refusal(file: string | Uint8Array): [string, number] {
  try {
    readPabulib(file);
  } catch (error) {
    if (error instanceof PabulibError) return [error.problem, error.line];
    throw error;
  }
  throw new Error('the file was not refused');
}

test('sections, quotes, decimals, every column and key', () => {
  expect(told(readPabulib(plain))).toEqual({
    meta: [['description', 'Flowers; no more'], ['budget', '100,50'], ['vote_type', 'approval']],
    kind: 'approval',
    budget: '100.5',
    projectColumns: ['project_id', 'cost', 'name'],
    projects: [['1', '20.25', ['1', '20.25', 'Garden']], ['BO.2/25', '30', ['BO.2/25', '30', 'Bench; "Ali"']]],
    voteHeader: ['voter_id', 'vote', 'age'],
    votes: [[['a', '34'], [0, 1], null], [['b', ''], [], null], [['c', '71'], [1], null]],
  });
});

describe('the same election, however it is written', () => {
  const utf16 = (little: boolean): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${plain}`, 'utf16le');
    return little ? bytes : bytes.swap16();
  };
  test.each<[string, string | Uint8Array]>([
    ['a byte order mark', `\ufeff${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['CR', plain.replaceAll('\n', '\r')],
    ['no line end at the end', plain.trimEnd()],
    ['blank lines', plain.replaceAll('\n', '\n\n  \n;;\n')],
    ['spaces around cells and marks', plain.replaceAll(';', ' ; ').replace('"Flowers ;  no more"', '"Flowers; no more"').replace('Bench ;  ""', 'Bench; ""').replace('1,BO', '1 , BO')],
    ['section names in small letters, followed by empty cells', plain.replace('META\n', 'meta;;;\n').replace('VOTES\n', 'Votes;;\n')],
    ['every cell quoted', plain.split('\n').map((line) => (line.includes('"') || line === '' ? line : line.split(';').map((cell) => `"${cell}"`).join(';'))).join('\n')],
    ['UTF-16, little end first', utf16(true)],
    ['UTF-16, big end first', utf16(false)],
    ['a ballot with a comma too many', plain.replace('1,BO.2/25;', '1,BO.2/25,;')],
    ['None for an empty ballot', plain.replace('b;;', 'b;None;')],
  ])('%s', (_, file) => {
    expect(told(readPabulib(file))).toEqual(told(readPabulib(plain)));
  });

  test('in pieces of any length', () => {
    const bytes = new TextEncoder().encode(`\ufeff${plain.replaceAll('\n', '\r\n').replace('Garden', 'حديقة\u{1F333}')}`);
    const whole = told(readPabulib(bytes));
    for (let length = 1; length < 60; length++) {
      const reader = new PabulibReader();
      for (let at = 0; at < bytes.length; at += length) reader.push(bytes.slice(at, at + length));
      expect(told(reader.end())).toEqual(whole);
    }
  });
});

test('columns in any order; unknown keys and columns are kept', () => {
  const election = readPabulib('META\nkey;value\nmood;good\nvote_type;choose-1\nbudget;1\nPROJECTS\ncost;colour;project_id\n1;red;a\nVOTES\nvote;shoe;voter_id\na;42;x\n');
  expect(metaOf(election, 'mood')).toBe('good');
  expect(election.kind).toBe('approval');
  expect(told(election)).toMatchObject({ projects: [['a', '1', ['1', 'red', 'a']]], votes: [[['x', '42'], [0], null]] });
});

test('points: as many as marks, decimals allowed, a doubled project counts once with the last points', () => {
  const file = 'META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;1\nb;1\nVOTES\nvoter_id;vote;points\n1;a,b,a;1,2.5,3\n2;;\n3;b;0\n';
  const election = readPabulib(file);
  expect(told(election)).toMatchObject({ votes: [[['1'], [0, 1], ['3', '2.5']], [['2'], [], []], [['3'], [1], ['0']]] });
  expect(election.findings).toEqual([{ code: 'project-twice-in-a-ballot', count: 1, lines: [11] }]);
  expect(refusal(file.replace('1;a,b,a;1,2.5,3', '1;a,b;1'))).toEqual(['points-do-not-match', 11]);
  expect(refusal(file.replace('1;a,b,a;1,2.5,3', '1;a;1,2'))).toEqual(['points-do-not-match', 11]);
  expect(refusal(file.replace('2;;', '2;a;'))).toEqual(['points-do-not-match', 12]);
  expect(refusal(file.replace('3;b;0', '3;b;x'))).toEqual(['not-a-number', 13]);
  expect(refusal(file.replace('3;b;0', '3;b;-1'))).toEqual(['below-zero', 13]);
});

test('what does not agree with the file itself is reported, not refused', () => {
  const file = 'META\nkey;value\nnum_votes;3\nnum_projects;2\nbudget;9\nvote_type;ordinal\nmax_length;1\nPROJECTS\nproject_id;cost;votes;score\na;1;2;9\nb;1;1;1\nVOTES\nvoter_id;vote;\n1;a,b;\n2;a;\n';
  const codes = readPabulib(file).findings.map(({ code, count, lines }) => [code, count, ...lines]);
  expect(codes).toEqual([['empty-cells-at-line-end', 2, 14, 15], ['ballot-longer-than-max-length', 1, 14], ['num-votes-differs', 1, 3], ['score-column-differs', 1]]);
});

describe('bad files are refused with the line', () => {
  test.each<[string, string, [string, number]]>([
    ['unknown project', plain.replace('c;BO.2/25', 'c;BO.3/25'), ['unknown-project', 14]],
    ['cost not a number', plain.replace('1;20.25', '1;cheap'), ['not-a-number', 8]],
    ['negative cost', plain.replace('1;20.25', '1;-3'), ['below-zero', 8]],
    ['no cost', plain.replace('1;20.25', '1;'), ['not-a-number', 8]],
    ['cost beyond measure', plain.replace('1;20.25', '1;9999999999999999999'), ['too-large', 8]],
    ['budget not a number', plain.replace('100,50', '1 000'), ['not-a-number', 4]],
    ['doubled project', plain.replace('BO.2/25;30', '1;30'), ['project-id-twice', 9]],
    ['doubled voter', plain.replace('c;BO', 'a;BO'), ['voter-id-twice', 14]],
    ['ballot without a voter', plain.replace('c;BO', ';BO'), ['id-missing', 14]],
    ['project without an id', plain.replace('BO.2/25;30', ';30'), ['id-missing', 9]],
    ['a cell too few', plain.replace('c;BO.2/25;71', 'c;BO.2/25'), ['cell-count', 14]],
    ['a cell too many', plain.replace('c;BO.2/25;71', 'c;BO.2/25;71;x'), ['cell-count', 14]],
    ['wrong header of META', plain.replace('key;value', 'key;values'), ['wrong-header', 2]],
    ['no cost column', plain.replace('project_id;cost', 'project_id;price'), ['wrong-header', 7]],
    ['no vote column', plain.replace('voter_id;vote', 'voter_id;votes'), ['wrong-header', 11]],
    ['two columns of one name', plain.replace('voter_id;vote;age', 'voter_id;vote;vote'), ['wrong-header', 11]],
    ['a quote that is not closed', plain.replaceAll('"', '').replace('Garden', '"Garden').replace('Flowers;', 'Flowers'), ['bad-quoting', 8]],
    ['no META', plain.replace('META\n', ''), ['text-before-meta', 1]],
    ['no PROJECTS', plain.replace('PROJECTS\n', ''), ['cell-count', 6]],
    ['two META', plain.replace('PROJECTS\n', 'META\nkey;value\nPROJECTS\n'), ['section-order', 6]],
    ['no VOTES', plain.slice(0, plain.indexOf('VOTES')), ['section-missing', 10]],
    ['nothing', '', ['section-missing', 1]],
    ['VOTES without columns', plain.slice(0, plain.indexOf('voter_id')), ['wrong-header', 11]],
    ['unknown vote type', plain.replace('approval', 'veto'), ['unknown-vote-type', 5]],
    ['no budget', plain.replace('budget;100,50\n', ''), ['key-missing', 5]],
    ['two budgets', plain.replace('vote_type', 'budget;7\nvote_type'), ['key-twice', 5]],
  ])('%s', (_, file, fault) => {
    expect(refusal(file)).toEqual(fault);
  });

  test('text that is not UTF-8', () => {
    expect(refusal(Uint8Array.from(Buffer.from(plain.replace('Garden', 'Ogr\u00f3d'), 'latin1')))).toEqual(['not-utf8', 8]);
  });

  test('line numbers count the lines inside quotes', () => {
    expect(refusal(plain.replace('Garden', '"Gar\nden"').replace('c;BO.2/25', 'c;x'))).toEqual(['unknown-project', 15]);
  });
});

test('a word in quotes at the beginning of a cell is text', () => {
  const election = readPabulib(plain.replace('Garden', '"Garden" for all'));
  expect(election.projects[0]!.cells[2]).toBe('"Garden" for all');
  expect(election.findings).toEqual([{ code: 'text-after-a-closing-quote', count: 1, lines: [8] }]);
});

test('what is written is read again the same', () => {
  expect(told(readPabulib(pabulibText(readPabulib(plain))))).toEqual(told(readPabulib(plain)));
});

const folder = new URL('../fixtures/', import.meta.url);
test.each(readdirSync(folder).filter((name) => name.endsWith('.pb')))('%s is written and read again the same, and agrees with its own columns', (name) => {
  const election = readPabulib(readFileSync(new URL(name, folder)));
  const again = new PabulibReader();
  for (const piece of writePabulib(election)) again.push(new TextEncoder().encode(piece));
  expect(JSON.stringify(told(again.end()))).toBe(JSON.stringify(told(election)));
  const twice = election.findings.filter(({ code }) => code === 'project-twice-in-a-ballot').length;
  expect(election.findings.filter(({ code }) => /differs/.test(code)).length).toBe(twice);
});
