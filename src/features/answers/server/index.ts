/** The door of answers. */
export { approveAnswer, returnAnswer, sendAnswer, takeBackAnswer, withdrawSentAnswer } from './approval.ts';
export { publishDue } from './publish-due.ts';
export { answeredEntries, answersOf, approvalCase, draftOf, waitingForApproval } from './queries.ts';
export { answeringRecord, answeringRecords, answersBehind, latestAnswers } from './record-queries.ts';
export { saveCorrection, saveDraft, type Saved } from './save-draft.ts';
