// The engine's door: what others may import.
export { electionOf, type Draft } from './build.ts';
export { measure, preferences, sharesByGroup, type GroupShare, type Measures } from './compare.ts';
export { stops, type Stop } from './core/add1.ts';
export { completions, count, defaults, type Completion, type Count, type CountOptions, type Rule, type TieMet } from './count.ts';
export { cellOf, metaOf, votesOf, type BallotKind, type Ballots, type Election, type Finding, type Project } from './election.ts';
export { balances, certificate, type Balance, type Certificate } from './explain/balance.ts';
export { explain } from './explain/explain.ts';
export type { Explanation, Loser, Payers, Winner } from './explain/explanation.ts';
export { CountRefused, utilities, type Utility } from './game.ts';
export { countWithin, type Limit, type LimitedCount } from './limits.ts';
export { PabulibError, type PabulibProblem } from './pabulib/error.ts';
export { PabulibReader, readPabulib } from './pabulib/read.ts';
export { pabulibText, writePabulib } from './pabulib/write.ts';
export { compare, decimalText, parseDecimal, parseRational, text, toNumber, type Rational } from './rational.ts';
export { resultOf, type Result } from './result.ts';
export { tieRules, type TieKey, type TieRule, type Ties } from './ties.ts';
export { verify } from './verify.ts';
