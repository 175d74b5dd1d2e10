/** The door of comments. */
export { sayComment, type Saying } from './say-comment.ts';
export { changeComment, objectToRemoval, withdrawComment } from './own-comment.ts';
export { reportComment } from './report-comment.ts';
export { decideComment, decideOnObjection, type Decision } from './decide-comment.ts';
export { erasePersonsComments } from './erase-person.ts';
export { withdrawCommentsAgain } from './withdraw-again.ts';
export { forgetRemoved } from './forget-removed.ts';
export { importComments, type CommentBatch, type CommentCount } from './import-comments.ts';
export { commentedThings, commentFormKey, commentLines, commentPage, commentsOf, commentSubject, countComments, latestComments, myComments } from './queries.ts';
export { moderationCase, moderationQueue, removalFigures, waitingForModerators } from './queue-queries.ts';
