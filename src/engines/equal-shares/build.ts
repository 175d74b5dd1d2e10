// An election made by a program instead of a file.
import type { BallotKind, Election, Project } from './election.ts';
import type { Rational } from './rational.ts';
import { compare, parseDecimal, parseRational, text, zero } from './rational.ts';

export type Draft = {
  kind: BallotKind;
  /** Units of currency, as text: "1000", "12.50" or "7/3". */
  budget: string;
  projects: readonly { id: string; cost: string; columns?: Readonly<Record<string, string>> }[];
  /** Project ids in ballot order; points of the same length where the kind has points. */
  ballots: readonly { voter?: string; projects: readonly string[]; points?: readonly string[] }[];
  meta?: readonly (readonly [string, string])[];
};

/**
 * Turns a draft into an election. A project named twice in a ballot counts once, with the points written last.
 * Throws a RangeError for a doubled or unknown project, a number that is none, or points that do not match.
 */
export function electionOf(draft: Draft): Election {
  const columns = [...new Set(draft.projects.flatMap((it) => Object.keys(it.columns ?? {})))];
  const index = new Map(draft.projects.map((it, at) => [it.id, at]));
  if (index.size !== draft.projects.length) throw new RangeError('a project id occurs twice');
  const projects: Project[] = draft.projects.map((it) => ({
    id: it.id,
    cost: amount(it.cost),
    cells: [it.id, it.cost, ...columns.map((name) => it.columns?.[name] ?? '')],
  }));
  const marks = draft.ballots.map((ballot) => marksOf(ballot, index, draft.kind));
  const budget = amount(draft.budget);
  return {
    kind: draft.kind,
    budget,
    projects,
    meta: draft.meta ?? [['num_projects', String(projects.length)], ['num_votes', String(marks.length)], ['budget', text(budget)], ['vote_type', draft.kind]],
    projectColumns: ['project_id', 'cost', ...columns],
    voteHeader: hasPoints(draft.kind) ? ['voter_id', 'vote', 'points'] : ['voter_id', 'vote'],
    voterColumns: [{ name: 'voter_id', cell: (voter) => draft.ballots[voter]?.voter ?? String(voter + 1) }],
    ballots: flatten(marks, hasPoints(draft.kind)),
    findings: [],
  };
}

export function hasPoints(kind: BallotKind): boolean {
  return kind === 'cumulative' || kind === 'scoring';
}

function amount(written: string): Rational {
  const value = parseRational(written);
  if (value === null || compare(value, zero) < 0) throw new RangeError(`not an amount: ${written}`);
  return value;
}

function marksOf(ballot: Draft['ballots'][number], index: ReadonlyMap<string, number>, kind: BallotKind): Map<number, string> {
  if (hasPoints(kind) && ballot.points?.length !== ballot.projects.length) throw new RangeError('as many points as projects are needed');
  const marks = new Map<number, string>();
  ballot.projects.forEach((id, at) => {
    const project = index.get(id);
    if (project === undefined) throw new RangeError(`unknown project: ${id}`);
    marks.set(project, ballot.points?.[at] ?? '1');
  });
  return marks;
}

function flatten(marks: readonly Map<number, string>[], points: boolean): Election['ballots'] {
  const start = new Uint32Array(marks.length + 1);
  marks.forEach((ballot, at) => (start[at + 1] = start[at]! + ballot.size));
  const written = [...new Set(marks.flatMap((ballot) => [...ballot.values()]))];
  const code = new Map(written.map((it, at) => [it, at]));
  return {
    count: marks.length,
    start,
    project: Uint32Array.from(marks.flatMap((ballot) => [...ballot.keys()])),
    points: points ? Uint32Array.from(marks.flatMap((ballot) => [...ballot.values()].map((it) => code.get(it)!))) : null,
    pointValues: points ? written.map((it) => parseDecimal(it) ?? amount(it)) : [],
  };
}
