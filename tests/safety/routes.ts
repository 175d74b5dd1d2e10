/**
 * Who may open which address and send which form. A route or an action that is not written here fails the test.
 * `at`: the address that is really asked for. `get`: who is shown the page; everybody else is led to signing in, or refused.
 */
import type { deskWork } from '#testing/desk.ts';
import { GROUP, GROUP_SEEN, type Everything } from '#testing/everything.ts';

/** `first`: what is put right before, where another form has moved it on. */
export type Sending = { who: string; values?: (given: Given) => Record<string, string>; first?: (given: Given) => string };
export type Route = { at: (given: Given) => string; get?: string; /** what the page answers when it is no page of its own */ answers?: number; actions?: Record<string, Sending> };
export type Given = { it: Everything; session: string; stranger: string; grants: { waiting: string; second: string; held: string }; stop: string; draft: string; form: string; key: string; hook: string; delivery: string; once: string; seen: { site: string; body: string; place: string }; desk: Awaited<ReturnType<typeof deskWork>> };

const at = (path: string) => () => path;
const page = (path: string, get = 'everybody'): Route => ({ at: at(path), get });
const send = (who: string, values?: Sending['values'], first?: Sending['first']): Sending => ({ who, ...(values ? { values } : {}), ...(first ? { first } : {}) });
const SENT = ({ it }: Given) => `update answers set state = 'sent', version = 1, approved_by = null, approved_at = null, publish_at = null where id = '${it.answers.sent.id}'`;
const DRAFTED = ({ it }: Given) => `update answers set state = 'draft', version = 1 where id = '${it.answers.drafted.id}'`;

const step = (more: Record<string, string>) => ({ once: crypto.randomUUID(), seen: '1', ...more });
const PROMISED = ({ it }: Given) => `with gone as (delete from commitment_slips where commitment_id = '${it.promised.open.id}')
  update commitments set state = 'open', due = first_due, done_at = null, settled_at = null, disputed_at = null, broken_reason = null, version = 1 where id = '${it.promised.open.id}'`;

const onDay = (date: string) => { const [year, month, day] = date.split('-').map(Number); return { 'received-day': String(day), 'received-month': String(month), 'received-year': String(year) }; };

const OWN = 'officer own, head own';
const STAFF_PAGES = 'officer, head';
const PERSON = 'person';
const ADMIN = 'administrator';
const MODERATORS = 'moderator, coordinator';
const KEEPERS = 'administrator, registry';
const texts = () => ({ subject: 'Answer to {number}', body: 'There is an answer to {number}.', sms: 'Abwab {number}: an answer.' });
const worded = () => ({ text: 'بكلماتنا', seen: '0' });
const names = { 'name-ar': 'اسم جديد', 'name-en': 'New', 'name-ku': 'Nû' };

const INSIDE = 'sender, registry, coordinator';
const REGISTRY = 'registry, coordinator';
const organisation = (state: string) => ({ it }: Given) => `update organisations set state = '${state}', renewal_at = null, objection = '', verified_until = '2099-01-01' where id = '${it.organisation.whole.id}'`;
const UPLOADED = ({ it }: Given) => `insert into organisation_uploads (id, uploaded_by, made_at, rows) values ('${it.organisation.upload}', '${it.sender.id}', now(), '{"organisations": [], "refused": []}') on conflict do nothing`;
const PART = ({ it }: Given) => `${PROMISED({ it } as Given)}; insert into organisation_parts (organisation_id, commitment_id, named_at) values ('${it.organisation.whole.id}', '${it.promised.open.id}', now()) on conflict (organisation_id, commitment_id) do update set agreed_at = null`;
const DOCUMENT = ({ it }: Given) => `insert into organisation_documents (id, organisation_id, kind, added_at, position) values ('${it.organisation.id}', '${it.organisation.renewing.id}', 'other', now(), 12) on conflict (id) do nothing`;
const OWNERS = ({ it }: Given) => `update organisation_members set roles = '{owner}', ended_at = null where organisation_id = '${it.organisation.id}'`;
const SUBMITTED = ({ it }: Given) => `with gone as (delete from organisation_decisions where organisation_id = '${it.organisation.submitted.id}') update organisations set state = 'submitted' where id = '${it.organisation.submitted.id}'`;
const PROPOSED = ({ it }: Given) => `delete from organisation_decisions where organisation_id = '${it.organisation.submitted.id}'; update organisations set state = 'submitted' where id = '${it.organisation.submitted.id}'; insert into organisation_decisions (id, organisation_id, kind, reason, proposed_by, proposed_at) values ('${it.organisation.submitted.id}', '${it.organisation.submitted.id}', 'refuse', 'لا أوراق', '${it.resident.id}', now()) on conflict (id) do update set outcome = 'open', decided_at = null, decided_by = null`;

const PUBLIC: Record<string, Route> = {
  '/': page('/'), '/(public)/bodies': page('/bodies'), '/(public)/bodies/[code]': { at: ({ it }) => `/bodies/${it.code}`, get: 'everybody' }, '/(public)/commitments': page('/commitments'),
  '/(public)/bodies/[code]/answers': { at: ({ it }) => `/bodies/${it.code}/answers`, get: 'everybody' }, '/(public)/bodies/[code]/promises': { at: ({ it }) => `/bodies/${it.code}/promises`, get: 'everybody' },
  '/(public)/commitments/[number]': { at: ({ it }) => `/commitments/${it.promised.open.number}`, get: 'everybody' },
  '/(public)/orgs/register': { ...page('/orgs/register'), actions: { default: send(PERSON) } }, '/(public)/orgs/where': page('/orgs/where'), '/(public)/orgs/match': page('/orgs/match?sector=EDU&place=TN01'),
  '/(public)/orgs': page('/orgs'), '/(public)/orgs/[code]': { at: ({ it }) => `/orgs/${it.organisation.number}`, get: 'everybody' },
  '/(public)/a/[pcode]': page('/a/TN01'), '/(public)/map': page('/map'), '/(public)/needs': page('/needs'), '/(public)/open': page('/open'), '/(public)/places': page('/places'),
  '/(public)/search': page('/search?q=x'), '/(public)/help': page('/help'), '/(public)/api': page('/api'), '/(public)/data': page('/data'), '/(public)/data/[set]': page('/data/entries'), '/(public)/demo': page('/demo', 'nobody'), '/(public)/offline': page('/offline'), '/(public)/log': page('/log'), '/(public)/log/watchers': page('/log/watchers'), '/(public)/log/[line]': page('/log/999999', 'nobody'),
  '/(public)/verify': { ...page('/verify'), actions: { receipt: send('everybody', () => ({ text: 'no receipt' })) } }, '/(public)/new': page('/new'),
  '/(public)/settings': { ...page('/settings'), actions: { default: send('everybody', () => ({ theme: 'dark' })) } },
  '/(public)/new/[kind]': {
    at: ({ draft }) => `/new/need?d=${draft}&step=check`, get: 'everybody',
    actions: { keep: send('everybody'), send: send('everybody', ({ once }) => ({ once })) },
  },
  '/(public)/leave': { ...page('/leave'), actions: { default: send('everybody') } },
  '/(public)/new/[kind]/sent': { at: () => '/new/need/sent?once=00000000-0000-4000-8000-000000000000', get: 'nobody' },
  '/(public)/n/[number]': { at: ({ it }) => `/n/${it.open.number}`, get: 'everybody', actions: { support: send(PERSON), unsupport: send(PERSON), follow: send(PERSON, () => ({ follow: 'yes' })) } },
  '/(public)/n/[number]/answer': { at: ({ it }) => `/n/${it.open.number}/answer`, get: 'everybody', answers: 302 },
  '/(public)/n/[number]/confirm': {
    at: ({ it }) => `/n/${it.promised.doneEntry.number}/confirm`, get: 'everybody',
    actions: { open: send('everybody', ({ it }) => ({ key: it.promised.doneEntry.key })), say: send('outsider', ({ it }) => ({ verdict: 'partly', words: '', commitment: it.promised.done.number, once: crypto.randomUUID() })) },
  },
  '/(public)/n/[number]/comments': { at: ({ it }) => `/n/${it.open.number}/comments`, get: 'everybody', actions: { say: send('everybody', ({ form }) => ({ text: `تعليق ${crypto.randomUUID()}`, form })) } },
  '/(public)/commitments/[number]/comments': { at: ({ it }) => `/commitments/${it.promised.open.number}/comments`, get: 'everybody', actions: { say: send('everybody', ({ form }) => ({ text: `تعليق ${crypto.randomUUID()}`, form })) } },
  '/(public)/comments/[id]': {
    at: ({ it }) => `/comments/${it.comments.own}`, get: 'everybody',
    actions: {
      report: send('everybody', () => ({ rule: 'spam' })), change: send('sender', () => ({ text: 'كلام أدقّ من قبل' }), ({ it }) => `update comments set sent_at = now() where id = '${it.comments.own}'`), object: send('nobody', () => ({ text: 'الحذف كان خطأ' })),
      withdraw: send('sender', undefined, ({ it }) => `update comments set state = 'published', text = 'كلام' where id = '${it.comments.own}'`),
    },
  },
  '/(public)/moderation': page('/moderation'), '/(public)/privacy': page('/privacy'),
  '/(public)/track': {
    ...page('/track'),
    actions: {
      show: send('everybody', ({ it }) => ({ number: it.open.number })),
      copy: send('sender', ({ it }) => ({ number: it.open.number })), reply: send('sender', ({ it }) => ({ number: it.returned.number, text: 'الشارع الثاني بعد المدرسة' })), withdraw: send('sender', ({ it }) => ({ number: it.assigned.number })),
    },
  },
  '/(public)/follow': { ...page('/follow'), actions: { rhythm: send(PERSON, () => ({ rhythm: 'weekly', channel: 'mail' })), pause: send(PERSON, () => ({ days: '7' })), wake: send(PERSON), unfollow: send(PERSON, ({ it }) => ({ number: it.open.number })), quiet: send(PERSON, () => ({ from: '22', to: '٧' })), end: send(PERSON, () => ({ kind: 'place', code: 'TN01' })) } },
  '/(public)/follow/new': { ...page('/follow/new?kind=place&code=TN01'), actions: { follow: send(PERSON), end: send(PERSON), ask: send('everybody', () => ({ contact: 'reader@example.org', kind: 'place', code: 'TN01' })) } },
  '/(public)/follow/code': { ...page('/follow/code?r=00000000-0000-4000-8000-000000000000'), actions: { default: send('nobody', () => ({ r: '00000000-0000-4000-8000-000000000000', code: '123456' })) } },
  '/(public)/stop/[token]': { at: ({ stop }) => `/stop/${stop}`, get: 'everybody', actions: { default: send('everybody') } },
  '/(public)/enter/[token]': { ...page('/enter/no-such-link'), actions: { default: send('nobody') } },
};

const SIGNING_IN: Record<string, Route> = {
  // Whoever is signed in is led on; nobody else is.
  '/(public)/login': { ...page('/login', 'visitor only'), actions: { code: send('everybody', () => ({ contact: 'somebody@example.org' })), passkey: send('nobody', () => ({ response: '{}' })) } },
  '/(public)/login/code': { ...page('/login/code'), actions: { default: send('nobody', () => ({ code: '123456', r: '00000000-0000-4000-8000-000000000000' })) } },
  '/(public)/login/second': {
    at: at('/login/second'), get: 'first factor only',
    actions: { set: send('nobody', () => ({ code: '123456' })), answer: send('nobody', () => ({ code: '123456' })), recovery: send('nobody', () => ({ recovery: 'abcd' })), make: send('nobody', () => ({ response: '{}' })), passkey: send('nobody', () => ({ response: '{}' })) },
  },
  '/(public)/me': { ...page('/me', PERSON), actions: { language: send(PERSON, () => ({ language: 'ku' })), out: send('everybody') } },
  '/(public)/me/data': { ...page('/me/data', PERSON), actions: { default: send(PERSON) } }, '/(public)/me/data/download': { ...page('/me/data/download', PERSON), answers: 303 },
  // Who is sure is tried in the feature's own tests: the account would be gone for all that come after.
  '/(public)/me/data/erase': { ...page('/me/data/erase', PERSON), actions: { default: send('nobody') } },
  '/(public)/me/comments': page('/me/comments', PERSON),
  '/(public)/me/sign-ins': { ...page('/me/sign-ins', PERSON), actions: { end: send('sender', ({ session }) => ({ session })), others: send(PERSON) } },
  '/(public)/me/contact': {
    ...page('/me/contact', 'staff and members'),
    actions: { ask: send('staff and members', () => ({ contact: 'own@example.org' })), add: send('nobody', () => ({ r: '00000000-0000-4000-8000-000000000000', code: '123456' })) },
  },
  '/(public)/me/second': { ...page('/me/second', 'two factors'), actions: { codes: send('whoever has a factor of their own'), set: send('nobody', () => ({ code: '123456' })), make: send('nobody', () => ({ response: '{}' })), remove: send('nobody', () => ({ passkey: '00000000-0000-4000-8000-000000000000' })) } },
};

const WORK: Record<string, Route> = {
  '/(work)/desk': page('/desk', STAFF_PAGES), '/(work)/desk/approvals': page('/desk/approvals', `${STAFF_PAGES}, coordinator`),
  '/(work)/desk/approvals/[id]': {
    at: ({ it }) => `/desk/approvals/${it.answers.sent.id}`, get: `${OWN}, coordinator`,
    actions: { return: send('head own', () => ({ version: '1', note: 'أضيفوا رقم القرار' })), approve: send('head own', () => ({ version: '1' }), SENT), back: send('nobody', undefined, SENT) },
  },
  '/(work)/desk/n/[number]': {
    at: ({ it }) => `/desk/n/${it.hidden.number}`, get: OWN,
    actions: { study: send(OWN), ask: send(`${OWN}, coordinator`, () => ({ question: 'متى حدث ذلك وأين بالضبط؟' })), extend: send(`${OWN}, coordinator`, () => ({ reason: 'ننتظر كشفاً من الشركة' })) },
  },
  '/(work)/desk/n/[number]/answer': {
    at: ({ it }) => `/desk/n/${it.answers.drafted.number}/answer`, get: OWN,
    actions: {
      save: send(OWN, () => ({ outcome: 'declined', summary: 'لا نستطيع هذا العام', reason: 'الميزانية لا تكفي هذا العام لعمل كهذا.', version: '1' })),
      send: send(OWN, ({ it }) => ({ id: it.answers.drafted.id, version: '1' }), DRAFTED), withdraw: send(OWN, ({ it }) => ({ id: it.answers.drafted.id, version: '1' })), back: send('nobody', ({ it }) => ({ id: it.answers.approved.id, version: '1' })),
    },
  },
  '/(work)/desk/commitments': page('/desk/commitments', STAFF_PAGES), '/(work)/gov/commitments': page('/gov/commitments', 'coordinator'),
  '/(work)/desk/commitments/[number]': {
    at: ({ it }) => `/desk/commitments/${it.promised.open.number}`, get: `${OWN}, coordinator`,
    actions: {
      progress: send(OWN, () => step({ text: 'نصف الأعمدة في مكانها' }), PROMISED), done: send(OWN, () => step({ text: 'كلّ الأعمدة في مكانها' }), PROMISED),
      move: send(OWN, () => step({ 'due-day': '1', 'due-month': '6', 'due-year': '2027', reason: 'المواد لم تصل بعد' }), PROMISED), break: send(OWN, () => step({ reason: 'لا ميزانية لهذا العمل' }), PROMISED),
      partner: send(OWN, ({ it }) => ({ step: 'partner', organisation: it.organisation.renewing.number }), PROMISED),
    },
  },
  '/(work)/desk/codes': { ...page('/desk/codes', 'clerk, coordinator, administrator'), actions: { default: send('clerk, coordinator, administrator', () => ({ contact: '0944 111 222' })) } },
  '/(work)/desk/counter': {
    ...page('/desk/counter', 'clerk'),
    actions: {
      sit: send('clerk', ({ it }) => ({ body: it.code })), take: send('clerk', () => ({ once: crypto.randomUUID(), kind: 'question', title: 'متى تُفتح المكتبة العامة؟', text: 'أغلقت منذ شهر بلا إعلان.', placeWords: 'وسط المدينة', seen: 'yes' })),
      reserve: send('clerk'), giveBack: send('clerk', ({ desk }) => ({ block: desk.block.id, numbers: desk.block.numbers[3]! })), open: send('clerk', ({ desk }) => ({ ...desk.waiting })), send: send('clerk', ({ desk }) => ({ ...desk.waiting })),
      support: send('clerk', ({ it }) => ({ number: it.open.number, contact: '0944 111 222', papersSeen: 'yes', consent: 'yes' })),
    },
  },
  // A receipt is shown to the clerk who took the entry.
  '/(work)/desk/counter/receipt': { at: ({ desk }) => `/desk/counter/receipt?once=${desk.once}`, get: 'nobody' },
  // Kept on devices, so nobody's: the form alone.
  '/(work)/desk/counter/offline': page('/desk/counter/offline'),
  '/(work)/desk/paper': { ...page('/desk/paper', 'clerk'), actions: { type: send('clerk', ({ desk }) => ({ once: crypto.randomUUID(), sheet: desk.blank, kind: 'need', title: 'رصيف المدرسة مكسور', text: 'مكسور منذ الشتاء.', placeWords: 'قرب المدرسة', ...onDay(desk.today) })) } },
  '/(work)/desk/paper/sheets': { ...page('/desk/paper/sheets', 'clerk'), actions: { default: send('clerk', () => ({ once: crypto.randomUUID(), count: '1', language: 'ar' })) } },
  '/(work)/desk/paper/sheets/[id]': { at: ({ desk }) => `/desk/paper/sheets/${desk.sheets}`, get: 'clerk' },
  '/(work)/desk/hearings': { ...page('/desk/hearings', 'clerk'), actions: { default: send('clerk', ({ desk }) => ({ once: crypto.randomUUID(), title: 'جلسة أهالي الحيّ', placeWords: 'القاعة', ...onDay(desk.today) })) } },
  '/(work)/desk/hearings/[id]': { at: ({ desk }) => `/desk/hearings/${desk.hearing}`, get: 'clerk', actions: { more: send('clerk'), take: send('clerk', () => ({ 'once-0': crypto.randomUUID(), 'kind-0': 'need', 'title-0': 'الرصيف مكسور أمام المدرسة' })) } },
  '/(work)/gov': page('/gov', 'coordinator'), '/(work)/gov/approvals': page('/gov/approvals', 'coordinator'), '/(work)/gov/triage': page('/gov/triage', 'coordinator'),
  '/(work)/gov/moderation': page('/gov/moderation', MODERATORS),
  '/(work)/gov/moderation/[id]': {
    at: ({ it }) => `/gov/moderation/${it.comments.reported}`, get: MODERATORS,
    actions: {
      decide: send(MODERATORS, () => ({ decision: 'keep' }), ({ it }) => `update comments set waits_since = now() where id = '${it.comments.reported}'`),
      objection: send('nobody', () => ({ outcome: 'upheld', reason: 'بقي القرار كما كان' })),
    },
  },
  '/(work)/gov/merge/[number]': {
    at: ({ it }) => `/gov/merge/${it.replied.number}`, get: 'coordinator',
    actions: { join: send('coordinator', ({ it }) => ({ into: it.open.number })), separate: send('coordinator') },
  },
  '/(work)/gov/triage/[number]': {
    at: ({ it }) => `/gov/triage/${it.received.number}`, get: 'coordinator',
    actions: {
      search: send('coordinator', () => ({ placeQuery: 'المدرسة' })), decide: send('coordinator', () => ({ visibility: 'public', body: '' })), ask: send('coordinator', () => ({ question: 'متى حدث ذلك وأين بالضبط؟' })),
    },
  },
  '/(work)/org': page('/org', PERSON), '/(work)/org/join/[token]': { ...page('/org/join/no-such-link', PERSON), actions: { default: send('nobody') } },
  '/(work)/org/[number]': {
    at: ({ it }) => `/org/${it.organisation.whole.number}`, get: INSIDE,
    actions: { send: send('sender', undefined, organisation('draft')), renew: send('sender', undefined, organisation('verified')), object: send('sender', () => ({ reason: 'الترخيص مجدَّد' }), organisation('suspended')), agree: send('sender', ({ it }) => ({ commitment: it.promised.open.number }), PART), decline: send('sender', ({ it }) => ({ commitment: it.promised.open.number }), PART) },
  },
  '/(work)/org/[number]/[task]': { at: ({ it }) => `/org/${it.organisation.number}/skills`, get: INSIDE, actions: { default: send('sender', () => ({ version: '1', expertise: 'ترميم المخطوطات' }), ({ it }) => `update organisations set version = 1, expertise = '{}' where id = '${it.organisation.id}'`) } },
  '/(work)/org/[number]/contacts': { at: ({ it }) => `/org/${it.organisation.renewing.number}/contacts`, get: INSIDE, actions: { add: send('sender', () => ({ kind: 'phone', value: '021 555 0101' })), remove: send('sender', ({ it }) => ({ id: it.organisation.id }), ({ it }) => `insert into organisation_contacts (id, organisation_id, kind, value, public, position) values ('${it.organisation.id}', '${it.organisation.renewing.id}', 'phone', '021 555', true, 8) on conflict (id) do nothing`) } },
  '/(work)/org/[number]/documents': { at: ({ it }) => `/org/${it.organisation.renewing.number}/documents`, get: INSIDE, actions: { add: send('nobody', () => ({ kind: 'other' })), show: send('sender', ({ it }) => ({ id: it.organisation.id, public: 'yes' }), DOCUMENT), remove: send('sender', ({ it }) => ({ id: it.organisation.id }), DOCUMENT) } },
  '/(work)/org/[number]/people': {
    at: ({ it }) => `/org/${it.organisation.number}/people`, get: INSIDE,
    actions: {
      invite: send('sender', () => ({ name: 'ليلى', roles: 'editor' })), revoke: send('sender', ({ it }) => ({ id: it.organisation.invitation }), ({ it }) => `update organisation_invitations set ended_at = null where id = '${it.organisation.invitation}'`),
      roles: send('sender', ({ it }) => ({ person: it.organisation.second, roles: 'owner' }), OWNERS), handOver: send('sender', ({ it }) => ({ person: it.organisation.second }), OWNERS), leave: send('sender', undefined, OWNERS),
    },
  },
  '/(work)/org/[number]/activities': {
    at: ({ it }) => `/org/${it.organisation.suspended.number}/activities`, get: INSIDE,
    actions: { add: send('sender', () => ({ sector: 'EDU', place: 'TN01', what: 'صفوف مسائية', state: 'ongoing' })), confirm: send('sender'), remove: send('sender', ({ it }) => ({ id: it.organisation.id }), ({ it }) => `insert into organisation_activities (id, organisation_id, sector, place, what, state, confirmed_at) values ('${it.organisation.id}', '${it.organisation.suspended.id}', 'EDU', 'TN01', 'x', 'ongoing', now()) on conflict (id) do nothing`) },
  },
  '/(work)/gov/orgs': page('/gov/orgs', REGISTRY),
  '/(work)/gov/orgs/import': { ...page('/gov/orgs/import', 'registry'), actions: { default: send('nobody', () => ({ once: crypto.randomUUID() })) } },
  '/(work)/gov/orgs/import/[id]': {
    at: ({ it }) => `/gov/orgs/import/${it.organisation.upload}`, get: 'registry',
    actions: { take: send('registry', undefined, UPLOADED), drop: send('registry', undefined, UPLOADED) },
  },
  '/(work)/gov/orgs/[number]': {
    at: ({ it }) => `/gov/orgs/${it.organisation.submitted.number}`, get: REGISTRY,
    actions: {
      propose: send('registry', () => ({ kind: 'refuse', reason: 'لا أوراق لها' }), SUBMITTED), decide: send(REGISTRY, ({ it }) => ({ id: it.organisation.submitted.id, outcome: 'confirmed' }), PROPOSED), return: send('registry', () => ({ back: 'أرسلوا الترخيص' }), SUBMITTED),
      list: send('registry', undefined, ({ it }) => `update organisations set state = 'draft' where id = '${it.organisation.submitted.id}'`), invite: send('registry'),
    },
  },
  '/(work)/admin': page('/admin', ADMIN), '/(work)/admin/places': page('/admin/places', KEEPERS),
  '/(work)/admin/places/[code]': { ...page('/admin/places/TN02', KEEPERS), actions: { rename: send(KEEPERS, ({ seen }) => ({ ...names, seen: seen.place })), active: send(KEEPERS, () => ({ active: 'no' })) } },
  '/(work)/admin/bodies': { ...page('/admin/bodies', KEEPERS), actions: { default: send(KEEPERS, () => ({ code: 'new-body', kind: 'directorate', ...names })) } },
  '/(work)/admin/bodies/[id]': { at: ({ it }) => `/admin/bodies/${it.other.body}`, get: KEEPERS, actions: { save: send(KEEPERS, ({ seen }) => ({ kind: 'directorate', ...names, seen: seen.body })), active: send(KEEPERS, () => ({ active: 'no' })) } },
  '/(work)/admin/calendar': {
    ...page('/admin/calendar', ADMIN),
    actions: { weekend: send(ADMIN, () => ({ weekend: '5' })), add: send(ADMIN, () => ({ 'day-day': '1', 'day-month': '5', 'day-year': '2027', ...names })), remove: send(ADMIN, () => ({ day: '2026-04-08', code: 'open-door' })) },
  },
  '/(work)/admin/calendar/[code]/[day]': { ...page('/admin/calendar/feast/2027-05-20', ADMIN), actions: { default: send(ADMIN, () => ({ 'announced-day': '21', 'announced-month': '5', 'announced-year': '2027' })) } },
  '/(work)/admin/lexicon': { ...page('/admin/lexicon', ADMIN), actions: { default: send(ADMIN, () => ({ words: 'ماء، مياه' })) } },
  '/(work)/admin/lexicon/[id]': { ...page(`/admin/lexicon/${GROUP}`, ADMIN), actions: { save: send(ADMIN, () => ({ words: 'ماء، مياه', seen: GROUP_SEEN })), remove: send(ADMIN, () => ({ seen: GROUP_SEEN }), () => `update lexicon_groups set words = '{رصيف,ترتوار}' where id = '${GROUP}'`) } },
  '/(work)/admin/notices': { ...page('/admin/notices', ADMIN), actions: { retry: send(ADMIN) } },
  '/(work)/admin/webhooks': { ...page('/admin/webhooks', ADMIN), actions: { add: send(ADMIN, () => ({ name: 'صحيفة الحيّ', url: 'https://hooks.example/in' })), end: send(ADMIN, ({ hook }) => ({ id: hook }), ({ hook }) => `update hooks set ended_at = null, ended_by = null where id = '${hook}'`) } },
  '/(work)/admin/webhooks/[id]': { at: ({ hook }) => `/admin/webhooks/${hook}`, get: ADMIN, actions: { retry: send(ADMIN, ({ delivery }) => ({ id: delivery }), ({ hook, delivery }) => `insert into hook_deliveries (id, hook_id, act_id, state, next_at, made_at, settled_at) select '${delivery}', '${hook}', a.id, 'failed', now(), now(), now() from acts a order by a.at limit 1 on conflict (id) do update set state = 'failed', settled_at = now()`) } },
  '/(work)/admin/keys': { ...page('/admin/keys', ADMIN), actions: { issue: send(ADMIN, () => ({ name: 'تطبيق الحيّ', contact: 'app@example.org', perHour: '60' })), end: send(ADMIN, ({ key }) => ({ id: key }), ({ key }) => `update api_keys set ended_at = null, ended_by = null where id = '${key}'`) } },
  '/(work)/admin/notices/texts': page('/admin/notices/texts', ADMIN),
  '/(work)/admin/notices/texts/[template]': { ...page('/admin/notices/texts/answered?language=en', ADMIN), actions: { preview: send(ADMIN, texts), save: send(ADMIN, texts), restore: send(ADMIN) } },
  '/(work)/admin/health': page('/admin/health', ADMIN), '/(work)/unusual': page('/unusual', 'auditor, administrator'),
  '/(work)/admin/jobs': { ...page('/admin/jobs', ADMIN), actions: { retry: send('nobody', () => ({ id: '1' })), 'give-up': send('nobody', () => ({ id: '1' })) } },
  '/(work)/admin/texts': page('/admin/texts', ADMIN),
  '/(work)/admin/texts/[key]': { ...page('/admin/texts/home.lead', ADMIN), actions: { preview: send(ADMIN, worded), save: send(ADMIN, worded, () => 'delete from site_texts'), restore: send(ADMIN, () => ({ version: '0', seen: '0' }), () => 'delete from site_texts') } },
  '/(work)/admin/site': { ...page('/admin/site', ADMIN), actions: { default: send(ADMIN, ({ seen }) => ({ opened: 'yes', seen: seen.site })) } },
  '/(work)/admin/roles': { ...page('/admin/roles', ADMIN), actions: { refuse: send(ADMIN, ({ grants }) => ({ grant: grants.second })), confirm: send(ADMIN, ({ grants }) => ({ grant: grants.waiting })) } },
  '/(work)/admin/users': {
    ...page('/admin/users', ADMIN),
    actions: {
      invite: send(ADMIN, () => ({ name: 'موظّفة جديدة', role: 'clerk' })), grant: send(ADMIN, ({ stranger }) => ({ person: stranger, role: 'moderator' })), endRole: send(ADMIN, ({ grants }) => ({ grant: grants.held })),
      link: send(ADMIN, ({ stranger }) => ({ person: stranger })), endAccount: send(ADMIN, ({ stranger }) => ({ person: stranger, sure: 'yes' })),
    },
  },
};

const ENDPOINTS: Record<string, Route> = {
  '/record/acts/[id]/proof': { at: () => '/record/acts/00000000-0000-4000-8000-000000000000/proof', get: 'nobody' }, '/record/acts/[id]/qr.png': { at: () => '/record/acts/00000000-0000-4000-8000-000000000000/qr.png', get: 'nobody' }, '/record/log/[...path]': page('/record/log/../../secret', 'nobody'),
  '/(public)/preview.jpg': page('/preview.jpg'), '/(public)/bodies/[code]/preview.jpg': { at: ({ it }) => `/bodies/${it.code}/preview.jpg`, get: 'everybody' },
  '/(public)/n/[number]/preview.jpg': { at: ({ it }) => `/n/${it.heldComplaint.number}/preview.jpg`, get: 'nobody' },
  '/(public)/orgs/[code]/preview.jpg': { at: ({ it }) => `/orgs/${it.organisation.number}/preview.jpg`, get: 'everybody' },
  '/(public)/commitments/[number]/preview.jpg': { at: ({ it }) => `/commitments/${it.promised.open.number}/preview.jpg`, get: 'everybody' },
  '/.well-known/security.txt': page('/.well-known/security.txt'), '/health': page('/health'), '/manifest.webmanifest': page('/manifest.webmanifest'), '/robots.txt': page('/robots.txt'), '/sitemap.xml': page('/sitemap.xml'),
  '/files/[id]/[variant]': { at: ({ it }) => `/files/${it.files.private}/large`, get: `${OWN}, coordinator` },
  '/api/v1/[...rest]': page('/api/v1/nothing', 'nobody'), '/api/v1/activities': page('/api/v1/activities'), '/api/v1/[set].[ending]': page('/api/v1/entries.csv'), '/feeds/[name].[ending]': page('/feeds/answers.atom'), '/(public)/data/catalog.jsonld': page('/data/catalog.jsonld'), '/api/v1/entries': page('/api/v1/entries'),
  // The API knows no sitting: what is not public is there for nobody.
  '/api/v1/entries/[number]': { at: ({ it }) => `/api/v1/entries/${it.heldComplaint.number}`, get: 'nobody' },
  '/api/v1/bodies': page('/api/v1/bodies'), '/api/v1/bodies/[code]': { at: ({ it }) => `/api/v1/bodies/${it.code}`, get: 'everybody' },
  '/api/v1/commitments': page('/api/v1/commitments'),
  '/api/v1/commitments/[number]': { at: ({ it }) => `/api/v1/commitments/${it.privatePromise}`, get: 'nobody' },
  '/open311/v2/[...rest]': page('/open311/v2/nothing', 'nobody'), '/open311/v2/discovery.[format]': page('/open311/v2/discovery.xml'), '/open311/v2/services.[format]': page('/open311/v2/services.json'),
  '/open311/v2/services/[code].[format]': page('/open311/v2/services/need-SRV.json'), '/open311/v2/requests.[format]': page('/open311/v2/requests.json'), '/open311/v2/servicerequestupdates.[format]': page('/open311/v2/servicerequestupdates.xml'),
  '/open311/v2/requests/[id].[format]': { at: ({ it }) => `/open311/v2/requests/${it.heldComplaint.number}.json`, get: 'nobody' }, '/open311/v2/tokens/[token].[format]': page('/open311/v2/tokens/00000000-0000-4000-8000-000000000000.xml', 'nobody'),
  '/api/v1/entries/[number]/comments': { at: ({ it }) => `/api/v1/entries/${it.open.number}/comments`, get: 'everybody' }, '/api/v1/commitments/[number]/comments': { at: ({ it }) => `/api/v1/commitments/${it.privatePromise}/comments`, get: 'nobody' },
  '/api/v1/organisations': page('/api/v1/organisations'), '/api/v1/organisations/[number]': { at: ({ it }) => `/api/v1/organisations/${it.organisation.draft.number}`, get: 'nobody' },
  '/api/v1/openapi.json': page('/api/v1/openapi.json'), '/api/v1/places': page('/api/v1/places'), '/api/v1/sectors': page('/api/v1/sectors'),
};

export const ROUTES: Record<string, Route> = { ...PUBLIC, ...SIGNING_IN, ...WORK, ...ENDPOINTS };
