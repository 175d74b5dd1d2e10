/** The door of the record. */
export { eraseContents, record, recordMany, recordPrivately, type ActInput, type FirstAct } from './record-act.ts';
export { sequenceLeaves } from './sequence-leaves.ts';
export { historyOf, latestActs, leafOfAct, recordHealth, sealDelay } from './queries.ts';
export { lastPublicMoment, publicActsBetween, publicMoments } from './moment-queries.ts';
export { recordSize } from './store.ts';
export { nextReference, nextReferences } from './reference-store.ts';
export { witnesses } from './watch-state.ts';
export { recordLine, recordLines, recordLinesOf, recordStanding } from './log-queries.ts';
