/** The door of commitments. */
export { openCommitment, type NewPromise } from './open-commitment.ts';
export { breakCommitment, renegotiateCommitment, reportDone, reportProgress } from './carry-out.ts';
export { eraseVoices } from './erase-voices.ts';
export { giveVoice, type VoiceInput } from './give-voice.ts';
export { escalateLateCommitments, settleSilentCommitments } from './settle-in-time.ts';
export { commitmentsByIds, commitmentsOf, statesOfSubjects } from './queries.ts';
export { promisesBehind, trackRecord, trackRecords } from './record-queries.ts';
export { countCommitments, listCommitments } from './list-queries.ts';
export { askedOf, mayReadCommitmentFiles, showCommitment, voicesFor } from './show-queries.ts';
export { lateByBody, lateCommitments, lateOfMyBodies, promisesOfMyBodies } from './work-queries.ts';
export { commitmentTitles, isPublicCommitment, searchCommitments } from './search-queries.ts';
export { indexCommitmentsAnew } from './index-anew.ts';
