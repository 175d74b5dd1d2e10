/** What the tables of use cases are written with: their cells, what is asked with, and what no page may call. */
import type { deskWork } from '#testing/desk.ts';
import type { Everything } from '#testing/everything.ts';

/** What the worlds of these tests are asked with; inputs are made once and every call is undone again. */
export type Given = { it: Everything; once: string; session: string; token: string; grants: { waiting: string; held: string }; stranger: string; code: string; form: string; contactHash: string; stop: string; key: string; hook: string; day: string; seen: { site: string; body: string; place: string }; act: string; desk: Awaited<ReturnType<typeof deskWork>> };
/** `who` in the words of `mayBe`; `sees`: who of them may read private words in the answer (nobody, where it is left out). */
export type Cell = { who: string; with?: (given: Given) => unknown; sees?: string };

/** Called by other features, by the worker and by the terminal: no page, endpoint or hook may import these. */
export const INNER: Record<string, string> = {
  record: 'sealDelay, lastPublicMoment, publicActsBetween, publicMoments, record, recordMany, recordPrivately, eraseContents, sequenceLeaves, recordSize, nextReference, nextReferences',
  people: 'closeOwnAccount, personAtDesk, forgive, limit, contactsOfPerson, forgetSignIns, personNamesForStaff, myRoles, addDemoPerson, addDemoCrowd, holdInhabitants, inhabitants, firstAdministratorLink, inviteFromTerminal, codeSent, codeToSend',
  places: 'noteBackup, loadPlaces, importPlaces, placesByName, pageOfPlaces, middlesOf, placeAt, geometriesOf, countPlaces',
  lexicon: 'loadLexicon, lexiconOf, lexiconVersion, indexer, withLexicon',
  directory: 'loadBodies, searchBodies',
  attachments: 'attachTo, publishAttachments, removeAttachment, removeAttachmentsOf, sweepDraftFiles',
  organisations: 'forgetOrganisations, leaveOrganisations, countOrganisations, listActivities, indexOrganisationsAnew, importOrganisations, exportOrganisations, searchOrganisations, membersConcerned, speakersConcerned, waitsForSecond, organisationNumber, organisationsEnding',
  commitments: 'eraseVoices, openCommitment, commitmentsByIds, askedOf, giveVoice, settleSilentCommitments, escalateLateCommitments, statesOfSubjects, searchCommitments, indexCommitmentsAnew',
  intake: 'firstDeadlines, keyHash, receiveEntry, supportOnBehalf, hasEntries, supportByCrowd, lockEntry, lockEntryByNumber, loadEntry, saveEntry, forgetDrafts, submitEntry, peopleConcerned, importEntries, answerEntry, closeAnswered, escalateEntries, forgetSenders, erasePersonsEntries, withdrawEntriesAgain, voicedEntries, voterHash, followCommitments, indexEntriesAnew, assignEntry, classifyEntry, keepEntryConfidential, publishEntry, listRequests, replyByProgram, countEntries, entryPlaces, entryTexts',
  desk: 'forgetSheetKeys',
  answers: 'publishDue',
  comments: 'erasePersonsComments, withdrawCommentsAgain, forgetRemoved, importComments',
  open311: 'forgetPrograms',
  notices: 'failedLetters, lateLetters, forgetLettersOf, forgetNotices, nameChannels, remindOfDue, remindModerators, tellNews, optInToSend, optInSent',
  webhooks: 'claimDelivery, forgetDeliveries, settleDelivery',
};

/** Computation without a database. */
export const PURE: Record<string, string> = {
  webhooks: 'signatureOf',
  people: 'tokenHash, readContact, orRefuse',
  places: 'named, fingerprint, needSeen',
  lexicon: 'lookAlike',
  intake: 'makeKey, today, draftProblems, readContact, cursorOf',
  organisations: 'organisationCursor, readUpload',
};

export const STAFF = 'officer, head, coordinator, clerk, registry, moderator, auditor, administrator';
export const OWN = 'officer own, head own';
export const LIST = { q: '', kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' };
export const INSIDE = 'sender, registry, coordinator';
export const REGISTRY = 'registry, coordinator';
export const ACTIVITY = { sector: 'EDU', place: 'TN01', coarse: false, what: 'صفوف محو الأمية', state: 'ongoing', starts: null, ends: null, targeted: 40, reached: null };
export const ORGANISATION_LIST = { q: '', kind: null, sector: '', place: '', standing: null, after: '' };
export const names = { ar: 'اسم جديد', en: 'New name', ku: 'Navekî nû' };
export const bodyInput = { kind: 'directorate', names, sectors: [], phone: '' };
export const everybody = (make?: Cell['with']): Cell => ({ who: 'everybody', ...(make ? { with: make } : {}) });
