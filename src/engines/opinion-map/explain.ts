// Why the map says what it says, as data: sentences in any language are made from it elsewhere.
import { bounded } from './bridging/bridging.ts';
import type { Id } from './conversation.ts';
import type { OpinionMap } from './map.ts';
import type { Tally } from './measures/tallies.ts';

/**
 * What one group says about a statement. `share` agreed of those who answered, `low` is its one-sided 90 % bound (Wilson); both null
 * where nobody was asked. `notAsked`: people of the group without an answer.
 */
export type GroupVoice = { group: Id; people: number; agreed: number; disagreed: number; passed: number; share: number | null; low: number | null; notAsked: number };

/**
 * - `common-ground`: no group of five and more rejects it, and the low bound of its rank is above one half
 * - `rejected-by-a-group`: more than half of those of a group who took a side disagree
 * - `too-few-to-tell`: it would be common ground, but a group is too small or was hardly asked
 * - `open`: none of these
 */
export type Verdict = 'common-ground' | 'rejected-by-a-group' | 'too-few-to-tell' | 'open';

/**
 * @property lowest the group that agrees least; null where there is no group
 * @property echoed share of the answers that come from accounts whose ballots repeat each other
 * @property notAsked participants without an answer
 */
export type StatementReason = {
  statement: Id;
  verdict: Verdict;
  score: number;
  low: number;
  high: number;
  groupConsensus: number;
  groups: GroupVoice[];
  lowest: GroupVoice | null;
  rejectedBy: Id[];
  tooFewToTell: Id[];
  echoed: number;
  notAsked: number;
};

/** What sets a group apart: shares of those in it and of everybody else in a group who answered alike. */
export type Difference = { statement: Id; direction: 'agree' | 'disagree'; here: number; elsewhere: number | null; test: number };

/** `sureness` from 0 to 1: how much of the group an independent look at the map finds again; null where nobody looked twice. */
export type GroupReason = { group: Id; people: number; sureness: number | null; apart: Difference[] };

/**
 * @property withheld people in groups too small to be shown
 * @property unplaced participants with too few votes to stand in a group
 * @property echoes accounts that repeat each other, and for how many voices less they count
 */
export type Explanation = {
  statements: StatementReason[];
  groups: GroupReason[];
  withheld: number;
  unplaced: number;
  echoes: { accounts: number; quieted: number };
};

/** Explains every statement that is shown, in the order of `bridging`, and every group. */
export function explain(map: OpinionMap): Explanation {
  const { conversation, grouping, bridging } = map;
  const echoing = new Set(bridging.crews.flatMap(({ members }) => members));
  const echoed = answersOf(map, echoing);
  return {
    statements: bridging.bridges.map((_, rank) => reasonOf(map, rank, echoed)),
    groups: grouping.names.map((group, g) => ({ group, people: grouping.sizes[g]!, sureness: grouping.sureness[g]!, apart: differences(map, g) })),
    withheld: grouping.withheld,
    unplaced: conversation.votes.participants - map.active.length,
    echoes: { accounts: echoing.size, quieted: bridging.quieted },
  };
}

function reasonOf(map: OpinionMap, rank: number, echoed: Float64Array): StatementReason {
  const { conversation, grouping, everybody } = map;
  const { statement: j, score, low, high, rejectedBy, tooFewToTell } = map.bridging.bridges[rank]!;
  const named = (groups: readonly number[]) => groups.map((g) => grouping.names[g]!);
  const groups = map.tallies.map((tally, g) => voiceOf(tally, grouping.names[g]!, j));
  const answered = groups.filter(({ share }) => share !== null);
  return {
    statement: conversation.statements[j]!,
    verdict: rejectedBy.length > 0 ? 'rejected-by-a-group' : low <= 0.5 ? 'open' : tooFewToTell.length > 0 ? 'too-few-to-tell' : 'common-ground',
    score, low, high,
    groupConsensus: map.groupConsensus[j]!,
    groups,
    lowest: answered.length > 0 ? answered.reduce((a, b) => (b.share! < a.share! ? b : a)) : null,
    rejectedBy: named(rejectedBy),
    tooFewToTell: named(tooFewToTell),
    echoed: everybody.cast[j]! > 0 ? echoed[j]! / everybody.cast[j]! : 0,
    notAsked: conversation.votes.participants - everybody.cast[j]!,
  };
}

function voiceOf({ people, agreed, disagreed, cast }: Tally, group: Id, j: number): GroupVoice {
  const answers = cast[j]!;
  const share = answers > 0 ? agreed[j]! / answers : null;
  return {
    group, people, share,
    agreed: agreed[j]!,
    disagreed: disagreed[j]!,
    passed: answers - agreed[j]! - disagreed[j]!,
    low: share === null ? null : bounded(share, answers).low,
    notAsked: people - answers,
  };
}

function differences({ conversation, representative, tallies }: OpinionMap, g: number): Difference[] {
  return representative[g]!.map(({ statement, direction, liftTest }) => {
    const alike = (tally: Tally) => (direction === 'agree' ? tally.agreed : tally.disagreed)[statement]!;
    const others = tallies.filter((_, h) => h !== g);
    const answers = others.reduce((sum, tally) => sum + tally.cast[statement]!, 0);
    return {
      statement: conversation.statements[statement]!,
      direction,
      here: alike(tallies[g]!) / Math.max(1, tallies[g]!.cast[statement]!),
      elsewhere: answers > 0 ? others.reduce((sum, tally) => sum + alike(tally), 0) / answers : null,
      test: liftTest,
    };
  });
}

/** Answers by statement of some rows. */
function answersOf({ conversation: { votes } }: OpinionMap, rows: ReadonlySet<number>): Float64Array {
  const answers = new Float64Array(votes.statements);
  for (const i of rows) for (let e = votes.rows[i]!; e < votes.rows[i + 1]!; e++) answers[(votes.cells[e]! / 3) | 0]!++;
  return answers;
}
