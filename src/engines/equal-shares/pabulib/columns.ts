// The file's own sums, compared with its ballots. Differences are reported, never refused: 22 files of the library name
// a project twice in a ballot and count it twice in their columns.
import type { Election } from '../election.ts';
import { metaOf, votesOf } from '../election.ts';
import type { Rational } from '../rational.ts';
import { add, compare, multiply, parseDecimal, rational, zero } from '../rational.ts';
import type { Findings } from './findings.ts';

export function columnFindings(election: Election, metaLines: ReadonlyMap<string, number>, findings: Findings): void {
  const declared = (key: string, actual: number): boolean => [undefined, '', String(actual)].includes(metaOf(election, key));
  if (!declared('num_votes', election.ballots.count)) findings.note('num-votes-differs', metaLines.get('num_votes')!);
  if (!declared('num_projects', election.projects.length)) findings.note('num-projects-differs', metaLines.get('num_projects')!);
  const votes = [...votesOf(election)].map((it) => rational(BigInt(it)));
  for (let i = 0; i < differing(election, 'votes', votes); i++) findings.note('votes-column-differs', 0);
  if (election.kind === 'approval') return;
  for (let i = 0, n = differing(election, 'score', scoresOf(election)); i < n; i++) findings.note('score-column-differs', 0);
}

/** How many projects' own figure in a column is a number other than ours. */
function differing(election: Election, column: string, ours: readonly Rational[]): number {
  const at = election.projectColumns.findIndex((name) => name.toLowerCase() === column);
  if (at < 0) return 0;
  return election.projects.filter((project, i) => {
    const written = parseDecimal(project.cells[at] ?? '');
    return written !== null && compare(written, ours[i]!) !== 0;
  }).length;
}

/** Pabulib's "score": points, or ballot length minus position where ballots are ordered. */
function scoresOf({ ballots, projects }: Election): Rational[] {
  const whole = new Float64Array(projects.length);
  const perValue = ballots.pointValues.map(() => new Float64Array(projects.length));
  for (let voter = 0; voter < ballots.count; voter++) {
    const end = ballots.start[voter + 1]!;
    for (let at = ballots.start[voter]!; at < end; at++) {
      const project = ballots.project[at]!;
      if (ballots.points === null) whole[project]! += end - at;
      else perValue[ballots.points[at]!]![project]!++;
    }
  }
  return projects.map((_, project) =>
    perValue.reduce((sum, counts, code) => add(sum, multiply(ballots.pointValues[code]!, rational(BigInt(counts[project]!)))), add(zero, rational(BigInt(whole[project]!)))),
  );
}
