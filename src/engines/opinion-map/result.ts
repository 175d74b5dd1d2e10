// A map as plain data, named as the source names people and statements.
import { compareIds, type Id } from './conversation.ts';
import type { OpinionMap } from './map.ts';
import type { Consensus } from './measures/measures.ts';

export type ConsensusLine = { statement: Id; successes: number; trials: number; share: number; test: number };
export type RepresentativeLine = {
  statement: Id;
  direction: 'agree' | 'disagree';
  pTest: number;
  repness: number;
  repnessTest: number;
  pSuccess: number;
  successes: number;
  trials: number;
  bestAgree: boolean;
};
/** `rejectedBy` and `tooFewToTell` name groups; see `Bridge`. */
export type BridgingLine = { statement: Id; score: number; low: number; high: number; groupMinimum: number | null; rejectedBy: Id[]; tooFewToTell: Id[] };
/** Accounts whose ballots repeat each other: how many, how many of them word for word, and what they count for in `bridging`. */
export type EchoLine = { members: Id[]; identical: number; voices: number; within: number | null };

/** By statement or participant: the key is the id. Lists of ids are ascending. */
export type Result = {
  mode: 'polis' | 'default';
  participants: number;
  statements: number;
  votes: number;
  moderatedOut: number;
  clustered: Id[];
  center: Record<string, number>;
  eigenvalues: number[];
  comp1: Record<string, number>;
  comp2: Record<string, number>;
  extremity: Record<string, number>;
  positions: Record<string, [number, number]>;
  baseClusters: number;
  silhouettes: Record<string, number>;
  groups: { id: Id; size: number; members: Id[]; sureness: number | null }[];
  withheld: number;
  votesByGroup: Record<string, { agree: Record<string, number>; disagree: Record<string, number>; all: Record<string, number> }>;
  groupConsensus: Record<string, number>;
  bridging: BridgingLine[];
  echoes: EchoLine[];
  representative: Record<string, RepresentativeLine[]>;
  consensus: { agree: ConsensusLine[]; disagree: ConsensusLine[] };
  priority: Record<string, number>;
};

/** The map as data for JSON. */
export function resultOf(map: OpinionMap): Result {
  const { votes, hidden, statements, participants } = map.conversation;
  const byStatement = (values: ArrayLike<number>) => Object.fromEntries(sortedKeys(statements).map((j) => [statements[j]!, values[j]!]));
  const people = (rows: Iterable<number>) => Array.from(rows, (i) => participants[i]!).sort(compareIds);
  const consensusLine = ({ statement, ...line }: Consensus): ConsensusLine => ({ statement: statements[statement]!, ...line });
  return {
    mode: map.options.mode,
    participants: votes.participants,
    statements: votes.statements,
    votes: votes.cells.length,
    moderatedOut: hidden.reduce((sum, flag) => sum + flag, 0),
    clustered: people(map.active),
    center: byStatement(map.axes.centre),
    eigenvalues: map.axes.eigenvalues,
    comp1: byStatement(map.axes.axes[0]),
    comp2: byStatement(map.axes.axes[1]),
    extremity: byStatement(map.extremity),
    positions: Object.fromEntries(sortedKeys(participants).map((i) => [participants[i]!, [map.points[2 * i]!, map.points[2 * i + 1]!]])),
    baseClusters: map.grouping.smallClusters,
    silhouettes: map.grouping.silhouettes,
    ...groupLines(map, people, byStatement),
    groupConsensus: byStatement(map.groupConsensus),
    ...bridgingLines(map, people),
    consensus: { agree: map.consensus.agree.map(consensusLine), disagree: map.consensus.disagree.map(consensusLine) },
    priority: byStatement(map.priority),
  };
}

type Naming = (rows: Iterable<number>) => Id[];

function groupLines(map: OpinionMap, people: Naming, byStatement: (values: ArrayLike<number>) => Record<string, number>) {
  const { names, sizes, groupOf, sureness, withheld } = map.grouping;
  const rows = names.map((): number[] => []);
  groupOf.forEach((group, i) => group >= 0 && rows[group]!.push(i));
  return {
    groups: names.map((id, g) => ({ id, size: sizes[g]!, members: people(rows[g]!), sureness: sureness[g]! })),
    withheld,
    votesByGroup: Object.fromEntries(names.map((id, g) => {
      const { agreed, disagreed, cast } = map.tallies[g]!;
      return [id, { agree: byStatement(agreed), disagree: byStatement(disagreed), all: byStatement(cast) }];
    })),
    representative: Object.fromEntries(names.map((id, g) => [id, map.representative[g]!.map((it): RepresentativeLine => ({
      statement: map.conversation.statements[it.statement]!,
      direction: it.direction,
      pTest: it.test,
      repness: it.lift,
      repnessTest: it.liftTest,
      pSuccess: it.share,
      successes: it.successes,
      trials: it.trials,
      bestAgree: it.bestAgree ?? false,
    }))])),
  };
}

function bridgingLines(map: OpinionMap, people: Naming): { bridging: BridgingLine[]; echoes: EchoLine[] } {
  const { names } = map.grouping;
  const named = (groups: readonly number[]) => groups.map((g) => names[g]!);
  return {
    bridging: map.bridging.bridges.map(({ statement, score, low, high, groupMinimum, rejectedBy, tooFewToTell }) => ({
      statement: map.conversation.statements[statement]!, score, low, high, groupMinimum, rejectedBy: named(rejectedBy), tooFewToTell: named(tooFewToTell),
    })),
    echoes: map.bridging.crews
      .map(({ members, identical, voices, within }) => ({ members: people(members), identical, voices, within }))
      .sort((a, b) => b.members.length - a.members.length || compareIds(a.members[0]!, b.members[0]!)),
  };
}

function sortedKeys(ids: readonly Id[]): number[] {
  return [...ids.keys()].sort((a, b) => compareIds(ids[a]!, ids[b]!));
}
