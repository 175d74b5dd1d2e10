/** Who may call what is exported by each feature's door. A function that is not written here fails the test. */
import { GROUP, GROUP_SEEN } from '#testing/everything.ts';
import { LIST, INSIDE, REGISTRY, ACTIVITY, ORGANISATION_LIST, OWN, STAFF, bodyInput, everybody, names, type Cell, type Given } from './cells.ts';
import { OPEN311, OPEN_DATA, WEBHOOKS } from './use-cases-for-programs.ts';

export const RECORD: Record<string, Cell> = {
  historyOf: everybody(({ it }) => ({ subjects: [it.heldComplaint.id, it.open.id, it.hidden.id, it.answers.drafted.id], publicOnly: true })),
  latestActs: everybody(() => ({ limit: 500 })),
  recordHealth: everybody(), leafOfAct: everybody(({ act }) => act),
  recordLine: everybody(() => 0), recordLines: everybody(() => ({ before: null, limit: 100 })), recordLinesOf: everybody(({ it }) => [it.heldComplaint.id, it.open.id, it.answeredComplaint.id]), recordStanding: everybody(), witnesses: everybody(),
};

export const PEOPLE: Record<string, Cell> = {
  actorOfSession: everybody(({ token }) => token),
  codeRequest: everybody(({ code }) => ({ request: code })),
  requestCode: everybody(() => ({ contact: '0944 111 222', language: 'ar' })),
  giveCode: { who: 'clerk, coordinator, administrator', with: () => ({ contact: '0944 111 222', papersSeen: true }) },
  signInWithCode: everybody(({ code }) => ({ request: code, code: '000000', device: 'other', language: 'ar' })),
  addContact: { who: STAFF + ', member', with: ({ code }) => ({ request: code, code: '000000' }) },
  linkView: everybody(() => 'no-such-link'),
  signInWithLink: { who: 'nobody', with: () => ({ token: 'no-such-link', device: 'other' }) },
  secondFactorPage: everybody(({ token }) => ({ token })),
  setTotp: { who: 'nobody', with: ({ code }) => ({ token: code, code: '000000' }) },
  answerTotp: { who: 'nobody', with: ({ code }) => ({ token: code, code: '000000' }) },
  answerRecovery: { who: 'nobody', with: ({ code }) => ({ token: code, code: 'x' }) },
  myFactors: { who: 'nobody', with: ({ code }) => ({ token: code }) },
  renewRecoveryCodes: { who: 'nobody', with: ({ code }) => ({ token: code }) },
  addPasskey: { who: 'nobody', with: ({ code }) => ({ token: code, response: '{}', origin: 'http://x', name: 'other' }) },
  removePasskey: { who: 'nobody', with: ({ code }) => ({ token: code, passkey: code }) },
  passkeyChallenge: everybody(),
  passkeyOptions: { who: 'nobody', with: ({ code }) => ({ token: code, origin: 'http://x' }) },
  signInWithPasskey: { who: 'nobody', with: ({ code }) => ({ token: code, response: '{}', origin: 'http://x', device: 'other' }) },
  endMySession: { who: 'sender', with: ({ session }) => ({ session }) },
  endOtherSessions: { who: 'sender', with: ({ token }) => ({ token }) },
  endSession: everybody(({ token }) => ({ token })),
  touchSession: everybody(({ token }) => token),
  confirmRole: { who: 'administrator', with: ({ grants }) => ({ grant: grants.waiting }) },
  refuseRole: { who: 'administrator', with: ({ grants }) => ({ grant: grants.waiting }) },
  endRole: { who: 'administrator', with: ({ grants }) => ({ grant: grants.held }) },
  grantRole: { who: 'administrator', with: ({ stranger }) => ({ person: stranger, role: 'moderator', body: null }) },
  chooseLanguage: { who: 'person', with: () => ({ language: 'ku' }) },
  endAccount: { who: 'administrator', with: ({ stranger }) => ({ person: stranger }) },
  inviteStaff: { who: 'administrator', with: () => ({ name: 'موظّفة جديدة', role: 'clerk', body: null, language: 'ar' }) },
  renewLink: { who: 'administrator', with: ({ stranger }) => ({ person: stranger, reset: true }) },
  myAccount: { who: 'person' },
  mySignIns: { who: 'person', with: ({ token }) => ({ token }) },
  bodyOptions: { who: 'administrator' },
  demoLinks: everybody(),
  rolesState: { who: 'administrator' },
  staffList: { who: 'administrator', with: () => ({ q: '' }), sees: 'administrator' },
  waitingRoles: { who: 'administrator', sees: 'administrator' },
  staffing: everybody(),
};

export const PLACES: Record<string, Cell> = {
  allSectors: everybody(), workingCalendar: everybody(), siteSettings: everybody(), calendarPage: everybody(), calendarReach: everybody(), placesWithNeighbourhoods: everybody(),
  placeNames: everybody(() => ['TN01']),
  searchPlaces: everybody(() => ({ q: 'المدرسة', limit: 5 })),
  childrenOf: everybody(() => 'TS'), placeByCode: everybody(() => 'TN01'), placesOfLevel: everybody(() => 'district'), withAreas: everybody(() => new Map([['TN01', 1]])),
  drawMap: everybody(() => ({ level: 'district', within: null, width: 320 })),
  addHoliday: { who: 'administrator', with: ({ day }) => ({ day, names }) },
  removeHoliday: { who: 'administrator', with: () => ({ day: '2026-04-08', code: 'open-door' }) },
  announceFeast: { who: 'administrator', with: () => ({ day: '2026-04-08', code: 'open-door', announced: '2026-04-09' }) },
  feastOf: { who: 'administrator', with: () => ({ day: '2026-04-08', code: 'open-door' }) }, keptSite: { who: 'administrator' }, lastBackup: { who: 'administrator' },
  setWeekend: { who: 'administrator', with: () => [5] },
  renamePlace: { who: 'administrator, registry', with: ({ seen }) => ({ code: 'TN01', names, seen: seen.place }) },
  setPlaceActive: { who: 'administrator, registry', with: () => ({ code: 'TN02', active: false }) },
  keptPlace: { who: 'administrator, registry', with: () => 'TN01' },
  inactivePlaces: { who: 'administrator, registry' },
  keepSite: { who: 'administrator', with: ({ seen }) => ({ opened: true, runBy: null, privacy: null, rules: null, seen: seen.site }) },
};

const WORDED = { key: 'home.lead', language: 'ar' };
export const WORDING: Record<string, Cell> = {
  siteWording: everybody(), wordingList: { who: 'administrator' }, findWording: { who: 'administrator', with: () => 'x' }, wordingPage: { who: 'administrator', with: () => WORDED }, tryWording: { who: 'administrator', with: () => ({ ...WORDED, text: 'بكلماتنا' }) },
  wordSite: { who: 'administrator', with: () => ({ ...WORDED, text: 'بكلماتنا', seen: 0 }) }, restoreWording: { who: 'administrator', with: () => ({ ...WORDED, version: 0, seen: 0 }) },
};

export const LEXICON: Record<string, Cell> = {
  lexiconPage: { who: 'administrator', with: () => ({ q: 'ماء' }) }, lexiconGroup: { who: 'administrator', with: () => GROUP },
  addGroup: { who: 'administrator', with: () => ({ words: ['ماء', 'مياه'] }) },
  changeGroup: { who: 'administrator', with: () => ({ id: GROUP, words: ['ماء', 'مياه'], seen: GROUP_SEEN }) }, removeGroup: { who: 'administrator', with: () => ({ id: GROUP, seen: GROUP_SEEN }) },
};

export const DIRECTORY: Record<string, Cell> = {
  listBodies: everybody(() => ({ q: '', sector: '' })), showBody: everybody(({ it }) => it.code), periodNow: everybody(() => 'year'),
  addBody: { who: 'administrator, registry', with: () => ({ code: 'new-body', ...bodyInput }) },
  changeBody: { who: 'administrator, registry', with: ({ it, seen }) => ({ id: it.body, ...bodyInput, seen: seen.body }) },
  setBodyActive: { who: 'administrator, registry', with: ({ it }) => ({ id: it.body, active: false }) },
  keptBodies: { who: 'administrator, registry' },
  keptBody: { who: 'administrator, registry', with: ({ it }) => it.body },
};

export const ATTACHMENTS: Record<string, Cell> = {
  attachmentsOf: everybody(({ it }) => ({ ownerIds: [it.heldComplaint.id, it.open.id], publicOnly: true })),
  attachmentOwner: everybody(({ it }) => it.files.private),
  readAttachment: { who: 'coordinator', with: ({ it }) => ({ id: it.files.private, variant: 'large', concerned: false }) },
  // The calling feature has checked that the actor may add to the owner; alone it adds to a form that nobody has sent.
  stageFile: everybody(() => ({ ownerKind: 'draft', ownerId: crypto.randomUUID(), bytes: ONE_PIXEL })),
};
const ONE_PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const step = ({ it }: Given) => ({ id: it.promised.open.id, seen: it.promised.open.version, once: crypto.randomUUID() });

export const COMMITMENTS: Record<string, Cell> = {
  commitmentsOf: everybody(({ it }) => ({ subjectIds: [it.answeredComplaint.id, it.promised.openEntry.id], publicOnly: true })),
  trackRecord: everybody(({ it }) => ({ bodyId: it.body, since: null })), trackRecords: everybody(() => ({ since: null })),
  countCommitments: everybody(() => ({})), listCommitments: everybody(() => ({ q: '', state: null, body: '', after: '' })), commitmentTitles: everybody(({ it }) => [it.promised.open.id]),
  promisesBehind: everybody(({ it }) => ({ bodyId: it.body, since: null, figure: null, after: '' })),
  isPublicCommitment: everybody(({ it }) => it.privatePromise),
  showCommitment: everybody(({ it }) => it.promised.done.number),
  voicesFor: { who: `${OWN}, coordinator`, with: ({ it }) => ({ id: it.promised.done.id }), sees: `${OWN}, coordinator` },
  mayReadCommitmentFiles: everybody(({ it }) => ({ kind: 'commitment', id: it.promised.open.id })),
  promisesOfMyBodies: { who: 'everybody', sees: OWN }, lateOfMyBodies: everybody(),
  lateByBody: { who: 'coordinator' }, lateCommitments: { who: 'coordinator', with: () => ({}), sees: 'coordinator' },
  reportProgress: { who: OWN, with: (given) => ({ ...step(given), text: 'نصف الأعمدة في مكانها' }) },
  reportDone: { who: OWN, with: (given) => ({ ...step(given), text: 'كلّ الأعمدة في مكانها' }) },
  renegotiateCommitment: { who: OWN, with: (given) => ({ ...step(given), due: '2027-06-01', reason: 'المواد لم تصل بعد' }) },
  breakCommitment: { who: OWN, with: (given) => ({ ...step(given), reason: 'لا ميزانية لهذا العمل' }) },
};

export const ORGANISATIONS: Record<string, Cell> = {
  listOrganisations: everybody(() => ORGANISATION_LIST), showOrganisation: everybody(({ it }) => it.organisation.number), isPublicOrganisation: everybody(({ it }) => it.organisation.draft.number),
  organisationTitles: everybody(({ it }) => [it.organisation.id, it.organisation.draft.id]),
  mayReadDocument: everybody(({ it }) => it.organisation.document),
  startOrganisation: { who: 'person' }, myOrganisations: { who: 'person' }, placesOfLines: everybody(() => ['TN01']), whoDoesWhatWhere: everybody(), matchingOrganisations: everybody(() => ({ sectors: ['EDU'], place: 'TN01', words: 'Zirqal' })),
  partnersOf: everybody(({ it }) => it.promised.open.id), invitationToJoin: everybody(() => 'no-such-link'), joinOrganisation: { who: 'nobody', with: () => ({ token: 'no-such-link' }) },
  insideOrganisation: { who: INSIDE, with: ({ it }) => it.organisation.number, sees: INSIDE }, membersOf: { who: INSIDE, with: ({ it }) => it.organisation.number, sees: INSIDE }, activitiesInside: { who: INSIDE, with: ({ it }) => it.organisation.number }, partsToAgree: { who: INSIDE, with: ({ it }) => it.organisation.number },
  registryQueue: { who: REGISTRY, sees: REGISTRY }, registryCase: { who: REGISTRY, with: ({ it }) => it.organisation.number, sees: REGISTRY },
  describeOrganisation: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, version: 1, change: { about: 'نعلّم القراءة في الأحياء' } }) },
  addContactPoint: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, kind: 'phone', value: '021 555 0101', public: true }) }, removeContactPoint: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, id: it.organisation.contact }) },
  addDocument: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, kind: 'other', public: false, bytes: ONE_PIXEL }) }, showDocument: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, id: it.organisation.document, public: true }) },
  removeDocument: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, id: it.organisation.document }) }, addActivity: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, ...ACTIVITY }) }, confirmActivities: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number }) },
  removeActivity: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, id: it.organisation.activity }) },
  submitOrganisation: { who: 'sender', with: ({ it }) => ({ number: it.organisation.whole.number }) }, askRenewal: { who: 'sender', with: ({ it }) => ({ number: it.organisation.renewing.number }) }, objectToDecision: { who: 'sender', with: ({ it }) => ({ number: it.organisation.suspended.number, text: 'الترخيص مجدَّد' }) },
  inviteMember: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, name: 'ليلى', roles: ['editor'] }) }, revokeInvitation: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, id: it.organisation.invitation }) },
  setMemberRoles: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, person: it.organisation.second, roles: ['owner'] }) }, handOver: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, person: it.organisation.second }) },
  leaveOrganisation: { who: 'sender', with: ({ it }) => ({ number: it.organisation.owned }) },
  proposeDecision: { who: 'registry', with: ({ it }) => ({ number: it.organisation.submitted.number, kind: 'refuse', reason: 'لا أوراق لها', until: null }) }, returnOrganisation: { who: 'registry', with: ({ it }) => ({ number: it.organisation.submitted.number, reason: 'أرسلوا الترخيص' }) },
  decideProposal: { who: REGISTRY, with: ({ it }) => ({ number: it.organisation.proposed.number, id: it.organisation.decision, outcome: 'confirmed' }) }, listDraft: { who: 'registry', with: ({ it }) => ({ number: it.organisation.listable }) },
  partnersNamed: { who: OWN, with: ({ it }) => it.promised.open.id },
  namePartner: { who: `${OWN}`, with: ({ it }) => ({ commitment: it.promised.open.number, organisation: it.organisation.renewing.number }) }, agreeToPart: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, commitment: it.promised.open.number }) },
  declinePart: { who: 'sender', with: ({ it }) => ({ number: it.organisation.number, commitment: it.promised.open.number }) },
  uploadOrganisations: { who: 'registry', with: () => ({ once: crypto.randomUUID(), rows: { organisations: [], refused: [] } }) }, uploadedTable: { who: 'registry', with: ({ it }) => it.organisation.upload },
  dropUploaded: { who: 'registry', with: () => ({ id: crypto.randomUUID() }) }, bringUploaded: { who: 'registry', with: ({ it }) => ({ id: it.organisation.upload }) },
};

export const INTAKE: Record<string, Cell> = {
  sendDraft: { who: 'nobody', with: ({ once }) => ({ token: 'x', once, language: 'ar' }) },
  receiptOf: everybody(({ once }) => once), openDraft: everybody(() => ({ kind: 'need' })), readDraft: everybody(() => 'x'.repeat(24)),
  leaveDraft: everybody(() => 'x'.repeat(24)), forgetReceipt: everybody(() => '00000000-0000-4000-8000-000000000000'),
  keepDraft: { who: 'nobody', with: () => ({ token: 'x'.repeat(24), data: {} }) },
  mayReadEntryFiles: everybody(({ it }) => it.heldComplaint.id),
  countByPlace: everybody(() => LIST), listEntries: everybody(() => ({ ...LIST, limit: 100 })), entryTitles: everybody(({ it }) => [it.heldComplaint.id, it.received.id, it.withdrawn.id, it.open.id]),
  similarEntries: everybody(() => ({ text: 'Zirqal complaint title text unread hidden', place: '', limit: 50 })),
  showEntry: { who: `sender, coordinator`, with: ({ it }) => ({ number: it.received.number }), sees: 'sender, coordinator' },
  trackEntry: { who: 'sender', with: ({ it }) => ({ number: it.replied.number }), sees: 'sender' },
  tryKey: everybody(({ it }) => ({ number: it.heldComplaint.number, key: '0'.repeat(20) })),
  followEntry: { who: 'person', with: ({ it }) => ({ number: it.open.number, follow: true }) },
  supportEntry: { who: 'person', with: ({ it }) => ({ number: it.open.number }) },
  unsupportEntry: { who: 'person', with: ({ it }) => ({ number: it.open.number }) },
  replyToQuestion: { who: 'sender', with: ({ it }) => ({ number: it.returned.number, text: 'الشارع الثاني' }) },
  withdrawEntry: { who: 'sender', with: ({ it }) => ({ number: it.assigned.number }) },
  followedEntries: everybody(), entriesAsking: everybody(), myEntries: { who: 'everybody', sees: 'sender' }, myMarks: everybody(({ it }) => ({ number: it.open.number })),
  toConfirm: everybody(({ it }) => ({ number: it.promised.doneEntry.number })), numberForStaff: everybody(({ it }) => it.heldComplaint.id),
  confirmEntry: { who: 'outsider', with: ({ it }) => ({ number: it.promised.doneEntry.number, verdict: 'yes', words: '' }) },
  askSender: { who: `${OWN}, coordinator`, with: ({ it }) => ({ number: it.heldComplaint.number, question: 'متى حدث ذلك وأين؟' }) },
  extendDeadline: { who: `${OWN}, coordinator`, with: ({ it }) => ({ number: it.hidden.number, reason: 'ننتظر كشفاً من الشركة' }) },
  startEntryStudy: { who: OWN, with: ({ it }) => ({ number: it.hidden.number }) },
  joinEntry: { who: 'coordinator', with: ({ it }) => ({ number: it.assigned.number, into: it.open.number }) },
  separateEntry: { who: 'coordinator', with: ({ it }) => ({ number: it.joined.number }) },
  triageEntry: { who: 'coordinator', with: ({ it }) => ({ number: it.received.number, sectors: [], place: '', visibility: 'public', body: it.code }) },
  resetDeadlines: { who: 'administrator' },
  bodiesForEntry: everybody(() => ({ sectors: [] })),
  duplicateGuesses: { who: `officer, head, coordinator`, with: () => ({ number: 'x', text: 'Zirqal complaint title text', place: '', confidential: true, limit: 9 }), sees: `${OWN}, coordinator` },
  workCase: { who: `${OWN}, coordinator`, with: ({ it }) => ({ number: it.askedComplaint.number }), sees: `${OWN}, coordinator` },
  nextInTriage: { who: 'coordinator', with: () => ({ except: 'x' }) }, triageQueue: { who: 'coordinator', with: () => ({ after: '' }), sees: 'coordinator' },
  queueOfBody: { who: 'officer, head', with: () => ({ tab: 'all', after: '' }), sees: OWN }, workOverview: { who: 'coordinator' },
};

const visitor = (more: object = {}) => ({ once: crypto.randomUUID(), kind: 'need', title: 'شارع المدرسة بلا إنارة', text: 'الأعمدة قائمة والمصابيح مكسورة.', place: '', placeWords: 'قرب المدرسة', sectors: [], served: '', contact: '', held: '', name: '', named: '', consent: '', language: 'ar', ...more });
const clerk = (input: (given: Given) => unknown): Cell => ({ who: 'clerk', with: input });

/** The clerk of these tests sits at a desk already. */
export const DESK: Record<string, Cell> = {
  sitDown: clerk(({ it }) => ({ body: it.code, paper: 'a5' })), counterOf: clerk(() => undefined), holdContact: clerk(() => ({ typed: '0944 111 222', held: '' })),
  takeEntry: clerk(() => visitor()), supportForVisitor: clerk(({ it }) => ({ number: it.open.number, contact: '0944 111 222', held: '', papersSeen: true, consent: true, language: 'ar' })),
  arrivedEntry: clerk(({ desk }) => desk.waiting.once), deskReceipt: clerk(({ desk }) => desk.once), sheetsToPrint: clerk(({ desk }) => desk.sheets), hearing: clerk(({ desk }) => desk.hearing), hearings: clerk(() => undefined), printedSheets: clerk(() => undefined),
  openWaiting: clerk(({ desk }) => desk.waiting), takeWaiting: clerk(({ desk }) => desk.waiting), takeCorrected: clerk(({ desk }) => ({ visitor: visitor(), waiting: desk.waiting })),
  reserveNumbers: clerk(() => undefined), returnNumbers: clerk(({ desk }) => ({ block: desk.block.id, numbers: desk.block.numbers })), printSheets: clerk(() => ({ once: crypto.randomUUID(), count: 1, language: 'ar' })),
  typeInSheet: clerk(({ desk }) => ({ visitor: visitor(), sheet: desk.blank, received: desk.today, files: [] })),
  addHearing: clerk(({ desk }) => ({ once: crypto.randomUUID(), title: 'جلسة أهالي الحيّ', received: desk.today, placeWords: 'القاعة', attended: null })),
  takeFromHearing: clerk(({ desk }) => ({ hearing: desk.hearing, once: crypto.randomUUID(), kind: 'need', title: 'الرصيف مكسور', text: '', placeWords: '', speakers: null, language: 'ar' })),
  receivedAt: everybody(({ it }) => it.heldComplaint.id),
};

export const ANSWERS: Record<string, Cell> = {
  answeredEntries: everybody(({ it }) => [it.answers.drafted.id, it.answers.sent.id, it.answers.published.id]),
  answersOf: everybody(({ it }) => ({ entryIds: [it.answeredComplaint.id, it.open.id], publicOnly: true })),
  answeringRecord: everybody(({ it }) => ({ bodyId: it.body, since: null })), answeringRecords: everybody(() => ({ since: null })), latestAnswers: everybody(({ it }) => ({ bodyId: it.body, limit: 100 })),
  answersBehind: everybody(({ it }) => ({ bodyId: it.body, since: null, figure: null, after: '' })),
  draftOf: { who: 'everybody', with: ({ it }) => ({ number: it.answers.drafted.number }), sees: `${OWN}, coordinator` },
  approvalCase: { who: `${OWN}, coordinator`, with: ({ it }) => ({ id: it.answers.sent.id }), sees: `${OWN}, coordinator` },
  waitingForApproval: { who: 'everybody', sees: 'head own' },
  saveDraft: { who: OWN, with: ({ it }) => ({ number: it.hidden.number, outcome: 'declined', summary: 'لا نستطيع هذا العام', reason: 'الميزانية لا تكفي هذا العام لعمل كهذا.', referredTo: '', version: 0, promises: [] }) },
  saveCorrection: { who: OWN, with: ({ it }) => ({ corrects: it.answers.published.id, summary: 'ردّ مصحَّح يقرؤه الجميع', reason: 'أخطأنا في اسم الشارع وهذا تصحيحه.', version: 0 }) },
  sendAnswer: { who: OWN, with: ({ it }) => it.answers.drafted },
  withdrawSentAnswer: { who: OWN, with: ({ it }) => it.answers.sent },
  approveAnswer: { who: 'head own', with: ({ it }) => it.answers.sent },
  returnAnswer: { who: 'head own', with: ({ it }) => ({ ...it.answers.sent, note: 'أضيفوا رقم القرار' }) },
  // Whoever wrote or approved it: nobody of these did.
  takeBackAnswer: { who: 'nobody', with: ({ it }) => it.answers.approved },
};

const MODERATORS = 'moderator, coordinator';
export const COMMENTS: Record<string, Cell> = {
  sayComment: everybody(({ it, form }) => ({ kind: 'entry', number: it.open.number, language: 'ar', text: 'نحتاج هذا منذ سنوات', parent: '', as: 'resident', sure: false, website: '', form, proof: '' })),
  changeComment: { who: 'sender', with: ({ it }) => ({ id: it.comments.own, key: '', text: 'كلام أدقّ من قبل', sure: false }) },
  withdrawComment: { who: 'sender', with: ({ it }) => ({ id: it.comments.own, key: '' }) },
  // The sender has objected once already.
  objectToRemoval: { who: 'nobody', with: ({ it }) => ({ id: it.comments.held, key: '', text: 'الحذف كان خطأ' }) },
  reportComment: everybody(({ it }) => ({ id: it.comments.reported, rule: 'spam', words: '' })),
  decideComment: { who: MODERATORS, with: ({ it }) => ({ id: it.comments.held, decision: 'keep', rule: null, reason: '' }) },
  decideOnObjection: { who: MODERATORS, with: ({ it }) => ({ id: it.comments.removed, outcome: 'reversed', reason: 'نقد وليس شتماً' }) },
  commentsOf: everybody(({ it }) => ({ kind: 'entry', number: it.open.number, after: '' })), commentLines: everybody(({ it }) => ({ kind: 'entry', number: it.open.number, after: '', limit: 100 })),
  latestComments: everybody(({ it }) => ({ subjectId: it.open.id, limit: 10 })), countComments: everybody(({ it }) => it.open.id),
  commentPage: { who: 'everybody', with: ({ it }) => ({ id: it.comments.removed, key: '', after: '' }), sees: 'sender' },
  commentSubject: everybody(({ it }) => ({ kind: 'entry', number: it.open.number })), commentFormKey: everybody(), commentedThings: everybody(({ it }) => [it.comments.held, it.comments.own]),
  myComments: { who: 'everybody', sees: 'sender' }, waitingForModerators: everybody(), removalFigures: everybody(),
  moderationQueue: { who: MODERATORS, with: () => ({ after: '' }), sees: MODERATORS }, moderationCase: { who: MODERATORS, with: ({ it }) => ({ id: it.comments.removed }), sees: MODERATORS },
};

export const SEARCH: Record<string, Cell> = { pageOfNumber: everybody(({ it }) => it.heldComplaint.number), searchAll: everybody(() => 'Zirqal') };

const TEXTS = { template: 'answered', language: 'en', subject: 'Answer to {number}', body: 'There is an answer to {number}.', sms: 'Abwab {number}: an answer.' };
export const NOTICES: Record<string, Cell> = {
  chooseRhythm: { who: 'person', with: () => ({ rhythm: 'weekly' }) }, pauseLetters: { who: 'person', with: () => ({ days: '7' }) }, endPause: { who: 'person' }, myLetters: { who: 'person' }, chooseQuiet: { who: 'person', with: () => ({ from: 22, to: 7, urgentPasses: true }) },
  subscribe: { who: 'person', with: () => ({ kind: 'place', code: 'TN01' }) }, unsubscribe: { who: 'person', with: () => ({ kind: 'place', code: 'TN01' }) }, followsTopic: everybody(() => ({ kind: 'place', code: 'TN01' })), myTopics: everybody(),
  topicOf: { who: 'nobody', with: ({ it }) => ({ kind: 'entry', code: it.heldComplaint.number }) }, topicsByToken: everybody(({ stop }) => stop), dropSubscription: everybody(({ stop }) => ({ token: stop, id: crypto.randomUUID() })),
  askSubscription: everybody(() => ({ contact: 'reader@example.org', topic: { kind: 'place', code: 'TN01' }, rhythm: 'daily', language: 'ar' })), confirmSubscription: everybody(({ code }) => ({ request: code, code: '000000' })), optInRequest: everybody(({ code }) => ({ request: code })),
  textsOf: everybody(() => 'ar'), templateList: { who: 'administrator' }, templateTexts: { who: 'administrator', with: () => ({ template: 'answered', language: 'ar' }) },
  changeTexts: { who: 'administrator', with: () => TEXTS }, previewTexts: { who: 'administrator', with: () => TEXTS }, restoreTexts: { who: 'administrator', with: () => ({ template: 'answered', language: 'en' }) },
  stopLetters: everybody(({ stop }) => stop), resumeLetters: everybody(({ stop }) => stop), stopState: everybody(({ stop }) => stop),
  noticesDesk: { who: 'administrator', sees: 'administrator' }, retryNotices: { who: 'administrator', with: () => ({ id: null }) },
};

export const PRIVACY: Record<string, Cell> = {
  askForMyData: { who: 'person' }, myData: { who: 'person' }, entryData: { who: 'sender', with: ({ it }) => ({ number: it.replied.number, key: '' }), sees: 'sender' }, erasePreview: { who: 'person' },
  eraseMe: { who: `resident, sender, member, ${STAFF}` },
};

export const UPKEEP: Record<string, Cell> = {
  houseHealth: { who: 'administrator', with: () => ({ freeBytes: null }) }, failedJobs: { who: 'administrator' }, unusualActs: { who: 'auditor, administrator' },
  // There is none by this number.
  retryJob: { who: 'nobody', with: () => ({ id: '1' }) }, giveUpJob: { who: 'nobody', with: () => ({ id: '1' }) },
};

export const TABLE: Record<string, Record<string, Cell>> = {
  record: RECORD,
  people: PEOPLE,
  places: PLACES,
  wording: WORDING,
  lexicon: LEXICON,
  directory: DIRECTORY,
  attachments: ATTACHMENTS,
  commitments: COMMITMENTS,
  organisations: ORGANISATIONS,
  intake: INTAKE,
  desk: DESK,
  answers: ANSWERS,
  comments: COMMENTS,
  search: SEARCH,
  notices: NOTICES,
  'open-data': OPEN_DATA,
  open311: OPEN311,
  webhooks: WEBHOOKS,
  privacy: PRIVACY,
  upkeep: UPKEEP,
};
