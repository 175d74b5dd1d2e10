// The engine's door: what others may import.
export { Unmappable, compareIds, idOf, type Conversation, type Id } from './conversation.ts';
export { explain, type Difference, type Explanation, type GroupReason, type GroupVoice, type StatementReason, type Verdict } from './explain.ts';
export type { Grouping } from './groups/grouping.ts';
export { LiveMap, type Counter, type Counters } from './live/live-map.ts';
export { mapDefaults, mapOpinions, type MapOptions, type OpinionMap } from './map.ts';
export { ballotsOf, conversationOf, readComments, readParticipantsVotes, readTimedVotes, type Ballots, type StatementNotes, type TimedVote } from './read/export.ts';
export { resultOf, type BridgingLine, type ConsensusLine, type EchoLine, type RepresentativeLine, type Result } from './result.ts';
export { packVotes, type Cast, type Vote, type Votes } from './votes.ts';
