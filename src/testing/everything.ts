/** A world in which every kind of thing stands in every state, with words that nobody but the concerned may ever read. */
import sharp from 'sharp';
import { prepareAttachment } from '#features/attachments/server/jobs.ts';
import { stageFile } from '#features/attachments/server/index.ts';
import { reportDone } from '#features/commitments/server/index.ts';
import { askSender, confirmEntry, extendDeadline, importEntries, joinEntry, keepDraft, openDraft, replyToQuestion, supportEntry, withdrawEntry } from '#features/intake/server/index.ts';
import { importOrganisations } from '#features/organisations/server/index.ts';
import { fingerprint } from '#features/places/server/index.ts';
import { saveDraft } from '#features/answers/server/index.ts';
import { COMMENT_CANARIES, commentsIn } from './comments.ts';
import { localDate } from '#kernel/working-days.ts';
import { printSheets, sheetsToPrint, takeEntry, typeInSheet } from '#features/desk/server/index.ts';
import { clerkAt, visitorOf } from './desk.ts';
import { office, type Taken } from './entries.ts';
import { SYSTEM, type TestPerson, type World } from './world.ts';

/** Each is in one private field; if one is read anywhere else, its name says from where it came. */
export const CANARIES = {
  complaintTitle: 'Zirqal-complaint-title', complaintText: 'Zirqal-complaint-text', complaintPlace: 'Zirqal-complaint-place', complaintServed: 'Zirqal-complaint-served',
  unreadTitle: 'Zirqal-unread-title', unreadText: 'Zirqal-unread-text', hiddenTitle: 'Zirqal-hidden-title', hiddenText: 'Zirqal-hidden-text',
  senderName: 'Zirqal-sender-name', senderMail: 'zirqal-mail@example.org', senderPhone: '963944555777', staffName: 'Zirqal-staff-name',
  question: 'Zirqal-question-to-sender', reply: 'Zirqal-reply-of-sender', withdrawnTitle: 'Zirqal-withdrawn-title', withdrawnText: 'Zirqal-withdrawn-text', joinedText: 'Zirqal-joined-unread',
  draftAnswer: 'Zirqal-unpublished-answer', returnNote: 'Zirqal-note-to-officer', privateAnswer: 'Zirqal-answer-to-complaint', privatePromise: 'Zirqal-promise-to-complaint', privateReason: 'Zirqal-reason-of-complaint',
  voice: 'Zirqal-words-of-a-voice', draftOfForm: 'Zirqal-form-not-sent', importedComplaint: 'Zirqal-imported-complaint', organisationContact: 'zirqal-private@example.org', organisationMember: 'Zirqal-member-name', organisationDraft: 'Zirqal-organisation-draft', privateProgress: 'Zirqal-done-for-complaint',
  ...COMMENT_CANARIES,
} as const;
/** A group of words of the lexicon, and what a form that was filled in from it says of it. */
export const GROUP = '00000000-0000-4000-8000-000000000009';
export const GROUP_SEEN = fingerprint(['رصيف', 'ترتوار']);
export const EXACT_POINT = { text: '36.2173401, 37.1612703', parts: ['36.2173', '37.1612'] };

const long = (canary: string): string => `${canary} — نصّ يكفي للفهم ولا يزيد.`;
const PUBLIC_ANSWER = { summary: 'ردّ علني يقرؤه الجميع', reason: 'راجعنا الأمر وهذا ما وجدناه في المكان.' };

export async function everything(given: World) {
  const it = await office(given);
  const other = await office(given, (await given.sql<{ code: string }>(`select code from bodies where code <> $1 order by code limit 1`, [it.code]))[0]!.code);
  const sender = await given.person();
  const resident = await given.person();
  await given.sql(`update persons set display_name = $1 where id = any($2)`, [CANARIES.staffName, [it.coordinator.id, it.officer.id, it.head.id]]);
  const contact = { contact: CANARIES.senderMail, name: CANARIES.senderName, point: EXACT_POINT.text };
  const phone = { contact: `+${CANARIES.senderPhone}`, name: CANARIES.senderName };

  await given.sql(`insert into lexicon_groups (id, words, changed_at) values ($1, '{رصيف,ترتوار}', now())`, [GROUP]);
  const received = await it.submit({ ...contact, title: CANARIES.unreadTitle, text: long(CANARIES.unreadText) }, sender);
  const open = await it.open({ ...contact, kind: 'proposal', title: 'حديقة الحيّ بحاجة إلى ماء', place: 'TN01', placeWords: '' }, sender);
  const assigned = await it.assigned({ ...phone, title: 'رصيف المدرسة مكسور', kind: 'initiative' }, sender);
  const named = await it.open({ title: 'اسم صاحبها علني', name: 'اسم علني', named: true, contact: CANARIES.senderMail });
  const hidden = await it.submit({ ...contact, title: CANARIES.hiddenTitle, text: long(CANARIES.hiddenText) });
  await it.triage(hidden.number, { visibility: 'confidential', body: it.code });

  const complaint = (more: object = {}) => it.assigned({
    ...contact, kind: 'complaint', title: CANARIES.complaintTitle, text: long(CANARIES.complaintText), place: 'TN01', placeWords: CANARIES.complaintPlace, served: CANARIES.complaintServed, servedCount: 7, ...more,
  });
  const unreadComplaint = await it.submit({ ...contact, kind: 'complaint', title: CANARIES.complaintTitle, text: long(CANARIES.complaintText) });
  const heldComplaint = await complaint();
  await given.as(it.officer).act(extendDeadline, { number: heldComplaint.number, reason: long(CANARIES.privateReason) });
  const answeredComplaint = await complaint(phone);
  await it.answered(answeredComplaint.number, { summary: long(CANARIES.privateAnswer), reason: long(CANARIES.privateAnswer), promises: [{ what: long(CANARIES.privatePromise), who: CANARIES.staffName, due: '2027-03-01' as never }] });
  const askedComplaint = await complaint();
  await given.as(it.officer).act(askSender, { number: askedComplaint.number, question: long(CANARIES.question) });

  const desk = await atTheDesk(given, it.code);

  const returned = await it.assigned({ ...contact, title: 'سؤال عن الشارع', kind: 'question' }, sender);
  await given.as(it.officer).act(askSender, { number: returned.number, question: long(CANARIES.question) });
  const replied = await it.assigned({ ...contact, title: 'مصباح الزاوية مطفأ' }, sender);
  await given.as(it.officer).act(askSender, { number: replied.number, question: long(CANARIES.question) });
  await given.act(replyToQuestion, { number: replied.number, key: replied.key, text: long(CANARIES.reply) });
  const withdrawn = await it.open({ ...contact, title: CANARIES.withdrawnTitle, text: long(CANARIES.withdrawnText) });
  await given.act(withdrawEntry, { number: withdrawn.number, key: withdrawn.key });
  const joined = await it.submit({ ...contact, title: CANARIES.joinedText, text: long(CANARIES.joinedText) });
  await given.as(it.coordinator).act(joinEntry, { number: joined.number, into: open.number });

  const answers = await answersInEveryState(given, it);
  const promised = await deliveries(given, it, sender, resident);
  const organisation = await organisationsOf(given, sender, promised.open.id);
  const files = await filesOf(given, { public: open, private: heldComplaint }, organisation.document);
  const draft = await given.act(openDraft, { kind: 'complaint' });
  await given.act(keepDraft, { token: draft, data: { title: CANARIES.draftOfForm, text: long(CANARIES.draftOfForm) } });
  await given.as({ actor: { kind: 'system', job: 'terminal' }, caller: null }).act(importEntries, {
    source: 'elsewhere', publish: true,
    entries: [{ externalId: '1', kind: 'complaint', title: CANARIES.importedComplaint, text: long(CANARIES.importedComplaint), language: 'ar', place: '', point: { lat: 36.2173401, lon: 37.1612703 }, sectors: [], submittedAt: null, closed: false }],
  });
  await given.sql(`update commitments set first_due = '2026-01-04', due = '2026-01-04' where subject_id = $1`, [answeredComplaint.id]);
  const privatePromise = (await given.sql<{ number: string }>('select number from commitments where subject_id = $1', [answeredComplaint.id]))[0]!.number;
  const comments = await commentsIn(given, { entry: open.number, sender, resident, officer: it.officer });
  return { ...it, comments, privatePromise, other, sender, resident, received, open, assigned, named, hidden, unreadComplaint, heldComplaint, answeredComplaint, askedComplaint, returned, replied, withdrawn, joined, desk, answers, promised, files, draft, organisation };
}

/** What a visitor told a clerk: a complaint, with a name and a phone, and a sheet of paper that says the same. */
async function atTheDesk(given: World, code: string) {
  const clerk = await clerkAt(given, code);
  const told = { kind: 'complaint' as const, title: CANARIES.complaintTitle, text: long(CANARIES.complaintText), placeWords: CANARIES.complaintPlace, name: CANARIES.senderName, contact: `+${CANARIES.senderPhone}`, consent: true as const };
  const form = visitorOf(told);
  const { number } = await given.as(clerk).act(takeEntry, form);
  const sheets = crypto.randomUUID();
  await given.as(clerk).act(printSheets, { once: sheets, count: 1, language: 'ar' });
  const [sheet] = (await given.as(clerk).ask(sheetsToPrint, sheets)).sheets;
  await given.as(clerk).act(typeInSheet, { visitor: visitorOf(told), sheet: sheet!.number, received: localDate(given.clock.now(), given.profile.zone), files: [] });
  return { clerk, number, once: form.once, sheets, sheet: sheet!.number };
}

export type Everything = Awaited<ReturnType<typeof everything>>;
type Office = Awaited<ReturnType<typeof office>>;

async function answersInEveryState(given: World, it: Office) {
  const entry = async () => (await it.assigned({ title: 'ردّها لم يُنشر بعد' })).number;
  const words = { summary: long(CANARIES.draftAnswer), reason: long(CANARIES.draftAnswer) };
  const draftedNumber = await entry();
  const drafted = { number: draftedNumber, ...(await given.as(it.officer).act(saveDraft, { number: draftedNumber, outcome: 'declined', ...words, referredTo: '', version: 0, promises: [] })) };
  const sentNumber = await entry();
  const sent = { number: sentNumber, ...(await it.sent(sentNumber, words)) };
  const approvedNumber = await entry();
  const approved = { number: approvedNumber, ...(await it.approved(approvedNumber, words)) };
  const publishedNumber = await entry();
  const published = { number: publishedNumber, ...(await it.answered(publishedNumber, { ...PUBLIC_ANSWER, outcome: 'declined', promises: [] })) };
  await given.sql(`update answers set note = $1 where id = $2`, [CANARIES.returnNote, drafted.id]);
  return { drafted, sent, approved, published };
}

async function deliveries(given: World, it: Office, sender: Everything['sender'], resident: Everything['resident']) {
  const promise = async (number: string) => (await given.sql<{ id: string; number: string; version: number }>('select c.id, c.number, c.version from commitments c join entries e on e.id = c.subject_id where e.number = $1', [number]))[0]!;
  const open = await it.assigned({ title: 'لها تعهّد مفتوح' }, sender);
  await it.answered(open.number, PUBLIC_ANSWER);
  const done = await it.assigned({ title: 'لها تعهّد تمّ' }, sender);
  await it.answered(done.number, PUBLIC_ANSWER);
  const doneOne = await promise(done.number);
  await given.as(it.officer).act(reportDone, { id: doneOne.id, text: 'رُكّبت الأعمدة', seen: doneOne.version, once: crypto.randomUUID() });
  await given.as(resident).act(supportEntry, { number: done.number });
  await given.as(resident).act(confirmEntry, { number: done.number, verdict: 'partly', words: long(CANARIES.voice) });
  return { openEntry: open, open: await promise(open.number), doneEntry: done, done: await promise(done.number) };
}

/** A public organisation of the sender with a contact, a member and a paper that are nobody's to read; drafts; and one in every other state. */
async function organisationsOf(given: World, sender: TestPerson, promise: string) {
  const row = (line: number, externalId: string, ar: string, more: object = {}) => ({
    line, externalId, names: { ar, en: '', ku: '' }, kind: 'association' as const, about: 'نعلّم القراءة في الأحياء', sectors: ['EDU'], places: ['TN01'], services: [], expertise: [], staff: null, volunteers: null, answerDays: null,
    licence: { number: '93/1', by: 'الشؤون الاجتماعية', until: null }, contacts: [], activities: [], ...more,
  });
  const keys = ['public', 'draft', 'listable', 'owned', 'whole', 'submitted', 'proposed', 'renewing', 'suspended'] as const;
  await given.as(SYSTEM).act(importOrganisations, { source: 'everything', organisations: keys.map((key, at) => row(at, key, key === 'draft' ? CANARIES.organisationDraft : `جمعية الواحة ${at}`, key === 'draft' ? { places: [] } : {})) });
  const all = new Map((await given.sql<{ id: string; number: string; key: string }>(`select id, number, external_id as key from organisations where source = 'everything'`)).map(({ key, ...it }) => [key, it]));
  const of = (key: (typeof keys)[number]) => all.get(key)!;
  const [open, second, registrar] = [of('public'), await given.person(), await given.person([{ role: 'registry' }])];
  await given.sql(`update organisations set state = 'draft' where id = $1`, [of('listable').id]);
  await given.sql(`update organisations set state = 'submitted', submitted_at = now() where id = any($1)`, [[of('submitted').id, of('proposed').id]]);
  await given.sql(`update organisations set state = 'verified', verified_until = '2099-01-01' where id = $1`, [of('renewing').id]);
  await given.sql(`update organisations set state = 'suspended', reason = 'لم ترسل حساباتها' where id = $1`, [of('suspended').id]);
  const member = (id: string, person: string, roles: string) => given.sql(`insert into organisation_members (organisation_id, person_id, roles, name, since) values ($1, $2, $3, $4, now())`, [id, person, roles, CANARIES.organisationMember]);
  for (const key of ['public', 'owned', 'whole', 'renewing', 'suspended'] as const) await member(of(key).id, sender.id, '{owner,signatory}');
  for (const key of ['public', 'owned'] as const) await member(of(key).id, second.id, '{owner}');
  const one = async (text: string, values: unknown[]) => (await given.sql<{ id: string }>(text, values))[0]!.id;
  const contact = await one(`insert into organisation_contacts (id, organisation_id, kind, value, public, position) values (gen_random_uuid(), $1, 'mail', $2, false, 1) returning id`, [open.id, CANARIES.organisationContact]);
  await given.sql(`insert into organisation_contacts (id, organisation_id, kind, value, public, position) values (gen_random_uuid(), $1, 'phone', '021 555 0101', true, 1)`, [of('whole').id]);
  const paper = (id: string, kind: string, position: number) => one(`insert into organisation_documents (id, organisation_id, kind, added_at, position) values (gen_random_uuid(), $1, $2, now(), $3) returning id`, [id, kind, position]);
  const document = await paper(open.id, 'licence', 1);
  for (const [at, kind] of ['licence', 'statute'].entries()) await paper(of('whole').id, kind, at + 1);
  const activity = await one(`insert into organisation_activities (id, organisation_id, sector, place, what, state, confirmed_at) values (gen_random_uuid(), $1, 'EDU', 'TN01', 'صفوف مسائية', 'ongoing', now()) returning id`, [open.id]);
  const invitation = await one(`insert into organisation_invitations (id, organisation_id, roles, name, token_hash, created_by, created_at, expires_at) values (gen_random_uuid(), $1, '{editor}', $2, sha256('x'), $3, now(), now() + interval '7 days') returning id`, [open.id, CANARIES.organisationMember, sender.id]);
  const decision = await one(`insert into organisation_decisions (id, organisation_id, kind, reason, proposed_by, proposed_at) values (gen_random_uuid(), $1, 'refuse', 'لا أوراق لها', $2, now()) returning id`, [of('proposed').id, registrar.id]);
  await given.sql(`insert into organisation_parts (organisation_id, commitment_id, named_at) values ($1, $2, now())`, [open.id, promise]);
  const upload = await one(`insert into organisation_uploads (id, uploaded_by, made_at, rows) values (gen_random_uuid(), $1, now(), '{"organisations": [], "refused": []}') returning id`, [registrar.id]);
  return {
    ...open, upload, draft: of('draft'), listable: of('listable').number, owned: of('owned').number, whole: of('whole'), submitted: of('submitted'), proposed: of('proposed'), renewing: of('renewing'), suspended: of('suspended'), second: second.id, document, contact, activity, invitation, decision,
  };
}

async function filesOf(given: World, entries: { public: Taken; private: Taken }, document: string) {
  const house = { ask: given.as(SYSTEM).ask, act: given.as(SYSTEM).act };
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#268' } }).png().toBuffer();
  const stage = async (ownerKind: 'entry' | 'document', ownerId: string) => {
    const { id } = await given.act(stageFile, { ownerKind, ownerId, bytes: photo });
    await prepareAttachment({ ask: (_, query, input) => house.ask(query, input), glance: (_, query, input) => house.ask(query, input), act: (_, work, input) => house.act(work, input), close: async () => undefined }, SYSTEM, id);
    return id;
  };
  const files = { public: await stage('entry', entries.public.id), private: await stage('entry', entries.private.id), paper: await stage('document', document) };
  await given.sql('update attachments set public = true where id = $1', [files.public]);
  return files;
}
