// The whole map of a conversation: where people stand, which groups they form, what joins the groups and what sets them apart.
import { findAxes, type Axes } from './axes/axes.ts';
import { activeParticipants, extremityOf, placeParticipants, pointsOf, votedOn, type Points } from './axes/positions.ts';
import { canonicalOrder, polisOrder, rearranged } from './canonical.ts';
import type { Conversation } from './conversation.ts';
import { groupPublished, type Grouping } from './groups/grouping.ts';
import { groupAsPolis } from './groups/polis.ts';
import { groupSteadily } from './groups/steady.ts';
import { bridgesOf, type Bridging, type SquareCounting } from './bridging/bridging.ts';
import type { AlikeRows } from './bridging/alike.ts';
import { sketchAll, takeSketches, type Sketches } from './bridging/sketches.ts';
import { consensusLists, groupConsensus, priorities, type Consensus } from './measures/measures.ts';
import { representativeStatements, type Representative } from './measures/representative.ts';
import { addTallies, tallyAll, tallyGroups, type Tally } from './measures/tallies.ts';
import { countVotes } from './votes.ts';

/**
 * @property mode `polis`: Polis's mathematics on a cold start. `default`: the same axes and measures, groups and a ranking of
 *   common ground that do not depend on the order of votes and that one faction can neither veto nor flood
 * @property groups `published`: the groups that the source names, instead of found ones
 */
export type MapOptions = { mode: 'polis' | 'default'; groups: 'found' | 'published' };

/**
 * @property conversation what was mapped; in default mode with rows and statements in an order of their own, so take names from here
 * @property points two numbers a row
 * @property extremity how far from the middle somebody stands who only agreed with a statement
 * @property active rows that can stand in a group, ascending
 * @property grouping the groups; `names` holds the name of each
 * @property tallies votes by group, in the order of the groups
 * @property groupConsensus Polis's group-informed consensus by statement
 * @property representative by group
 * @property priority by statement: what to ask next
 */
export type OpinionMap = {
  conversation: Conversation;
  options: MapOptions;
  axes: Axes;
  points: Points;
  extremity: Float64Array;
  active: Int32Array;
  grouping: Grouping;
  everybody: Tally;
  tallies: Tally[];
  groupConsensus: Float64Array;
  representative: Representative[][];
  consensus: { agree: Consensus[]; disagree: Consensus[] };
  priority: Float64Array;
  bridging: Bridging;
};

export const mapDefaults: MapOptions = { mode: 'default', groups: 'found' };

/**
 * Maps a conversation. Pure: equal input, equal output. Time grows with votes × about 20, memory is two bytes a vote and about
 * a hundred a participant.
 *
 * Source of the mathematics: compdemocracy/polis, math/src/polismath/math; of default mode: this folder's README.
 */
export function mapOpinions(given: Conversation, options: Partial<MapOptions> = {}): OpinionMap {
  const chosen = { ...mapDefaults, ...options };
  const { conversation, sketches } = chosen.mode === 'polis' ? { conversation: rearranged(given, polisOrder(given)) } : inCanonicalOrder(given);
  const counts = countVotes(conversation.votes);
  const axes = findAxes(conversation.votes, conversation.hidden, { counts, exact: chosen.mode === 'polis' });
  return describe(conversation, chosen, counts, axes, sketches ? { sketches } : {});
}

/** The conversation in an order that depends on the ballots alone; `order` is the given row at each place. */
export function inCanonicalOrder(given: Conversation): { conversation: Conversation; sketches: Sketches; order: Int32Array } {
  const sketches = sketchAll(given);
  const order = canonicalOrder(given, sketches.whole);
  return { conversation: rearranged(given, order), sketches: takeSketches(sketches, order), order };
}

/** What a live conversation has at hand, so that it need not be found again. */
export type Aids = { sketches?: Sketches; alike?: AlikeRows | null; countSquares?: SquareCounting; tally?: (grouping: Grouping) => Tally[] };

/** Everything that follows from the votes and the axes. */
export function describe(conversation: Conversation, options: MapOptions, counts: Float64Array, axes: Axes, aids: Aids = {}): OpinionMap {
  const { votes, hidden, meta } = conversation;
  const voted = votedOn(counts);
  const points = placeParticipants(votes, hidden, axes, voted, aids.sketches?.shown);
  const extremity = extremityOf(axes, voted);
  const active = activeParticipants(votes, voted, options.mode === 'default');
  const grouping = groupingOf(conversation, options, active, points);
  const tallies = aids.tally?.(grouping) ?? tallyGroups(votes, grouping.groupOf, grouping.names.length);
  const everybody = tallyAll(votes, counts);
  const asked = options.mode === 'polis' ? addTallies(tallies, votes.statements) : everybody;
  return {
    conversation, options, axes, points, extremity, active, grouping, everybody, tallies,
    groupConsensus: groupConsensus(tallies, votes.statements),
    representative: representativeStatements(tallies, hidden, options.mode === 'default'),
    consensus: consensusLists(everybody, hidden),
    priority: priorities(asked, extremity, meta),
    bridging: bridgesOf(conversation, { active, axes, points, counts, voted, tallies, sketches: aids.sketches ?? sketchAll(conversation), alike: aids.alike ?? null, countSquares: aids.countSquares }),
  };
}

function groupingOf(it: Conversation, options: MapOptions, active: Int32Array, points: Points): Grouping {
  if (options.groups === 'published') return groupPublished(it, options.mode === 'default');
  const where = pointsOf(points, active);
  return options.mode === 'polis' ? groupAsPolis(where, active, it.votes.participants) : groupSteadily(where, active, it.votes.participants);
}
