-- The whole database as it stands. Written by `node bin/schema.ts --write`; steps are in db/migrations.

-- Extensions

create extension pg_trgm;

-- Sequences

create sequence reference_sequence start 1001;

-- Functions

CREATE OR REPLACE FUNCTION abwab_queue.behind()
 RETURNS double precision
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
  select coalesce(greatest(0, extract(epoch from now() - min(run_at)))::float, 0) from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now() and locked_at is null
$function$
;

CREATE OR REPLACE FUNCTION abwab_queue.enqueue(task text, payload json, key text, run_at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
  select from graphile_worker.add_job(task, payload, job_key := key, run_at := run_at, max_attempts := 12)
$function$
;

CREATE OR REPLACE FUNCTION abwab_queue.failed()
 RETURNS TABLE(id bigint, task text, attempts integer, since timestamp with time zone, last timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
  select j.id, t.identifier, j.attempts::int, j.created_at, j.updated_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts and j.locked_at is null
$function$
;

CREATE OR REPLACE FUNCTION abwab_queue.give_up(job bigint)
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.attempts >= j.max_attempts and j.locked_at is null returning t.identifier
$function$
;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the record is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_ended_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare person uuid := case tg_table_name when 'acts' then (to_jsonb(new) ->> 'actor_person')::uuid else (to_jsonb(new) ->> 'person_id')::uuid end;
begin
  if person is null then return new; end if;
  perform 1 from persons p where p.id = person and (p.ended_at is null or p.xmin = pg_current_xact_id()::xid) for key share;
  if found then return new; end if;
  -- Acts that come back from the public record, and staff of former times, name nobody who could have written them now.
  if not exists (select 1 from persons p where p.id = person) then return new; end if;
  raise exception 'this account has ended' using errcode = 'AB410';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_number_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'used' then raise exception 'a number that was used stays where it is' using errcode = 'insufficient_privilege'; end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_published_answer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state not in ('published', 'corrected') then return case tg_op when 'DELETE' then old else new end; end if;
  if tg_op = 'UPDATE' and old.state = 'published' and new.state = 'corrected'
    and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then return new; end if;
  raise exception 'a published answer is not changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_published_promise()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from answers where id = coalesce(new.answer_id, old.answer_id) and state in ('published', 'corrected'))
    then raise exception 'a published answer is not changed' using errcode = 'insufficient_privilege'; end if;
  return coalesce(new, old);
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_shrinking()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.size < old.size then
    raise exception 'the record does not shrink: % after %', new.size, old.size using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION abwab_queue.retry(job bigint)
 RETURNS text
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'graphile_worker', 'pg_temp'
AS $function$
  update graphile_worker._private_jobs j set attempts = 0, run_at = now(), last_error = null from graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.attempts >= j.max_attempts and j.locked_at is null returning t.identifier
$function$
;

CREATE OR REPLACE FUNCTION public.tell_hooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into hook_deliveries (hook_id, act_id, next_at, made_at)
    select h.id, new.id, new.at, new.at from hooks h where h.ended_at is null and (cardinality(h.topics) = 0 or split_part(new.kind, '.', 1) = any (h.topics));
  return null;
end $function$
;

-- Tables

create table act_contents (
  act_id uuid not null,
  salt bytea not null,
  content jsonb not null,
  constraint act_contents_act_id_fkey FOREIGN KEY (act_id) REFERENCES acts(id),
  constraint act_contents_pkey PRIMARY KEY (act_id),
  constraint act_contents_salt_check CHECK ((octet_length(salt) = 32))
);

create table acts (
  id uuid not null,
  seq bigint generated always as identity not null,
  at timestamp with time zone not null,
  kind text not null,
  subject_kind text not null,
  subject_id uuid not null,
  public boolean not null,
  actor_role text not null,
  actor_body text,
  actor_person uuid,
  on_behalf boolean default false not null,
  detail jsonb default '{}'::jsonb not null,
  leaf text,
  leaf_hash bytea,
  constraint acts_check CHECK ((public = (leaf IS NOT NULL))),
  constraint acts_check1 CHECK (((leaf IS NULL) = (leaf_hash IS NULL))),
  constraint acts_kind_check CHECK ((kind ~ '^[a-z-]+\.[a-z-]+$'::text)),
  constraint acts_leaf_check CHECK ((octet_length(leaf) <= 2048)),
  constraint acts_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
  constraint acts_pkey PRIMARY KEY (id)
);

create table answer_promises (
  answer_id uuid not null,
  "position" integer not null,
  what text not null,
  who text default ''::text not null,
  due date not null,
  constraint answer_promises_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES answers(id) ON DELETE CASCADE,
  constraint answer_promises_pkey PRIMARY KEY (answer_id, "position"),
  constraint answer_promises_what_check CHECK (((length(what) >= 3) AND (length(what) <= 500))),
  constraint answer_promises_who_check CHECK ((length(who) <= 160))
);

create table answers (
  id uuid not null,
  entry_id uuid not null,
  body_id uuid not null,
  outcome text not null,
  summary text default ''::text not null,
  reason text not null,
  referred_to uuid,
  state text not null,
  drafted_by uuid not null,
  drafters uuid[] not null,
  drafted_at timestamp with time zone not null,
  note text default ''::text not null,
  approved_by uuid,
  approved_at timestamp with time zone,
  publish_at timestamp with time zone,
  published_at timestamp with time zone,
  due date,
  days integer,
  corrects uuid,
  version integer default 1 not null,
  constraint answers_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES persons(id),
  constraint answers_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint answers_check CHECK ((drafted_by = ANY (drafters))),
  constraint answers_check1 CHECK ((approved_by <> ALL (drafters))),
  constraint answers_check2 CHECK (((outcome <> 'referred'::text) OR ((referred_to IS NOT NULL) AND (referred_to <> body_id)))),
  constraint answers_check3 CHECK (((state = ANY (ARRAY['approved'::text, 'published'::text, 'corrected'::text])) = ((approved_by IS NOT NULL) AND (publish_at IS NOT NULL)))),
  constraint answers_check4 CHECK (((state = ANY (ARRAY['published'::text, 'corrected'::text])) = (published_at IS NOT NULL))),
  constraint answers_check5 CHECK ((corrects <> id)),
  constraint answers_corrects_fkey FOREIGN KEY (corrects) REFERENCES answers(id),
  constraint answers_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES persons(id),
  constraint answers_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint answers_note_check CHECK ((length(note) <= 2000)),
  constraint answers_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'partly'::text, 'planned'::text, 'declined'::text, 'referred'::text]))),
  constraint answers_pkey PRIMARY KEY (id),
  constraint answers_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 6000))),
  constraint answers_referred_to_fkey FOREIGN KEY (referred_to) REFERENCES bodies(id),
  constraint answers_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'approved'::text, 'published'::text, 'corrected'::text]))),
  constraint answers_summary_check CHECK ((length(summary) <= 300))
);

create table api_keys (
  id uuid not null,
  name text not null,
  contact text not null,
  key_hash bytea not null,
  ending text not null,
  per_hour integer not null,
  issued_at timestamp with time zone not null,
  issued_by uuid not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint api_keys_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint api_keys_contact_check CHECK (((length(contact) >= 3) AND (length(contact) <= 254))),
  constraint api_keys_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES persons(id),
  constraint api_keys_ending_check CHECK ((length(ending) = 4)),
  constraint api_keys_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES persons(id),
  constraint api_keys_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120))),
  constraint api_keys_per_hour_check CHECK (((per_hour >= 1) AND (per_hour <= 10000))),
  constraint api_keys_pkey PRIMARY KEY (id)
);

create table attachment_files (
  attachment_id uuid not null,
  variant text not null,
  media_type text not null,
  data bytea not null,
  constraint attachment_files_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachments(id) ON DELETE CASCADE,
  constraint attachment_files_pkey PRIMARY KEY (attachment_id, variant),
  constraint attachment_files_variant_check CHECK ((variant = ANY (ARRAY['staged'::text, 'large'::text, 'small'::text, 'file'::text])))
);

create table attachments (
  id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  "position" integer not null,
  media text not null,
  state text not null,
  problem text,
  bytes integer not null,
  width integer,
  height integer,
  public boolean default false not null,
  created_at timestamp with time zone not null,
  constraint attachments_bytes_check CHECK (((bytes >= 1) AND (bytes <= 16777216))),
  constraint attachments_check CHECK (((state = 'refused'::text) = (problem IS NOT NULL))),
  constraint attachments_check1 CHECK (((NOT public) OR (media <> 'voice'::text))),
  constraint attachments_media_check CHECK ((media = ANY (ARRAY['photo'::text, 'pdf'::text, 'voice'::text]))),
  constraint attachments_owner_id_position_key UNIQUE (owner_id, "position"),
  constraint attachments_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['draft'::text, 'entry'::text, 'commitment'::text, 'confirmation'::text, 'document'::text, 'sheet'::text]))),
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_position_check CHECK ((("position" >= 1) AND ("position" <= 5))),
  constraint attachments_problem_check CHECK ((problem = ANY (ARRAY['broken-file'::text, 'not-supported'::text, 'too-big'::text]))),
  constraint attachments_sheets_private CHECK (((owner_kind <> 'sheet'::text) OR (NOT public))),
  constraint attachments_state_check CHECK ((state = ANY (ARRAY['staged'::text, 'ready'::text, 'refused'::text])))
);

create table bodies (
  id uuid not null,
  code text not null,
  kind text not null,
  name_ar text not null,
  name_en text default ''::text not null,
  name_ku text default ''::text not null,
  sectors text[] default '{}'::text[] not null,
  phone text default ''::text not null,
  active boolean default true not null,
  constraint bodies_code_check CHECK ((code ~ '^[a-z0-9-]{2,60}$'::text)),
  constraint bodies_code_key UNIQUE (code),
  constraint bodies_name_ar_check CHECK ((length(name_ar) <= 160)),
  constraint bodies_pkey PRIMARY KEY (id)
);

create table calendar_settings (
  only_row boolean default true not null,
  weekend integer[] not null,
  constraint calendar_settings_only_row_check CHECK (only_row),
  constraint calendar_settings_pkey PRIMARY KEY (only_row)
);

create table comment_objections (
  comment_id uuid not null,
  text text not null,
  at timestamp with time zone not null,
  outcome text,
  reason text default ''::text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  against uuid,
  constraint comment_objections_against_fkey FOREIGN KEY (against) REFERENCES persons(id),
  constraint comment_objections_check CHECK (((outcome IS NULL) = (decided_at IS NULL))),
  constraint comment_objections_check1 CHECK (((decided_by IS NULL) OR (decided_by IS DISTINCT FROM against))),
  constraint comment_objections_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint comment_objections_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES persons(id),
  constraint comment_objections_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'reversed'::text]))),
  constraint comment_objections_pkey PRIMARY KEY (comment_id),
  constraint comment_objections_reason_check CHECK ((length(reason) <= 600)),
  constraint comment_objections_text_check CHECK ((length(text) <= 2000))
);

create table comment_reports (
  comment_id uuid not null,
  reporter_hash bytea not null,
  rule text not null,
  words text default ''::text not null,
  at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint comment_reports_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comments(id),
  constraint comment_reports_pkey PRIMARY KEY (comment_id, reporter_hash),
  constraint comment_reports_rule_check CHECK ((rule = ANY (ARRAY['private'::text, 'threat'::text, 'hatred'::text, 'insult'::text, 'spam'::text, 'elsewhere'::text]))),
  constraint comment_reports_words_check CHECK ((length(words) <= 600))
);

create table comments (
  id uuid not null,
  seq bigint generated always as identity not null,
  subject_kind text not null,
  subject_id uuid not null,
  parent_id uuid,
  person_id uuid,
  official_role text,
  body_id uuid,
  language text not null,
  text text not null,
  state text not null,
  held_for text[] default '{}'::text[] not null,
  sent_at timestamp with time zone not null,
  published_at timestamp with time zone,
  changed_at timestamp with time zone,
  rule text,
  reason text default ''::text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  waits_since timestamp with time zone,
  source text,
  external_id text,
  form_id text,
  once_hash bytea,
  constraint comments_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint comments_check CHECK ((parent_id <> id)),
  constraint comments_check1 CHECK (((body_id IS NULL) OR (official_role IS NOT NULL))),
  constraint comments_check2 CHECK (((state = 'held'::text) = (cardinality(held_for) > 0))),
  constraint comments_check3 CHECK (((state <> 'removed'::text) OR ((rule IS NOT NULL) AND (decided_at IS NOT NULL)))),
  constraint comments_check4 CHECK (((rule IS NULL) OR (state = ANY (ARRAY['removed'::text, 'withdrawn'::text])))),
  constraint comments_check5 CHECK (((state <> 'published'::text) OR (published_at IS NOT NULL))),
  constraint comments_check6 CHECK (((state <> 'withdrawn'::text) OR (text = ''::text))),
  constraint comments_check7 CHECK (((state <> 'held'::text) OR (waits_since IS NOT NULL))),
  constraint comments_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES persons(id),
  constraint comments_official_role_check CHECK ((official_role = ANY (ARRAY['officer'::text, 'head'::text, 'coordinator'::text]))),
  constraint comments_once_hash_key UNIQUE (once_hash),
  constraint comments_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES comments(id),
  constraint comments_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint comments_pkey PRIMARY KEY (id),
  constraint comments_reason_check CHECK ((length(reason) <= 600)),
  constraint comments_rule_check CHECK ((rule = ANY (ARRAY['private'::text, 'threat'::text, 'hatred'::text, 'insult'::text, 'spam'::text, 'elsewhere'::text]))),
  constraint comments_seq_key UNIQUE (seq),
  constraint comments_source_external_id_key UNIQUE (source, external_id),
  constraint comments_state_check CHECK ((state = ANY (ARRAY['held'::text, 'published'::text, 'removed'::text, 'withdrawn'::text]))),
  constraint comments_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['entry'::text, 'commitment'::text]))),
  constraint comments_text_check CHECK ((length(text) <= 20000))
);

create table commitment_forms (
  once uuid not null,
  commitment_id uuid not null,
  said bytea not null,
  at timestamp with time zone not null,
  constraint commitment_forms_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES commitments(id),
  constraint commitment_forms_pkey PRIMARY KEY (once)
);

create table commitment_slips (
  id uuid not null,
  commitment_id uuid not null,
  from_due date not null,
  to_due date not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint commitment_slips_check CHECK ((to_due > from_due)),
  constraint commitment_slips_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES commitments(id),
  constraint commitment_slips_commitment_id_from_due_key UNIQUE (commitment_id, from_due),
  constraint commitment_slips_pkey PRIMARY KEY (id),
  constraint commitment_slips_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 2000)))
);

create table commitment_updates (
  id uuid not null,
  commitment_id uuid not null,
  kind text not null,
  text text not null,
  at timestamp with time zone not null,
  by_person uuid,
  constraint commitment_updates_by_person_fkey FOREIGN KEY (by_person) REFERENCES persons(id),
  constraint commitment_updates_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES commitments(id),
  constraint commitment_updates_kind_check CHECK ((kind = ANY (ARRAY['progress'::text, 'evidence'::text]))),
  constraint commitment_updates_pkey PRIMARY KEY (id),
  constraint commitment_updates_text_check CHECK (((length(text) >= 3) AND (length(text) <= 4000)))
);

create table commitments (
  id uuid not null,
  number text not null,
  source_kind text not null,
  source_id uuid not null,
  subject_id uuid not null,
  body_id uuid not null,
  public boolean not null,
  what text not null,
  who text default ''::text not null,
  first_due date not null,
  due date not null,
  state text not null,
  opened_at timestamp with time zone not null,
  done_at timestamp with time zone,
  settled_at timestamp with time zone,
  disputed_at timestamp with time zone,
  broken_reason text,
  escalated integer default 0 not null,
  round integer default 1 not null,
  version integer default 1 not null,
  search_norm text default ''::text not null,
  search_vector tsvector default ''::tsvector not null,
  lexicon_version integer default 0 not null,
  constraint commitments_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint commitments_broken_reason_check CHECK (((length(broken_reason) >= 3) AND (length(broken_reason) <= 2000))),
  constraint commitments_check CHECK ((due >= first_due)),
  constraint commitments_check1 CHECK (((state = 'broken'::text) = (broken_reason IS NOT NULL))),
  constraint commitments_check2 CHECK (((state = ANY (ARRAY['open'::text, 'broken'::text])) OR (done_at IS NOT NULL))),
  constraint commitments_check3 CHECK (((state = 'disputed'::text) = (disputed_at IS NOT NULL))),
  constraint commitments_check4 CHECK (((state = ANY (ARRAY['confirmed'::text, 'unconfirmed'::text, 'broken'::text])) = (settled_at IS NOT NULL))),
  constraint commitments_escalated_check CHECK (((escalated >= 0) AND (escalated <= 3))),
  constraint commitments_number_key UNIQUE (number),
  constraint commitments_pkey PRIMARY KEY (id),
  constraint commitments_round_check CHECK ((round >= 1)),
  constraint commitments_source_kind_check CHECK ((source_kind = ANY (ARRAY['answer'::text, 'decision'::text, 'obligation'::text, 'milestone'::text, 'policy'::text, 'roadmap'::text]))),
  constraint commitments_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'confirmed'::text, 'unconfirmed'::text, 'disputed'::text, 'broken'::text]))),
  constraint commitments_what_check CHECK (((length(what) >= 3) AND (length(what) <= 500))),
  constraint commitments_who_check CHECK ((length(who) <= 160))
);

create table confirmations (
  id uuid not null,
  commitment_id uuid not null,
  round integer not null,
  voter_hash bytea not null,
  voice text not null,
  verdict text not null,
  words text,
  at timestamp with time zone not null,
  constraint confirmations_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES commitments(id),
  constraint confirmations_commitment_id_round_voter_hash_key UNIQUE (commitment_id, round, voter_hash),
  constraint confirmations_pkey PRIMARY KEY (id),
  constraint confirmations_verdict_check CHECK ((verdict = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint confirmations_voice_check CHECK ((voice = ANY (ARRAY['submitter'::text, 'supporter'::text, 'neighbour'::text]))),
  constraint confirmations_words_check CHECK ((length(words) <= 1000))
);

create table desk_blocks (
  id uuid not null,
  purpose text not null,
  body_id uuid not null,
  reserved_by uuid not null,
  reserved_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  key_sealed bytea,
  language text default 'ar'::text not null,
  constraint desk_blocks_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint desk_blocks_check CHECK ((expires_at > reserved_at)),
  constraint desk_blocks_check1 CHECK (((purpose = 'counter'::text) = (key_sealed IS NOT NULL))),
  constraint desk_blocks_pkey PRIMARY KEY (id),
  constraint desk_blocks_purpose_check CHECK ((purpose = ANY (ARRAY['counter'::text, 'sheets'::text]))),
  constraint desk_blocks_reserved_by_fkey FOREIGN KEY (reserved_by) REFERENCES persons(id)
);

create table desk_entries (
  entry_id uuid not null,
  body_id uuid not null,
  hearing_id uuid,
  speakers integer,
  constraint desk_entries_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint desk_entries_check CHECK (((hearing_id IS NOT NULL) OR (speakers IS NULL))),
  constraint desk_entries_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint desk_entries_hearing_id_fkey FOREIGN KEY (hearing_id) REFERENCES desk_hearings(id),
  constraint desk_entries_pkey PRIMARY KEY (entry_id),
  constraint desk_entries_speakers_check CHECK (((speakers >= 1) AND (speakers <= 100000)))
);

create table desk_hearings (
  id uuid not null,
  title text not null,
  held_on date not null,
  place_words text not null,
  attended integer,
  body_id uuid not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint desk_hearings_attended_check CHECK (((attended >= 1) AND (attended <= 100000))),
  constraint desk_hearings_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint desk_hearings_made_by_fkey FOREIGN KEY (made_by) REFERENCES persons(id),
  constraint desk_hearings_pkey PRIMARY KEY (id),
  constraint desk_hearings_place_words_check CHECK (((length(place_words) >= 1) AND (length(place_words) <= 300))),
  constraint desk_hearings_title_check CHECK (((length(title) >= 1) AND (length(title) <= 300)))
);

create table desk_numbers (
  number text not null,
  block_id uuid not null,
  state text not null,
  entry_id uuid,
  constraint desk_numbers_block_id_fkey FOREIGN KEY (block_id) REFERENCES desk_blocks(id),
  constraint desk_numbers_check CHECK (((state = 'used'::text) = (entry_id IS NOT NULL))),
  constraint desk_numbers_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint desk_numbers_entry_id_key UNIQUE (entry_id),
  constraint desk_numbers_pkey PRIMARY KEY (number),
  constraint desk_numbers_state_check CHECK ((state = ANY (ARRAY['free'::text, 'used'::text, 'returned'::text])))
);

create table desk_seats (
  person_id uuid not null,
  body_id uuid not null,
  paper text default 'a5'::text not null,
  since timestamp with time zone not null,
  constraint desk_seats_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint desk_seats_paper_check CHECK ((paper = ANY (ARRAY['a5'::text, 'roll'::text]))),
  constraint desk_seats_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint desk_seats_pkey PRIMARY KEY (person_id)
);

create table desk_sheets (
  number text not null,
  entry_id uuid not null,
  key_hash bytea not null,
  key_sealed bytea not null,
  constraint desk_sheets_entry_id_key UNIQUE (entry_id),
  constraint desk_sheets_number_fkey FOREIGN KEY (number) REFERENCES desk_numbers(number),
  constraint desk_sheets_pkey PRIMARY KEY (number)
);

create table due_told (
  thing_id uuid not null,
  due date not null,
  at timestamp with time zone not null,
  constraint due_told_pkey PRIMARY KEY (thing_id, due)
);

create table entries (
  id uuid not null,
  number text not null,
  kind text not null,
  state text not null,
  confidential boolean not null,
  published_at timestamp with time zone,
  title text not null,
  text text default ''::text not null,
  language text default 'ar'::text not null,
  place text,
  place_words text default ''::text not null,
  served text default ''::text not null,
  served_count integer,
  sectors text[] default '{}'::text[] not null,
  channel text not null,
  named boolean default false not null,
  body_id uuid,
  submitted_at timestamp with time zone not null,
  clock_started date not null,
  acknowledge_due date,
  acknowledged_at timestamp with time zone,
  answer_due date,
  extension_days integer default 0 not null,
  extension_reason text,
  outcome text,
  answered_at timestamp with time zone,
  settled_at timestamp with time zone,
  escalated integer default 0 not null,
  acknowledge_escalated boolean default false not null,
  joined_to uuid,
  resume_state text,
  source text,
  external_id text,
  search_norm text default ''::text not null,
  search_vector tsvector default ''::tsvector not null,
  changed_at timestamp with time zone not null,
  lexicon_version integer default 0 not null,
  constraint entries_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint entries_channel_check CHECK ((channel = ANY (ARRAY['web'::text, 'desk'::text, 'phone'::text, 'paper'::text, 'sms'::text, 'telegram'::text, 'email'::text, 'api'::text, 'import'::text]))),
  constraint entries_check CHECK (((kind <> 'complaint'::text) OR confidential)),
  constraint entries_check1 CHECK (((NOT confidential) OR (published_at IS NULL))),
  constraint entries_check2 CHECK (((state = 'joined'::text) = (joined_to IS NOT NULL))),
  constraint entries_check3 CHECK ((joined_to <> id)),
  constraint entries_check4 CHECK (((state = 'returned'::text) = (resume_state IS NOT NULL))),
  constraint entries_check5 CHECK (((state = 'withdrawn'::text) OR (length(title) > 0))),
  constraint entries_escalated_check CHECK (((escalated >= 0) AND (escalated <= 3))),
  constraint entries_joined_to_fkey FOREIGN KEY (joined_to) REFERENCES entries(id),
  constraint entries_kind_check CHECK ((kind = ANY (ARRAY['need'::text, 'proposal'::text, 'initiative'::text, 'complaint'::text, 'question'::text]))),
  constraint entries_number_key UNIQUE (number),
  constraint entries_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'partly'::text, 'planned'::text, 'declined'::text, 'referred'::text]))),
  constraint entries_pkey PRIMARY KEY (id),
  constraint entries_place_fkey FOREIGN KEY (place) REFERENCES places(pcode),
  constraint entries_place_words_check CHECK ((length(place_words) <= 300)),
  constraint entries_resume_state_check CHECK ((resume_state = ANY (ARRAY['received'::text, 'open'::text, 'assigned'::text, 'study'::text]))),
  constraint entries_served_check CHECK ((length(served) <= 300)),
  constraint entries_served_count_check CHECK (((served_count >= 1) AND (served_count <= 10000000))),
  constraint entries_source_external_id_key UNIQUE (source, external_id),
  constraint entries_state_check CHECK ((state = ANY (ARRAY['received'::text, 'returned'::text, 'open'::text, 'assigned'::text, 'study'::text, 'answered'::text, 'delivery'::text, 'delivered'::text, 'confirmed'::text, 'unconfirmed'::text, 'disputed'::text, 'closed'::text, 'joined'::text, 'withdrawn'::text, 'elsewhere'::text]))),
  constraint entries_text_check CHECK ((length(text) <= 20000)),
  constraint entries_title_check CHECK ((length(title) <= 300))
);

create table entry_drafts (
  id uuid not null,
  token_hash bytea not null,
  kind text not null,
  data jsonb not null,
  updated_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint entry_drafts_pkey PRIMARY KEY (id),
  constraint entry_drafts_token_hash_key UNIQUE (token_hash)
);

create table entry_messages (
  id uuid not null,
  entry_id uuid not null,
  kind text not null,
  text text not null,
  at timestamp with time zone not null,
  by_person uuid,
  constraint entry_messages_by_person_fkey FOREIGN KEY (by_person) REFERENCES persons(id),
  constraint entry_messages_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_messages_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'reply'::text, 'addition'::text]))),
  constraint entry_messages_pkey PRIMARY KEY (id),
  constraint entry_messages_text_check CHECK (((length(text) >= 1) AND (length(text) <= 4000)))
);

create table entry_pauses (
  entry_id uuid not null,
  from_day date not null,
  to_day date,
  opened_at timestamp with time zone not null,
  constraint entry_pauses_check CHECK ((to_day >= from_day)),
  constraint entry_pauses_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_pauses_pkey PRIMARY KEY (entry_id, opened_at)
);

create table entry_points (
  entry_id uuid not null,
  lat double precision not null,
  lon double precision not null,
  shown boolean default false not null,
  constraint entry_points_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_points_pkey PRIMARY KEY (entry_id)
);

create table entry_submissions (
  once uuid not null,
  entry_id uuid not null,
  request_hash bytea not null,
  key_sealed bytea not null,
  at timestamp with time zone not null,
  constraint entry_submissions_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_submissions_pkey PRIMARY KEY (once)
);

create table entry_submitters (
  entry_id uuid not null,
  person_id uuid,
  name text default ''::text not null,
  contact_kind text,
  contact text,
  key_hash bytea,
  taken_by uuid,
  constraint entry_submitters_contact_check CHECK ((length(contact) <= 254)),
  constraint entry_submitters_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint entry_submitters_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_submitters_name_check CHECK ((length(name) <= 120)),
  constraint entry_submitters_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint entry_submitters_pkey PRIMARY KEY (entry_id),
  constraint entry_submitters_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES persons(id)
);

create table entry_tallies (
  entry_id uuid not null,
  supports integer default 0 not null,
  constraint entry_tallies_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint entry_tallies_pkey PRIMARY KEY (entry_id)
);

create table follows (
  entry_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  moved_from uuid,
  constraint follows_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint follows_moved_from_fkey FOREIGN KEY (moved_from) REFERENCES entries(id),
  constraint follows_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint follows_pkey PRIMARY KEY (entry_id, person_id)
);

create table holidays (
  day date not null,
  code text default 'added'::text not null,
  name_ar text not null,
  name_en text default ''::text not null,
  name_ku text default ''::text not null,
  expected boolean default false not null,
  constraint holidays_code_check CHECK ((code ~ '^[a-z0-9-]{2,40}$'::text)),
  constraint holidays_name_ar_check CHECK ((length(name_ar) <= 120)),
  constraint holidays_pkey PRIMARY KEY (day, code)
);

create table hook_attempts (
  delivery_id uuid not null,
  number integer not null,
  at timestamp with time zone not null,
  status integer,
  problem text,
  milliseconds integer not null,
  constraint hook_attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES hook_deliveries(id) ON DELETE CASCADE,
  constraint hook_attempts_pkey PRIMARY KEY (delivery_id, number),
  constraint hook_attempts_problem_check CHECK ((problem = ANY (ARRAY['no-address'::text, 'own-network'::text, 'unreachable'::text, 'too-slow'::text, 'refused'::text, 'redirected'::text, 'gone'::text])))
);

create table hook_deliveries (
  id uuid default gen_random_uuid() not null,
  hook_id uuid not null,
  act_id uuid not null,
  state text default 'waiting'::text not null,
  attempts integer default 0 not null,
  next_at timestamp with time zone not null,
  held_until timestamp with time zone,
  made_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint hook_deliveries_act_id_fkey FOREIGN KEY (act_id) REFERENCES acts(id),
  constraint hook_deliveries_check CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  constraint hook_deliveries_hook_id_act_id_key UNIQUE (hook_id, act_id),
  constraint hook_deliveries_hook_id_fkey FOREIGN KEY (hook_id) REFERENCES hooks(id),
  constraint hook_deliveries_pkey PRIMARY KEY (id),
  constraint hook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);

create table hooks (
  id uuid not null,
  name text not null,
  url text not null,
  secret_sealed bytea not null,
  topics text[] default '{}'::text[] not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint hooks_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint hooks_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES persons(id),
  constraint hooks_made_by_fkey FOREIGN KEY (made_by) REFERENCES persons(id),
  constraint hooks_name_check CHECK (((length(name) >= 2) AND (length(name) <= 120))),
  constraint hooks_pkey PRIMARY KEY (id),
  constraint hooks_url_check CHECK (((length(url) <= 500) AND (url ~~ 'https://%'::text)))
);

create table lexicon_groups (
  id uuid not null,
  words text[] not null,
  changed_at timestamp with time zone not null,
  constraint lexicon_groups_pkey PRIMARY KEY (id),
  constraint lexicon_groups_words_check CHECK (((cardinality(words) >= 2) AND (cardinality(words) <= 40)))
);

create table lexicon_state (
  only_row boolean default true not null,
  version integer not null,
  stamp uuid not null,
  constraint lexicon_state_only_row_check CHECK (only_row),
  constraint lexicon_state_pkey PRIMARY KEY (only_row)
);

create table migrations (
  name text not null,
  hash text not null,
  at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table news_cursor (
  single boolean default true not null,
  at timestamp with time zone not null,
  constraint news_cursor_pkey PRIMARY KEY (single),
  constraint news_cursor_single_check CHECK (single)
);

create table news_seen (
  act_id uuid not null,
  at timestamp with time zone not null,
  constraint news_seen_pkey PRIMARY KEY (act_id)
);

create table notice_channels (
  kind text not null,
  via text not null,
  worked_at timestamp with time zone,
  failed_at timestamp with time zone,
  problem text,
  constraint notice_channels_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'sms'::text]))),
  constraint notice_channels_pkey PRIMARY KEY (kind),
  constraint notice_channels_via_check CHECK ((via = ANY (ARRAY['smtp'::text, 'outbox'::text, 'gateway'::text])))
);

create table notice_settings (
  person_id uuid not null,
  rhythm text default 'daily'::text not null,
  rhythm_before text,
  channel text,
  paused_until timestamp with time zone,
  quiet_from smallint default 21 not null,
  quiet_to smallint default 8 not null,
  urgent_passes boolean default false not null,
  constraint notice_settings_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint notice_settings_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint notice_settings_pkey PRIMARY KEY (person_id),
  constraint notice_settings_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 23))),
  constraint notice_settings_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 23))),
  constraint notice_settings_rhythm_before_check CHECK ((rhythm_before = ANY (ARRAY['each'::text, 'daily'::text, 'weekly'::text]))),
  constraint notice_settings_rhythm_check CHECK ((rhythm = ANY (ARRAY['each'::text, 'daily'::text, 'weekly'::text, 'none'::text])))
);

create table notice_stops (
  contact_hash bytea not null,
  at timestamp with time zone not null,
  constraint notice_stops_pkey PRIMARY KEY (contact_hash)
);

create table notice_texts (
  template text not null,
  language text not null,
  part text not null,
  text text not null,
  changed_at timestamp with time zone not null,
  changed_by uuid,
  constraint notice_texts_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES persons(id),
  constraint notice_texts_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'ku'::text]))),
  constraint notice_texts_part_check CHECK ((part = ANY (ARRAY['subject'::text, 'body'::text, 'sms'::text]))),
  constraint notice_texts_pkey PRIMARY KEY (template, language, part),
  constraint notice_texts_template_check CHECK ((template ~ '^[a-z-]+$'::text)),
  constraint notice_texts_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000)))
);

create table notices (
  id uuid not null,
  person_id uuid,
  contact_kind text,
  contact_sealed bytea,
  contact_hash bytea,
  template text not null,
  entry_id uuid,
  "values" jsonb not null,
  language text not null,
  urgent boolean not null,
  state text not null,
  attempts integer default 0 not null,
  problem text,
  created_at timestamp with time zone not null,
  send_at timestamp with time zone not null,
  held_until timestamp with time zone,
  sent_at timestamp with time zone,
  once_key text not null,
  constraint notices_check CHECK (((person_id IS NULL) = (contact_sealed IS NOT NULL))),
  constraint notices_check1 CHECK ((((contact_sealed IS NULL) = (contact_kind IS NULL)) AND ((contact_sealed IS NULL) = (contact_hash IS NULL)))),
  constraint notices_check2 CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint notices_check3 CHECK (((state <> 'failed'::text) OR (problem IS NOT NULL))),
  constraint notices_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint notices_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint notices_once_key_key UNIQUE (once_key),
  constraint notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_problem_check CHECK ((problem = ANY (ARRAY['unreachable'::text, 'refused'::text, 'bad-address'::text, 'no-contact'::text]))),
  constraint notices_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'stopped'::text]))),
  constraint notices_template_check CHECK ((template ~ '^[a-z-]+$'::text))
);

create table organisation_activities (
  id uuid not null,
  organisation_id uuid not null,
  sector text not null,
  place text not null,
  coarse boolean default false not null,
  what text not null,
  state text not null,
  starts date,
  ends date,
  targeted integer,
  reached integer,
  confirmed_at timestamp with time zone not null,
  once_key text,
  constraint organisation_activities_check CHECK (((starts IS NULL) OR (ends IS NULL) OR (starts <= ends))),
  constraint organisation_activities_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_activities_organisation_id_once_key_key UNIQUE (organisation_id, once_key),
  constraint organisation_activities_pkey PRIMARY KEY (id),
  constraint organisation_activities_place_fkey FOREIGN KEY (place) REFERENCES places(pcode),
  constraint organisation_activities_reached_check CHECK (((reached >= 0) AND (reached <= 100000000))),
  constraint organisation_activities_sector_fkey FOREIGN KEY (sector) REFERENCES sectors(code),
  constraint organisation_activities_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'ongoing'::text, 'done'::text]))),
  constraint organisation_activities_targeted_check CHECK (((targeted >= 0) AND (targeted <= 100000000))),
  constraint organisation_activities_what_check CHECK (((length(what) >= 1) AND (length(what) <= 200)))
);

create table organisation_contacts (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  value text not null,
  public boolean not null,
  "position" integer not null,
  constraint organisation_contacts_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'mail'::text, 'web'::text, 'address'::text]))),
  constraint organisation_contacts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_contacts_organisation_id_position_key UNIQUE (organisation_id, "position"),
  constraint organisation_contacts_pkey PRIMARY KEY (id),
  constraint organisation_contacts_position_check CHECK ((("position" >= 1) AND ("position" <= 8))),
  constraint organisation_contacts_value_check CHECK (((length(value) >= 1) AND (length(value) <= 254)))
);

create table organisation_decisions (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  reason text not null,
  until date,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  outcome text default 'open'::text not null,
  constraint organisation_decisions_check CHECK (((outcome = 'open'::text) = (decided_at IS NULL))),
  constraint organisation_decisions_check1 CHECK (((outcome = ANY (ARRAY['open'::text, 'withdrawn'::text])) OR (decided_by <> proposed_by))),
  constraint organisation_decisions_check2 CHECK (((kind = ANY (ARRAY['verify'::text, 'renew'::text, 'reinstate'::text])) = (until IS NOT NULL))),
  constraint organisation_decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES persons(id),
  constraint organisation_decisions_kind_check CHECK ((kind = ANY (ARRAY['verify'::text, 'refuse'::text, 'suspend'::text, 'reinstate'::text, 'renew'::text, 'uphold'::text]))),
  constraint organisation_decisions_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_decisions_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'confirmed'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint organisation_decisions_pkey PRIMARY KEY (id),
  constraint organisation_decisions_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES persons(id),
  constraint organisation_decisions_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 1000)))
);

create table organisation_documents (
  id uuid not null,
  organisation_id uuid not null,
  kind text not null,
  public boolean default false not null,
  added_at timestamp with time zone not null,
  "position" integer not null,
  constraint organisation_documents_kind_check CHECK ((kind = ANY (ARRAY['licence'::text, 'statute'::text, 'board'::text, 'signatories'::text, 'accounts'::text, 'safeguarding'::text, 'other'::text]))),
  constraint organisation_documents_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_documents_organisation_id_position_key UNIQUE (organisation_id, "position"),
  constraint organisation_documents_pkey PRIMARY KEY (id),
  constraint organisation_documents_position_check CHECK ((("position" >= 1) AND ("position" <= 12)))
);

create table organisation_invitations (
  id uuid not null,
  organisation_id uuid not null,
  roles text[] not null,
  name text not null,
  token_hash bytea not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint organisation_invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
  constraint organisation_invitations_name_check CHECK ((length(name) <= 120)),
  constraint organisation_invitations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_invitations_pkey PRIMARY KEY (id),
  constraint organisation_invitations_roles_check CHECK (((cardinality(roles) >= 1) AND (roles <@ ARRAY['owner'::text, 'editor'::text, 'signatory'::text]))),
  constraint organisation_invitations_token_hash_key UNIQUE (token_hash)
);

create table organisation_members (
  organisation_id uuid not null,
  person_id uuid not null,
  roles text[] not null,
  name text not null,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint organisation_members_name_check CHECK ((length(name) <= 120)),
  constraint organisation_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint organisation_members_pkey PRIMARY KEY (organisation_id, person_id),
  constraint organisation_members_roles_check CHECK (((cardinality(roles) >= 1) AND (roles <@ ARRAY['owner'::text, 'editor'::text, 'signatory'::text])))
);

create table organisation_parts (
  organisation_id uuid not null,
  commitment_id uuid not null,
  named_at timestamp with time zone not null,
  agreed_at timestamp with time zone,
  constraint organisation_parts_commitment_id_fkey FOREIGN KEY (commitment_id) REFERENCES commitments(id),
  constraint organisation_parts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint organisation_parts_pkey PRIMARY KEY (organisation_id, commitment_id)
);

create table organisation_uploads (
  id uuid not null,
  uploaded_by uuid not null,
  made_at timestamp with time zone not null,
  rows jsonb not null,
  constraint organisation_uploads_pkey PRIMARY KEY (id),
  constraint organisation_uploads_rows_check CHECK ((octet_length((rows)::text) <= 16777216)),
  constraint organisation_uploads_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES persons(id)
);

create table organisations (
  id uuid not null,
  number text not null,
  state text not null,
  kind text,
  name_ar text default ''::text not null,
  name_en text default ''::text not null,
  name_ku text default ''::text not null,
  about text default ''::text not null,
  sectors text[] default '{}'::text[] not null,
  places text[] default '{}'::text[] not null,
  services text[] default '{}'::text[] not null,
  expertise text[] default '{}'::text[] not null,
  staff integer,
  volunteers integer,
  answer_days integer,
  licence_number text default ''::text not null,
  licence_by text default ''::text not null,
  licence_until date,
  consented_at timestamp with time zone,
  verified_until date,
  reason text default ''::text not null,
  objection text default ''::text not null,
  renewal_at timestamp with time zone,
  source text,
  external_id text,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  version integer default 1 not null,
  search_norm text default ''::text not null,
  search_vector tsvector default ''::tsvector not null,
  lexicon_version integer default 0 not null,
  constraint organisations_about_check CHECK ((length(about) <= 2000)),
  constraint organisations_answer_days_check CHECK (((answer_days >= 1) AND (answer_days <= 60))),
  constraint organisations_check CHECK (((source IS NULL) = (external_id IS NULL))),
  constraint organisations_check1 CHECK (((state <> 'verified'::text) OR (verified_until IS NOT NULL))),
  constraint organisations_check2 CHECK (((state <> ALL (ARRAY['listed'::text, 'verified'::text, 'suspended'::text, 'submitted'::text])) OR ((kind IS NOT NULL) AND (name_ar <> ''::text)))),
  constraint organisations_check3 CHECK (((kind <> 'figure'::text) OR (state <> ALL (ARRAY['listed'::text, 'verified'::text, 'suspended'::text, 'submitted'::text])) OR (consented_at IS NOT NULL))),
  constraint organisations_expertise_check CHECK ((cardinality(expertise) <= 20)),
  constraint organisations_external_id_check CHECK ((length(external_id) <= 200)),
  constraint organisations_kind_check CHECK ((kind = ANY (ARRAY['association'::text, 'cultural'::text, 'union'::text, 'committee'::text, 'university'::text, 'company'::text, 'donor'::text, 'international'::text, 'figure'::text]))),
  constraint organisations_licence_by_check CHECK ((length(licence_by) <= 160)),
  constraint organisations_licence_number_check CHECK ((length(licence_number) <= 60)),
  constraint organisations_name_ar_check CHECK ((length(name_ar) <= 160)),
  constraint organisations_name_en_check CHECK ((length(name_en) <= 160)),
  constraint organisations_name_ku_check CHECK ((length(name_ku) <= 160)),
  constraint organisations_number_key UNIQUE (number),
  constraint organisations_objection_check CHECK ((length(objection) <= 1000)),
  constraint organisations_pkey PRIMARY KEY (id),
  constraint organisations_places_check CHECK ((cardinality(places) <= 60)),
  constraint organisations_reason_check CHECK ((length(reason) <= 1000)),
  constraint organisations_sectors_check CHECK ((cardinality(sectors) <= 40)),
  constraint organisations_services_check CHECK ((cardinality(services) <= 20)),
  constraint organisations_staff_check CHECK (((staff >= 0) AND (staff <= 1000000))),
  constraint organisations_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'refused'::text, 'listed'::text, 'verified'::text, 'suspended'::text]))),
  constraint organisations_volunteers_check CHECK (((volunteers >= 0) AND (volunteers <= 1000000)))
);

create table outbox (
  id uuid not null,
  channel text not null,
  recipient_masked text not null,
  subject text not null,
  body text not null,
  created_at timestamp with time zone not null,
  constraint outbox_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text]))),
  constraint outbox_pkey PRIMARY KEY (id)
);

create table passkey_challenges (
  challenge text not null,
  expires_at timestamp with time zone not null,
  constraint passkey_challenges_challenge_check CHECK ((length(challenge) <= 100)),
  constraint passkey_challenges_pkey PRIMARY KEY (challenge)
);

create table passkeys (
  id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint default 0 not null,
  transports text[] default '{}'::text[] not null,
  name text default ''::text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint passkeys_credential_id_key UNIQUE (credential_id),
  constraint passkeys_name_check CHECK ((length(name) <= 60)),
  constraint passkeys_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint passkeys_pkey PRIMARY KEY (id)
);

create table people_state (
  single boolean default true not null,
  two_persons_since timestamp with time zone,
  constraint people_state_pkey PRIMARY KEY (single),
  constraint people_state_single_check CHECK (single)
);

create table person_contacts (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  value text not null,
  value_hash bytea not null,
  verified_at timestamp with time zone not null,
  constraint person_contacts_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint person_contacts_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint person_contacts_pkey PRIMARY KEY (id),
  constraint person_contacts_value_check CHECK ((length(value) <= 254)),
  constraint person_contacts_value_hash_key UNIQUE (value_hash)
);

create table person_roles (
  id uuid not null,
  person_id uuid not null,
  role text not null,
  body_id uuid,
  granted_by uuid,
  granted_at timestamp with time zone not null,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint person_roles_body_id_fkey FOREIGN KEY (body_id) REFERENCES bodies(id),
  constraint person_roles_check CHECK (((granted_by IS NULL) OR (granted_by <> person_id))),
  constraint person_roles_check1 CHECK (((confirmed_by IS NULL) OR (confirmed_by <> granted_by))),
  constraint person_roles_check2 CHECK (((confirmed_by IS NULL) OR (confirmed_by <> person_id))),
  constraint person_roles_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES persons(id),
  constraint person_roles_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES persons(id),
  constraint person_roles_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES persons(id),
  constraint person_roles_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint person_roles_pkey PRIMARY KEY (id),
  constraint person_roles_role_check CHECK ((role = ANY (ARRAY['member'::text, 'officer'::text, 'head'::text, 'coordinator'::text, 'clerk'::text, 'registry'::text, 'moderator'::text, 'auditor'::text, 'administrator'::text])))
);

create table persons (
  id uuid not null,
  created_at timestamp with time zone not null,
  display_name text,
  language text default 'ar'::text not null,
  verified text default 'none'::text not null,
  demonstration boolean default false not null,
  two_factors_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint persons_display_name_check CHECK ((length(display_name) <= 120)),
  constraint persons_pkey PRIMARY KEY (id),
  constraint persons_verified_check CHECK ((verified = ANY (ARRAY['none'::text, 'contact'::text, 'desk'::text])))
);

create table place_shapes (
  pcode text not null,
  geometry jsonb not null,
  constraint place_shapes_pcode_fkey FOREIGN KEY (pcode) REFERENCES places(pcode),
  constraint place_shapes_pkey PRIMARY KEY (pcode)
);

create table places (
  pcode text not null,
  level text not null,
  parent text,
  path text[] not null,
  name_ar text not null,
  name_en text default ''::text not null,
  name_ku text default ''::text not null,
  lon double precision,
  lat double precision,
  census_population integer,
  area_km2 double precision,
  search_norm text default ''::text not null,
  active boolean default true not null,
  constraint places_level_check CHECK ((level = ANY (ARRAY['governorate'::text, 'district'::text, 'subdistrict'::text, 'neighbourhood'::text, 'community'::text]))),
  constraint places_name_ar_check CHECK ((length(name_ar) <= 120)),
  constraint places_parent_fkey FOREIGN KEY (parent) REFERENCES places(pcode),
  constraint places_pcode_check CHECK ((length(pcode) <= 20)),
  constraint places_pkey PRIMARY KEY (pcode)
);

create table program_requests (
  entry_id uuid not null,
  key_id uuid not null,
  token uuid not null,
  account text default ''::text not null,
  at timestamp with time zone not null,
  constraint program_requests_account_check CHECK ((length(account) <= 120)),
  constraint program_requests_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint program_requests_key_id_fkey FOREIGN KEY (key_id) REFERENCES api_keys(id),
  constraint program_requests_pkey PRIMARY KEY (entry_id),
  constraint program_requests_token_key UNIQUE (token)
);

create table rate_limits (
  bucket text not null,
  key_hash bytea not null,
  window_start timestamp with time zone not null,
  count integer not null,
  constraint rate_limits_pkey PRIMARY KEY (bucket, key_hash, window_start)
);

create table record_leaves (
  log_index bigint not null,
  act_id uuid not null,
  constraint record_leaves_act_id_fkey FOREIGN KEY (act_id) REFERENCES acts(id),
  constraint record_leaves_act_id_key UNIQUE (act_id),
  constraint record_leaves_log_index_check CHECK ((log_index >= 0)),
  constraint record_leaves_pkey PRIMARY KEY (log_index)
);

create table record_log (
  one boolean default true not null,
  vkey text not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  signed_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  fault text,
  fault_at_index bigint,
  fault_since timestamp with time zone,
  checked_at timestamp with time zone,
  witnessed_size bigint,
  witnessed_at timestamp with time zone,
  next_vkey text,
  constraint record_log_fault_check CHECK ((fault = ANY (ARRAY['behind'::text, 'signer-away'::text, 'signer-refuses'::text, 'changed'::text, 'files'::text, 'other-key'::text]))),
  constraint record_log_one_check CHECK (one),
  constraint record_log_pkey PRIMARY KEY (one),
  constraint record_log_root_check CHECK ((octet_length(root) = 32)),
  constraint record_log_size_check CHECK ((size >= 0))
);

create table record_queue (
  act_id uuid not null,
  constraint record_queue_act_id_fkey FOREIGN KEY (act_id) REFERENCES acts(id),
  constraint record_queue_pkey PRIMARY KEY (act_id)
);

create table record_seals (
  size bigint not null,
  at timestamp with time zone not null,
  constraint record_seals_pkey PRIMARY KEY (size)
);

create table record_witnesses (
  name text not null,
  vkey text not null,
  place integer not null,
  size bigint,
  cosigned_at timestamp with time zone,
  problem text,
  problem_since timestamp with time zone,
  constraint record_witnesses_check CHECK (((size IS NULL) = (cosigned_at IS NULL))),
  constraint record_witnesses_check1 CHECK (((problem IS NULL) = (problem_since IS NULL))),
  constraint record_witnesses_pkey PRIMARY KEY (name),
  constraint record_witnesses_problem_check CHECK ((problem = ANY (ARRAY['away'::text, 'refuses'::text, 'stranger'::text, 'ahead'::text, 'false'::text]))),
  constraint record_witnesses_size_check CHECK ((size >= 0))
);

create table recovery_codes (
  person_id uuid not null,
  code_hash bytea not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint recovery_codes_pkey PRIMARY KEY (person_id, code_hash)
);

create table second_factors (
  person_id uuid not null,
  secret_sealed bytea not null,
  confirmed_at timestamp with time zone not null,
  last_step bigint not null,
  constraint second_factors_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint second_factors_pkey PRIMARY KEY (person_id)
);

create table sectors (
  code text not null,
  parent text,
  name_ar text not null,
  name_en text not null,
  name_ku text not null,
  "position" integer not null,
  constraint sectors_parent_fkey FOREIGN KEY (parent) REFERENCES sectors(code),
  constraint sectors_pkey PRIMARY KEY (code)
);

create table sessions (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  assurance text default 'one'::text not null,
  via text not null,
  device text default ''::text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  locks_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint sessions_assurance_check CHECK ((assurance = ANY (ARRAY['one'::text, 'two'::text]))),
  constraint sessions_check CHECK ((locks_at <= expires_at)),
  constraint sessions_device_check CHECK ((length(device) <= 60)),
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_via_check CHECK ((via = ANY (ARRAY['code'::text, 'link'::text, 'passkey'::text, 'demonstration'::text])))
);

create table sign_in_codes (
  id uuid not null,
  contact_hash bytea not null,
  code_hash bytea not null,
  code_sealed bytea,
  contact_sealed bytea not null,
  contact_kind text not null,
  language text not null,
  issued_by uuid,
  papers_seen boolean default false not null,
  attempts integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  sent_at timestamp with time zone,
  constraint sign_in_codes_check CHECK (((issued_by IS NOT NULL) OR (NOT papers_seen))),
  constraint sign_in_codes_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint sign_in_codes_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES persons(id),
  constraint sign_in_codes_pkey PRIMARY KEY (id)
);

create table sign_in_links (
  id uuid not null,
  token_hash bytea not null,
  token_sealed bytea,
  person_id uuid not null,
  created_by uuid,
  reusable boolean default false not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint sign_in_links_check CHECK ((reusable = (token_sealed IS NOT NULL))),
  constraint sign_in_links_created_by_fkey FOREIGN KEY (created_by) REFERENCES persons(id),
  constraint sign_in_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint sign_in_links_pkey PRIMARY KEY (id),
  constraint sign_in_links_token_hash_key UNIQUE (token_hash)
);

create table site_settings (
  name text not null,
  value jsonb not null,
  constraint site_settings_pkey PRIMARY KEY (name)
);

create table site_texts (
  key text not null,
  language text not null,
  version integer not null,
  text text,
  written_by uuid,
  written_at timestamp with time zone not null,
  constraint site_texts_key_check CHECK ((key ~ '^[A-Za-z0-9._-]{1,80}$'::text)),
  constraint site_texts_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'ku'::text]))),
  constraint site_texts_pkey PRIMARY KEY (key, language, version),
  constraint site_texts_text_check CHECK (((length(text) >= 1) AND (length(text) <= 2000))),
  constraint site_texts_version_check CHECK ((version > 0)),
  constraint site_texts_written_by_fkey FOREIGN KEY (written_by) REFERENCES persons(id)
);

create table subscription_codes (
  id uuid not null,
  contact_kind text not null,
  contact_sealed bytea not null,
  contact_hash bytea not null,
  topic_kind text,
  topic text,
  rhythm text not null,
  language text not null,
  code_hash bytea not null,
  code_sealed bytea,
  attempts integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint subscription_codes_check CHECK (((topic IS NULL) = (topic_kind IS NULL))),
  constraint subscription_codes_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint subscription_codes_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'ku'::text]))),
  constraint subscription_codes_pkey PRIMARY KEY (id),
  constraint subscription_codes_rhythm_check CHECK ((rhythm = ANY (ARRAY['each'::text, 'daily'::text, 'weekly'::text]))),
  constraint subscription_codes_topic_check CHECK ((length(topic) <= 64)),
  constraint subscription_codes_topic_kind_check CHECK ((topic_kind = ANY (ARRAY['place'::text, 'sector'::text, 'body'::text, 'entry'::text])))
);

create table subscriptions (
  id uuid not null,
  person_id uuid,
  contact_kind text,
  contact_sealed bytea,
  contact_hash bytea,
  topic_kind text not null,
  topic text not null,
  language text not null,
  rhythm text,
  at timestamp with time zone not null,
  constraint subscriptions_check CHECK (((person_id IS NULL) = (contact_hash IS NOT NULL))),
  constraint subscriptions_check1 CHECK ((((contact_hash IS NULL) = (contact_kind IS NULL)) AND ((contact_hash IS NULL) = (contact_sealed IS NULL)) AND ((contact_hash IS NULL) = (rhythm IS NULL)))),
  constraint subscriptions_contact_hash_topic_kind_topic_key UNIQUE (contact_hash, topic_kind, topic),
  constraint subscriptions_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['mail'::text, 'phone'::text]))),
  constraint subscriptions_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'en'::text, 'ku'::text]))),
  constraint subscriptions_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint subscriptions_person_id_topic_kind_topic_key UNIQUE (person_id, topic_kind, topic),
  constraint subscriptions_pkey PRIMARY KEY (id),
  constraint subscriptions_rhythm_check CHECK ((rhythm = ANY (ARRAY['each'::text, 'daily'::text, 'weekly'::text]))),
  constraint subscriptions_topic_check CHECK ((length(topic) <= 64)),
  constraint subscriptions_topic_kind_check CHECK ((topic_kind = ANY (ARRAY['place'::text, 'sector'::text, 'body'::text, 'entry'::text])))
);

create table supports (
  entry_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  moved_from uuid,
  constraint supports_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES entries(id),
  constraint supports_moved_from_fkey FOREIGN KEY (moved_from) REFERENCES entries(id),
  constraint supports_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons(id),
  constraint supports_pkey PRIMARY KEY (entry_id, person_id)
);

-- Indexes

CREATE INDEX acts_by_time ON acts USING btree (at, seq);
CREATE INDEX acts_latest ON acts USING btree (at DESC, seq DESC) WHERE public;
CREATE INDEX acts_of_subject ON acts USING btree (subject_id, at, seq);
CREATE UNIQUE INDEX answers_corrected_once ON answers USING btree (corrects) WHERE (state = ANY (ARRAY['published'::text, 'corrected'::text]));
CREATE INDEX answers_of_entry ON answers USING btree (entry_id);
CREATE UNIQUE INDEX answers_open ON answers USING btree (entry_id, body_id) WHERE (state = ANY (ARRAY['draft'::text, 'sent'::text, 'approved'::text]));
CREATE INDEX answers_record ON answers USING btree (body_id, published_at) WHERE ((corrects IS NULL) AND (published_at IS NOT NULL));
CREATE INDEX answers_to_publish ON answers USING btree (publish_at) WHERE (state = 'approved'::text);
CREATE INDEX answers_waiting ON answers USING btree (body_id, state) WHERE (state = ANY (ARRAY['sent'::text, 'approved'::text]));
CREATE INDEX attachments_of_drafts ON attachments USING btree (created_at) WHERE (owner_kind = 'draft'::text);
CREATE INDEX comment_objections_decided ON comment_objections USING btree (decided_at) WHERE (decided_at IS NOT NULL);
CREATE INDEX comment_reports_open ON comment_reports USING btree (comment_id) WHERE (settled_at IS NULL);
CREATE INDEX comments_of_body ON comments USING btree (body_id) WHERE (body_id IS NOT NULL);
CREATE INDEX comments_of_form ON comments USING btree (form_id) WHERE (form_id IS NOT NULL);
CREATE INDEX comments_of_person ON comments USING btree (person_id, seq DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX comments_of_subject ON comments USING btree (subject_id, seq DESC) WHERE (parent_id IS NULL);
CREATE INDEX comments_removed ON comments USING btree (decided_at) WHERE (rule IS NOT NULL);
CREATE INDEX comments_replies ON comments USING btree (parent_id, seq) WHERE (parent_id IS NOT NULL);
CREATE INDEX comments_sent ON comments USING btree (sent_at) WHERE (source IS NULL);
CREATE INDEX comments_waiting ON comments USING btree (waits_since, seq) WHERE (waits_since IS NOT NULL);
CREATE INDEX commitment_updates_of ON commitment_updates USING btree (commitment_id, at);
CREATE INDEX commitments_by_due ON commitments USING btree (due, id) WHERE (state = ANY (ARRAY['open'::text, 'disputed'::text]));
CREATE INDEX commitments_latest ON commitments USING btree (opened_at DESC, id DESC);
CREATE INDEX commitments_lexicon ON commitments USING btree (lexicon_version);
CREATE INDEX commitments_norm ON commitments USING gin (search_norm gin_trgm_ops);
CREATE INDEX commitments_of_body ON commitments USING btree (body_id, state, due);
CREATE INDEX commitments_of_subject ON commitments USING btree (subject_id);
CREATE INDEX commitments_search ON commitments USING gin (search_vector);
CREATE INDEX commitments_waiting ON commitments USING btree (done_at) WHERE (state = 'done'::text);
CREATE INDEX desk_blocks_of ON desk_blocks USING btree (body_id, reserved_at DESC);
CREATE INDEX desk_entries_of_hearing ON desk_entries USING btree (hearing_id) WHERE (hearing_id IS NOT NULL);
CREATE INDEX desk_hearings_latest ON desk_hearings USING btree (held_on DESC, id);
CREATE INDEX desk_numbers_of ON desk_numbers USING btree (block_id, number);
CREATE INDEX desk_numbers_returned ON desk_numbers USING btree (number) WHERE (state = 'returned'::text);
CREATE INDEX entries_answered ON entries USING btree (answered_at) WHERE (state = 'answered'::text);
CREATE INDEX entries_clock ON entries USING btree (answer_due) WHERE (answered_at IS NULL);
CREATE INDEX entries_joined ON entries USING btree (joined_to) WHERE (joined_to IS NOT NULL);
CREATE INDEX entries_lexicon ON entries USING btree (lexicon_version);
CREATE INDEX entries_norm ON entries USING gin (search_norm gin_trgm_ops);
CREATE INDEX entries_of_body ON entries USING btree (body_id, state, answer_due);
CREATE INDEX entries_promising ON entries USING btree (id) WHERE (state = ANY (ARRAY['delivery'::text, 'delivered'::text, 'disputed'::text]));
CREATE INDEX entries_public ON entries USING btree (submitted_at DESC, id DESC) WHERE ((published_at IS NOT NULL) AND (state <> ALL (ARRAY['joined'::text, 'withdrawn'::text])));
CREATE INDEX entries_public_kind ON entries USING btree (kind, submitted_at DESC, id DESC) WHERE ((published_at IS NOT NULL) AND (state <> ALL (ARRAY['joined'::text, 'withdrawn'::text])));
CREATE INDEX entries_public_place ON entries USING btree (place, submitted_at DESC) WHERE ((published_at IS NOT NULL) AND (state <> ALL (ARRAY['joined'::text, 'withdrawn'::text])));
CREATE INDEX entries_search ON entries USING gin (search_vector);
CREATE INDEX entries_sectors ON entries USING gin (sectors) WHERE (published_at IS NOT NULL);
CREATE INDEX entries_triage ON entries USING btree (submitted_at) WHERE (state = ANY (ARRAY['received'::text, 'returned'::text, 'open'::text]));
CREATE INDEX entries_unread ON entries USING btree (acknowledge_due) WHERE (acknowledged_at IS NULL);
CREATE INDEX entry_messages_of ON entry_messages USING btree (entry_id, at);
CREATE UNIQUE INDEX entry_pauses_open ON entry_pauses USING btree (entry_id) WHERE (to_day IS NULL);
CREATE INDEX entry_submitters_person ON entry_submitters USING btree (person_id);
CREATE INDEX entry_tallies_supports ON entry_tallies USING btree (supports DESC, entry_id DESC);
CREATE INDEX follows_moved ON follows USING btree (moved_from) WHERE (moved_from IS NOT NULL);
CREATE INDEX follows_of_person ON follows USING btree (person_id);
CREATE INDEX hook_deliveries_due ON hook_deliveries USING btree (next_at) WHERE (state = 'waiting'::text);
CREATE INDEX hook_deliveries_of_hook ON hook_deliveries USING btree (hook_id, made_at DESC);
CREATE INDEX news_seen_at ON news_seen USING btree (at);
CREATE INDEX notice_texts_changed_by ON notice_texts USING btree (changed_by) WHERE (changed_by IS NOT NULL);
CREATE INDEX notices_created ON notices USING btree (created_at);
CREATE INDEX notices_failed ON notices USING btree (created_at DESC) WHERE (state = 'failed'::text);
CREATE INDEX notices_of_contact ON notices USING btree (contact_hash) WHERE (contact_hash IS NOT NULL);
CREATE INDEX notices_of_person ON notices USING btree (person_id, created_at DESC);
CREATE INDEX notices_waiting ON notices USING btree (send_at) WHERE (state = 'waiting'::text);
CREATE INDEX organisation_activities_where ON organisation_activities USING btree (place, sector);
CREATE INDEX organisation_decisions_of ON organisation_decisions USING btree (organisation_id, proposed_at DESC);
CREATE UNIQUE INDEX organisation_decisions_open ON organisation_decisions USING btree (organisation_id) WHERE (outcome = 'open'::text);
CREATE INDEX organisation_invitations_of ON organisation_invitations USING btree (organisation_id) WHERE (ended_at IS NULL);
CREATE INDEX organisation_members_of ON organisation_members USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX organisation_parts_of ON organisation_parts USING btree (commitment_id);
CREATE UNIQUE INDEX organisations_imported ON organisations USING btree (source, external_id) WHERE (source IS NOT NULL);
CREATE INDEX organisations_lexicon ON organisations USING btree (lexicon_version);
CREATE INDEX organisations_licence ON organisations USING btree (licence_until) WHERE (licence_until IS NOT NULL);
CREATE INDEX organisations_norm ON organisations USING gin (search_norm gin_trgm_ops);
CREATE INDEX organisations_places ON organisations USING gin (places);
CREATE INDEX organisations_public ON organisations USING btree (name_ar, id) WHERE (state = ANY (ARRAY['listed'::text, 'verified'::text, 'suspended'::text]));
CREATE INDEX organisations_queue ON organisations USING btree (state, submitted_at);
CREATE INDEX organisations_search ON organisations USING gin (search_vector);
CREATE INDEX organisations_sectors ON organisations USING gin (sectors);
CREATE INDEX outbox_latest ON outbox USING btree (created_at DESC);
CREATE INDEX passkeys_of ON passkeys USING btree (person_id);
CREATE INDEX person_contacts_of ON person_contacts USING btree (person_id);
CREATE INDEX person_roles_held ON person_roles USING btree (role, body_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX person_roles_once ON person_roles USING btree (person_id, role, COALESCE(body_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_at IS NULL);
CREATE INDEX person_roles_waiting ON person_roles USING btree (granted_at) WHERE ((confirmed_at IS NULL) AND (ended_at IS NULL));
CREATE INDEX places_parent ON places USING btree (parent);
CREATE INDEX places_path ON places USING gin (path);
CREATE INDEX places_search ON places USING gin (search_norm gin_trgm_ops);
CREATE INDEX program_requests_key ON program_requests USING btree (key_id, at);
CREATE INDEX rate_limits_over ON rate_limits USING btree (window_start);
CREATE INDEX record_seals_at ON record_seals USING btree (at);
CREATE INDEX sessions_of ON sessions USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX sessions_over ON sessions USING btree (expires_at);
CREATE INDEX sign_in_codes_of ON sign_in_codes USING btree (contact_hash, created_at DESC);
CREATE INDEX sign_in_codes_over ON sign_in_codes USING btree (expires_at);
CREATE INDEX sign_in_links_of ON sign_in_links USING btree (person_id);
CREATE INDEX site_texts_written_by ON site_texts USING btree (written_by) WHERE (written_by IS NOT NULL);
CREATE INDEX subscription_codes_created ON subscription_codes USING btree (created_at);
CREATE INDEX subscriptions_of_topic ON subscriptions USING btree (topic_kind, topic);
CREATE INDEX supports_moved ON supports USING btree (moved_from) WHERE (moved_from IS NOT NULL);
CREATE INDEX supports_of_person ON supports USING btree (person_id);

-- Triggers

CREATE TRIGGER acts_of_ended BEFORE INSERT ON acts FOR EACH ROW WHEN ((new.actor_person IS NOT NULL)) EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER acts_stay BEFORE DELETE OR UPDATE ON acts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acts_stay_whole BEFORE TRUNCATE ON acts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acts_tell_hooks AFTER INSERT ON acts FOR EACH ROW WHEN (new.public) EXECUTE FUNCTION tell_hooks();
CREATE TRIGGER answer_promises_stay BEFORE INSERT OR DELETE OR UPDATE ON answer_promises FOR EACH ROW EXECUTE FUNCTION refuse_published_promise();
CREATE TRIGGER answers_stay BEFORE DELETE OR UPDATE ON answers FOR EACH ROW EXECUTE FUNCTION refuse_published_answer();
CREATE TRIGGER comments_of_ended BEFORE INSERT ON comments FOR EACH ROW WHEN ((new.person_id IS NOT NULL)) EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER desk_numbers_stay BEFORE UPDATE ON desk_numbers FOR EACH ROW EXECUTE FUNCTION refuse_number_again();
CREATE TRIGGER entry_submitters_of_ended BEFORE INSERT ON entry_submitters FOR EACH ROW WHEN ((new.person_id IS NOT NULL)) EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER follows_of_ended BEFORE INSERT ON follows FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER notice_settings_of_ended BEFORE INSERT ON notice_settings FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER organisation_members_of_ended BEFORE INSERT ON organisation_members FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER person_contacts_of_ended BEFORE INSERT ON person_contacts FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER record_leaves_stay BEFORE DELETE OR UPDATE ON record_leaves FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER record_leaves_stay_whole BEFORE TRUNCATE ON record_leaves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER record_log_grows BEFORE UPDATE ON record_log FOR EACH ROW EXECUTE FUNCTION refuse_shrinking();
CREATE TRIGGER record_log_stays BEFORE DELETE ON record_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER record_log_stays_whole BEFORE TRUNCATE ON record_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sessions_of_ended BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER subscriptions_of_ended BEFORE INSERT ON subscriptions FOR EACH ROW WHEN ((new.person_id IS NOT NULL)) EXECUTE FUNCTION refuse_ended_account();
CREATE TRIGGER supports_of_ended BEFORE INSERT ON supports FOR EACH ROW EXECUTE FUNCTION refuse_ended_account();

-- Who may what

grant delete, insert, select on act_contents to abwab_app;
grant insert, select on acts to abwab_app;
grant delete, insert, select, update on answer_promises to abwab_app;
grant delete, insert, select, update on answers to abwab_app;
grant insert, select, update on api_keys to abwab_app;
grant delete, insert, select, update on attachment_files to abwab_app;
grant delete, insert, select, update on attachments to abwab_app;
grant delete, insert, select, update on bodies to abwab_app;
grant delete, insert, select, update on calendar_settings to abwab_app;
grant delete, insert, select, update on comment_objections to abwab_app;
grant delete, insert, select, update on comment_reports to abwab_app;
grant delete, insert, select, update on comments to abwab_app;
grant insert, select on commitment_forms to abwab_app;
grant insert, select on commitment_slips to abwab_app;
grant insert, select on commitment_updates to abwab_app;
grant delete, insert, select, update on commitments to abwab_app;
grant insert, select, update on confirmations to abwab_app;
grant insert, select on desk_blocks to abwab_app;
grant insert, select on desk_entries to abwab_app;
grant insert, select on desk_hearings to abwab_app;
grant insert, select, update on desk_numbers to abwab_app;
grant insert, select, update on desk_seats to abwab_app;
grant insert, select, update on desk_sheets to abwab_app;
grant delete, insert, select, update on due_told to abwab_app;
grant delete, insert, select, update on entries to abwab_app;
grant delete, insert, select, update on entry_drafts to abwab_app;
grant delete, insert, select, update on entry_messages to abwab_app;
grant delete, insert, select, update on entry_pauses to abwab_app;
grant delete, insert, select, update on entry_points to abwab_app;
grant insert, select, update on entry_submissions to abwab_app;
grant delete, insert, select, update on entry_submitters to abwab_app;
grant delete, insert, select, update on entry_tallies to abwab_app;
grant delete, insert, select, update on follows to abwab_app;
grant delete, insert, select, update on holidays to abwab_app;
grant delete, insert, select on hook_attempts to abwab_app;
grant delete, insert, select, update on hook_deliveries to abwab_app;
grant insert, select, update on hooks to abwab_app;
grant delete, insert, select, update on lexicon_groups to abwab_app;
grant delete, insert, select, update on lexicon_state to abwab_app;
grant select, update on news_cursor to abwab_app;
grant delete, insert, select, update on news_seen to abwab_app;
grant delete, insert, select, update on notice_channels to abwab_app;
grant delete, insert, select, update on notice_settings to abwab_app;
grant delete, insert, select, update on notice_stops to abwab_app;
grant delete, insert, select, update on notice_texts to abwab_app;
grant delete, insert, select, update on notices to abwab_app;
grant delete, insert, select, update on organisation_activities to abwab_app;
grant delete, insert, select, update on organisation_contacts to abwab_app;
grant delete, insert, select, update on organisation_decisions to abwab_app;
grant delete, insert, select, update on organisation_documents to abwab_app;
grant delete, insert, select, update on organisation_invitations to abwab_app;
grant delete, insert, select, update on organisation_members to abwab_app;
grant delete, insert, select, update on organisation_parts to abwab_app;
grant delete, insert, select on organisation_uploads to abwab_app;
grant delete, insert, select, update on organisations to abwab_app;
grant delete, insert, select, update on outbox to abwab_app;
grant delete, insert, select, update on passkey_challenges to abwab_app;
grant delete, insert, select, update on passkeys to abwab_app;
grant select, update on people_state to abwab_app;
grant delete, insert, select, update on person_contacts to abwab_app;
grant delete, insert, select, update on person_roles to abwab_app;
grant delete, insert, select, update on persons to abwab_app;
grant delete, insert, select, update on place_shapes to abwab_app;
grant delete, insert, select, update on places to abwab_app;
grant insert, select on program_requests to abwab_app;
grant update on program_requests.account to abwab_app;
grant delete, insert, select, update on rate_limits to abwab_app;
grant insert, select on record_leaves to abwab_app;
grant insert, select, update on record_log to abwab_app;
grant delete, insert, select on record_queue to abwab_app;
grant delete, insert, select on record_seals to abwab_app;
grant delete, insert, select, update on record_witnesses to abwab_app;
grant delete, insert, select, update on recovery_codes to abwab_app;
grant delete, insert, select, update on second_factors to abwab_app;
grant delete, insert, select, update on sectors to abwab_app;
grant delete, insert, select, update on sessions to abwab_app;
grant delete, insert, select, update on sign_in_codes to abwab_app;
grant update on sign_in_codes.sent_at to abwab_app;
grant delete, insert, select, update on sign_in_links to abwab_app;
grant delete, insert, select, update on site_settings to abwab_app;
grant insert, select on site_texts to abwab_app;
grant delete, insert, select, update on subscription_codes to abwab_app;
grant delete, insert, select, update on subscriptions to abwab_app;
grant delete, insert, select, update on supports to abwab_app;
grant execute on function abwab_queue.behind to abwab_app;
grant execute on function abwab_queue.enqueue to abwab_app;
grant execute on function abwab_queue.failed to abwab_app;
grant execute on function abwab_queue.give_up to abwab_app;
grant execute on function abwab_queue.retry to abwab_app;
grant usage on schema abwab_queue to abwab_app;
grant usage on schema abwab_queue to abwab_owner;
grant create, usage on schema public to abwab_owner;
grant usage on schema public to public;
grant usage on sequence reference_sequence to abwab_app;
