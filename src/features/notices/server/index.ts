/** The door of notices. */
export { chooseQuiet, chooseRhythm, endPause, pauseLetters, resumeLetters, stopLetters } from './choose-letters.ts';
export { forgetLettersOf, forgetNotices, nameChannels, retryNotices } from './keep-notices.ts';
export { failedLetters, lateLetters, myLetters, noticesDesk, stopState } from './queries.ts';
export { changeTexts, previewTexts, restoreTexts } from './keep-texts.ts';
export { askSubscription, confirmSubscription, dropSubscription, optInRequest, optInSent, optInToSend, SEND_OPT_IN, subscribe, unsubscribe } from './subscribe.ts';
export { followsTopic, myTopics, topicOf, topicsByToken } from './subscription-queries.ts';
export { templateList, templateTexts, textsOf } from './text-queries.ts';
export { remindModerators, remindOfDue } from './remind-of-due.ts';
export { tellNews } from './tell-news.ts';
