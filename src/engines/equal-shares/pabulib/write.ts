// Writes Pabulib .pb files: every META key, every column, in the order they were read.
import type { Election } from '../election.ts';
import { decimalText } from '../rational.ts';

const pieceLength = 1 << 16;

/** The file in pieces of about 64 kB of text, lines ended by "\n". Throws a RangeError for a project id with a comma. */
export function* writePabulib(election: Election): Generator<string> {
  let piece = '';
  for (const line of lines(election)) {
    piece += `${line}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The whole file as one text. */
export function pabulibText(election: Election): string {
  return [...writePabulib(election)].join('');
}

function* lines(election: Election): Generator<string> {
  yield 'META';
  yield 'key;value';
  for (const pair of election.meta) yield row(pair);
  yield 'PROJECTS';
  yield row(election.projectColumns);
  for (const { id, cells } of election.projects) {
    if (id.includes(',')) throw new RangeError(`a project id with a comma cannot be written: ${id}`);
    yield row(cells);
  }
  yield 'VOTES';
  yield row(election.voteHeader);
  yield* ballots(election);
}

function* ballots(election: Election): Generator<string> {
  const cells = election.voteHeader.map((name) => cellWriter(election, name));
  for (let voter = 0; voter < election.ballots.count; voter++) yield row(cells.map((cell) => cell(voter)));
}

function cellWriter({ ballots: { start, project, points, pointValues }, projects, voterColumns }: Election, name: string): (voter: number) => string {
  const known = name.toLowerCase();
  if (known === 'vote') return (voter) => Array.from(project.subarray(start[voter], start[voter + 1]), (c) => projects[c]!.id).join(',');
  if (known === 'points' && points !== null) {
    const texts = pointValues.map(decimalText);
    return (voter) => Array.from(points.subarray(start[voter], start[voter + 1]), (code) => texts[code]!).join(',');
  }
  return voterColumns.find((column) => column.name === name)?.cell ?? (() => '');
}

function row(cells: readonly string[]): string {
  return cells.map(quoted).join(';');
}

function quoted(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
