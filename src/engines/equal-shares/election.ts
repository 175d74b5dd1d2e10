// What an election is, whatever it was read from: projects with costs, ballots as flat arrays, every column kept.
import type { Rational } from './rational.ts';

export type BallotKind = 'approval' | 'ordinal' | 'cumulative' | 'scoring';

export type Project = {
  readonly id: string;
  /** In units of the currency. */
  readonly cost: Rational;
  /** The project's row as written, one cell for each of `Election.projectColumns`. */
  readonly cells: readonly string[];
};

/** All ballots in the order of the file; ballot v holds the marks `start[v]` up to `start[v + 1]`, in ballot order. */
export type Ballots = {
  readonly count: number;
  readonly start: Uint32Array;
  /** Index into `Election.projects` of each mark; a project occurs at most once in a ballot. */
  readonly project: Uint32Array;
  /** Index into `pointValues` of each mark; null where ballots carry no points. */
  readonly points: Uint32Array | null;
  readonly pointValues: readonly Rational[];
};

/** One column of the VOTES section besides vote and points, for instance voter_id or age. */
export type VoterColumn = { readonly name: string; readonly cell: (voter: number) => string };

/** Something odd that does not stop a count: `count` times, `lines` being the first places in the file. */
export type Finding = { readonly code: FindingCode; readonly count: number; readonly lines: readonly number[] };
export type FindingCode =
  | 'project-twice-in-a-ballot'
  | 'num-votes-differs'
  | 'num-projects-differs'
  | 'votes-column-differs'
  | 'score-column-differs'
  | 'ballot-longer-than-max-length'
  | 'default-score-not-counted'
  | 'meta-key-twice'
  | 'empty-cells-at-line-end'
  | 'text-after-a-closing-quote';

export type Election = {
  /** Every key of the META section, in order. */
  readonly meta: readonly (readonly [key: string, value: string])[];
  readonly kind: BallotKind;
  readonly budget: Rational;
  readonly projectColumns: readonly string[];
  readonly projects: readonly Project[];
  readonly voterColumns: readonly VoterColumn[];
  /** Names of all columns of VOTES in the order of the file. */
  readonly voteHeader: readonly string[];
  readonly ballots: Ballots;
  readonly findings: readonly Finding[];
};

/** The value of a META key, undefined when it is absent. */
export function metaOf(election: Pick<Election, 'meta'>, key: string): string | undefined {
  return election.meta.find(([name]) => name.toLowerCase() === key)?.[1];
}

/** The cell of a project in a named column, '' when there is none. */
export function cellOf(election: Election, project: number, column: string): string {
  const at = election.projectColumns.findIndex((name) => name.toLowerCase() === column.toLowerCase());
  return at < 0 ? '' : (election.projects[project]?.cells[at] ?? '');
}

/** Ballots that list each project, whatever its points: Pabulib's "votes". One number a project. */
export function votesOf(election: Election): Float64Array {
  const votes = new Float64Array(election.projects.length);
  const { project } = election.ballots;
  for (let mark = 0; mark < project.length; mark++) votes[project[mark]!]!++;
  return votes;
}
