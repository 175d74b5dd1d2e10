/**
 * For how long what is written about people stays, column by column. The public table, the terms that jobs keep and the test
 * that walks the database all read this. A table that says nothing about people stands in PLAIN; every column of every other one has a class here.
 */

import { KEPT_DAYS } from '#kernel/kept-days.ts';

/** `days` count from what the sentence of the class says; null: until the person it belongs to takes it back, or with the matter. `job`: the beat of the worker that deletes it. */
export type Term = { days: number | null; job: string | null };

export const CLASSES = {
  draft: { days: KEPT_DAYS.draft, job: 'forget drafts' },
  receipt: { days: KEPT_DAYS.receipt, job: 'forget drafts' },
  sheet: { days: KEPT_DAYS.sheet, job: 'forget keys of sheets' },
  code: { days: KEPT_DAYS.code, job: 'forget sign-ins' },
  count: { days: KEPT_DAYS.count, job: 'forget sign-ins' },
  sitting: { days: KEPT_DAYS.sitting, job: 'forget sign-ins' },
  link: { days: KEPT_DAYS.link, job: 'forget sign-ins' },
  letter: { days: KEPT_DAYS.letter, job: 'forget letters' },
  subscribing: { days: KEPT_DAYS.subscribing, job: 'forget letters' },
  removed: { days: KEPT_DAYS.removed, job: 'forget removed comments' },
  report: { days: KEPT_DAYS.report, job: 'forget removed comments' },
  sender: { days: KEPT_DAYS.sender, job: 'forget senders' },
  complaint: { days: KEPT_DAYS.complaint, job: 'forget senders' },
  invitation: { days: KEPT_DAYS.invitation, job: 'forget organisations' },
  application: { days: KEPT_DAYS.application, job: 'forget organisations' },
  table: { days: KEPT_DAYS.table, job: 'forget organisations' },
  member: { days: KEPT_DAYS.member, job: 'forget organisations' },
  program: { days: KEPT_DAYS.program, job: 'forget programs' },
  account: { days: null, job: null },
  words: { days: null, job: null },
  mark: { days: null, job: null },
  matter: { days: null, job: null },
  office: { days: null, job: null },
  record: { days: null, job: null },
} as const satisfies Record<string, Term>;
export type ClassName = keyof typeof CLASSES;
export const CLASS_NAMES = Object.keys(CLASSES) as ClassName[];

/** Nothing in these is about a person: places, words, calendars, and how the house itself is doing. */
export const PLAIN: readonly string[] = [
  'bodies', 'calendar_settings', 'commitment_slips', 'desk_numbers', 'due_told', 'entry_pauses', 'entry_tallies', 'holidays', 'hook_attempts', 'hook_deliveries', 'lexicon_groups', 'lexicon_state', 'migrations', 'news_cursor', 'news_seen', 'notice_channels',
  'organisation_activities', 'organisation_parts', 'people_state', 'place_shapes', 'places', 'record_leaves', 'record_log', 'record_queue', 'record_seals', 'record_witnesses', 'sectors', 'site_settings',
];

/** Columns behind a class; one that stands under two classes goes with whichever term is over first. */
export type Kept = Partial<Record<ClassName, string>>;

export const RETENTION: Readonly<Record<string, Kept>> = {
  act_contents: { words: 'content salt', record: 'act_id' },
  acts: { record: 'id seq at kind subject_kind subject_id public actor_role actor_body actor_person on_behalf detail leaf leaf_hash' },
  answer_promises: { matter: 'answer_id what who due position' },
  answers: { matter: 'id entry_id body_id outcome summary reason referred_to state drafted_at approved_at publish_at published_at due days corrects version', office: 'drafted_by drafters approved_by note' },
  api_keys: { program: 'contact', office: 'id name key_hash ending per_hour issued_at issued_by ended_at ended_by' },
  attachment_files: { words: 'attachment_id variant media_type data', complaint: 'data', draft: 'data' },
  attachments: { words: 'id owner_kind owner_id media state problem bytes width height public created_at position' },
  comment_objections: { words: 'text', removed: 'text', matter: 'comment_id at outcome reason decided_at', office: 'decided_by against' },
  comment_reports: { report: 'comment_id reporter_hash rule words at settled_at' },
  comments: { words: 'text person_id language', removed: 'text', matter: 'id seq subject_kind subject_id parent_id official_role body_id state held_for sent_at published_at changed_at rule reason decided_at waits_since source external_id', mark: 'form_id once_hash', office: 'decided_by' },
  commitment_forms: { mark: 'once commitment_id said at' },
  commitment_updates: { matter: 'id commitment_id kind text at', office: 'by_person' },
  commitments: { matter: 'id number source_kind source_id subject_id body_id public what who first_due due state opened_at done_at settled_at disputed_at broken_reason escalated round version search_norm search_vector lexicon_version' },
  confirmations: { words: 'words', mark: 'voter_hash', matter: 'id commitment_id round voice verdict at' },
  desk_blocks: { matter: 'id purpose body_id reserved_at expires_at language key_sealed', office: 'reserved_by' },
  desk_entries: { matter: 'entry_id body_id hearing_id speakers' },
  desk_hearings: { matter: 'id title held_on place_words attended body_id made_at', office: 'made_by' },
  desk_seats: { office: 'person_id body_id paper since' },
  desk_sheets: { sheet: 'key_sealed', mark: 'number entry_id key_hash' },
  entries: {
    words: 'title text place_words served served_count language search_norm search_vector', complaint: 'title text place_words served served_count extension_reason search_norm search_vector',
    matter: 'id number kind state confidential published_at place sectors channel named body_id submitted_at clock_started acknowledge_due acknowledged_at answer_due extension_days extension_reason outcome answered_at settled_at escalated acknowledge_escalated joined_to resume_state source external_id changed_at lexicon_version',
  },
  entry_drafts: { draft: 'id token_hash kind data updated_at expires_at' },
  entry_messages: { words: 'id entry_id kind text at', complaint: 'text', office: 'by_person' },
  entry_points: { words: 'entry_id lat lon shown', complaint: 'lat lon' },
  entry_submissions: { receipt: 'key_sealed', mark: 'once entry_id request_hash at' },
  entry_submitters: { sender: 'name contact_kind contact', account: 'person_id', mark: 'entry_id key_hash', office: 'taken_by' },
  follows: { account: 'entry_id person_id at moved_from' },
  hooks: { matter: 'id name url topics secret_sealed made_at ended_at', office: 'made_by ended_by' },
  notice_settings: { account: 'person_id rhythm rhythm_before channel paused_until quiet_from quiet_to urgent_passes' },
  notice_stops: { mark: 'contact_hash at' },
  notice_texts: { matter: 'template language part text changed_at', office: 'changed_by' },
  notices: { letter: 'id person_id contact_kind contact_sealed contact_hash template entry_id language urgent state attempts problem created_at send_at held_until sent_at once_key values' },
  organisation_contacts: { matter: 'id organisation_id kind value public position', application: 'value' },
  organisation_decisions: { matter: 'id organisation_id kind reason until proposed_at decided_at outcome', office: 'proposed_by decided_by' },
  organisation_documents: { matter: 'id organisation_id kind public added_at position', application: 'id' },
  organisation_invitations: { invitation: 'id organisation_id roles name token_hash created_by created_at expires_at ended_at' },
  organisation_members: { member: 'organisation_id person_id roles name since ended_at' },
  organisation_uploads: { table: 'id uploaded_by made_at rows' },
  organisations: {
    application: 'about name_ar name_en name_ku objection', matter: 'id number state kind name_ar name_en name_ku about sectors places services expertise staff volunteers answer_days licence_number licence_by licence_until consented_at verified_until reason objection renewal_at source external_id created_at changed_at submitted_at version search_norm search_vector lexicon_version',
  },
  outbox: { letter: 'id channel recipient_masked subject body created_at' },
  passkey_challenges: { code: 'challenge expires_at' },
  passkeys: { account: 'id person_id credential_id public_key counter transports name created_at used_at' },
  person_contacts: { account: 'id person_id kind value value_hash verified_at' },
  person_roles: { office: 'id person_id role body_id granted_by granted_at confirmed_by confirmed_at ended_by ended_at' },
  persons: { account: 'display_name language verified', office: 'id created_at demonstration two_factors_at ended_at' },
  program_requests: { sender: 'account', matter: 'entry_id key_id token at' },
  rate_limits: { count: 'bucket key_hash window_start count' },
  recovery_codes: { account: 'person_id code_hash created_at used_at' },
  second_factors: { account: 'person_id secret_sealed confirmed_at last_step' },
  sessions: { sitting: 'id token_hash person_id assurance via device created_at seen_at locks_at expires_at ended_at' },
  sign_in_codes: { code: 'id contact_hash code_hash code_sealed contact_sealed contact_kind language issued_by papers_seen attempts created_at expires_at used_at sent_at' },
  site_texts: { matter: 'key language version text written_at', office: 'written_by' },
  sign_in_links: { link: 'id token_hash token_sealed person_id created_by reusable created_at expires_at used_at' },
  subscription_codes: { subscribing: 'id contact_kind contact_sealed contact_hash topic_kind topic rhythm language code_hash code_sealed attempts created_at expires_at used_at' },
  subscriptions: { account: 'id person_id contact_kind contact_sealed contact_hash topic_kind topic language rhythm at' },
  supports: { account: 'entry_id person_id at moved_from' },
};

export const columnsOf = (kept: Kept): string[] => [...new Set(Object.values(kept).flatMap((names) => names.split(' ')))];

export type KeptLine = { name: ClassName; days: number | null; /** a whole table by its name, a column as `table.column` */ columns: string[] };

/** The public table: what is kept for how long, and which columns that is. */
export function retentionTable(): KeptLine[] {
  return CLASS_NAMES.map((name) => ({ name, days: CLASSES[name].days, columns: Object.entries(RETENTION).flatMap(([table, kept]) => shortly(table, kept, name)) }));
}

function shortly(table: string, kept: Kept, name: ClassName): string[] {
  const own = kept[name];
  if (own === undefined) return [];
  return Object.keys(kept).length === 1 ? [table] : own.split(' ').map((column) => `${table}.${column}`);
}
