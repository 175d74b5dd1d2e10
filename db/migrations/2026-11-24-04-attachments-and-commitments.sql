-- Files are staged as they came, re-encoded by a job, and shown only afterwards.
create table attachments (
  id uuid primary key,
  owner_kind text not null check (owner_kind in ('draft', 'entry', 'commitment', 'confirmation')),
  owner_id uuid not null,
  -- at most five files an owner, also when two arrive at once
  position int not null check (position between 1 and 5),
  media text not null check (media in ('photo', 'pdf', 'voice')),
  state text not null check (state in ('staged', 'ready', 'refused')),
  -- why the job could not prepare it
  problem text check (problem in ('broken-file', 'not-supported', 'too-big')),
  -- of what a reader loads: the large picture, the paper, the sound; no file keeps its name, which tells about its sender
  bytes int not null check (bytes between 1 and 16777216),
  width int,
  height int,
  public boolean not null default false,
  created_at timestamptz not null,
  unique (owner_id, position),
  check ((state = 'refused') = (problem is not null)),
  -- a voice tells who speaks
  check (not public or media <> 'voice')
);
create index attachments_of_drafts on attachments (created_at) where owner_kind = 'draft';
create table attachment_files (
  attachment_id uuid not null references attachments on delete cascade,
  variant text not null check (variant in ('staged', 'large', 'small', 'file')),
  media_type text not null,
  data bytea not null,
  primary key (attachment_id, variant)
);

-- Commitments: a promise with an owner, a date, a source and evidence. Late is computed, never stored.
create table commitments (
  id uuid primary key,
  number text not null unique,
  source_kind text not null check (source_kind in ('answer', 'decision', 'obligation', 'milestone', 'policy', 'roadmap')),
  source_id uuid not null,
  -- the thing that its people know it by: the entry, the meeting, the agreement
  subject_id uuid not null,
  body_id uuid not null references bodies,
  public boolean not null,
  what text not null check (length(what) between 3 and 500),
  who text not null default '' check (length(who) <= 160),
  first_due date not null,
  due date not null check (due >= first_due),
  state text not null check (state in ('open', 'done', 'confirmed', 'unconfirmed', 'disputed', 'broken')),
  opened_at timestamptz not null,
  done_at timestamptz,
  settled_at timestamptz,
  disputed_at timestamptz,
  broken_reason text check (length(broken_reason) between 3 and 2000),
  escalated int not null default 0 check (escalated between 0 and 3),
  -- a reopened commitment is asked about anew
  round int not null default 1 check (round >= 1),
  -- counts what moved it: whoever acts on what they read says which they read
  version int not null default 1,
  check ((state = 'broken') = (broken_reason is not null)),
  check (state in ('open', 'broken') or done_at is not null),
  check ((state = 'disputed') = (disputed_at is not null)),
  check ((state in ('confirmed', 'unconfirmed', 'broken')) = (settled_at is not null))
);
create index commitments_of_subject on commitments (subject_id);
create index commitments_of_body on commitments (body_id, state, due);
create index commitments_by_due on commitments (due, id) where state in ('open', 'disputed');
create index commitments_latest on commitments (opened_at desc, id desc);
create index commitments_waiting on commitments (done_at) where state = 'done';

create table commitment_slips (
  id uuid primary key,
  commitment_id uuid not null references commitments,
  from_due date not null,
  to_due date not null check (to_due > from_due),
  reason text not null check (length(reason) between 3 and 2000),
  at timestamptz not null,
  unique (commitment_id, from_due)
);

create table commitment_updates (
  id uuid primary key,
  commitment_id uuid not null references commitments,
  kind text not null check (kind in ('progress', 'evidence')),
  text text not null check (length(text) between 3 and 4000),
  at timestamptz not null,
  by_person uuid references persons
);
create index commitment_updates_of on commitment_updates (commitment_id, at);

-- A form that was sent twice is done once; what was said in it, as a hash, tells a repeat from another text.
create table commitment_forms (
  once uuid primary key,
  commitment_id uuid not null references commitments,
  said bytea not null,
  at timestamptz not null
);

-- One voice a person and round. Words and photos are for those who deal with it: no public page shows them.
create table confirmations (
  id uuid primary key,
  commitment_id uuid not null references commitments,
  round int not null,
  voter_hash bytea not null,
  voice text not null check (voice in ('submitter', 'supporter', 'neighbour')),
  verdict text not null check (verdict in ('yes', 'partly', 'no')),
  words text check (length(words) <= 1000),
  at timestamptz not null,
  unique (commitment_id, round, voter_hash)
);

grant select, insert, update, delete on attachments, attachment_files, commitments to abwab_app;
grant select, insert, update on confirmations to abwab_app;
grant select, insert on commitment_slips, commitment_updates, commitment_forms to abwab_app;
