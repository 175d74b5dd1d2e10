-- Comments on what is public, what moderators decided about them and why, reports by readers, objections by authors.
create table comments (
  id uuid primary key,
  -- the order in which they came; imported ones in the order of their file
  seq bigint generated always as identity unique,
  subject_kind text not null check (subject_kind in ('entry', 'commitment')),
  subject_id uuid not null,
  -- replies hang on what began the conversation: one level, so that a phone can show it
  parent_id uuid references comments,
  person_id uuid references persons,
  -- who speaks for a body, and in which role
  official_role text check (official_role in ('officer', 'head', 'coordinator')),
  body_id uuid references bodies,
  language text not null,
  text text not null check (length(text) <= 20000),
  state text not null check (state in ('held', 'published', 'removed', 'withdrawn')),
  held_for text[] not null default '{}',
  sent_at timestamptz not null,
  published_at timestamptz,
  changed_at timestamptz,
  rule text check (rule in ('private', 'threat', 'hatred', 'insult', 'spam', 'elsewhere')),
  reason text not null default '' check (length(reason) <= 600),
  decided_by uuid references persons,
  decided_at timestamptz,
  -- since when a moderator is needed: held, reported or objected
  waits_since timestamptz,
  source text,
  external_id text,
  -- the form it came by, and a hash of form and words: the same form sent again is one comment
  form_id text,
  once_hash bytea unique,
  unique (source, external_id),
  check (parent_id <> id),
  check ((body_id is null) or (official_role is not null)),
  check ((state = 'held') = (cardinality(held_for) > 0)),
  -- what was removed and then withdrawn is still counted
  check (state <> 'removed' or (rule is not null and decided_at is not null)),
  check ((rule is null) or state in ('removed', 'withdrawn')),
  check (state <> 'published' or published_at is not null),
  check (state <> 'withdrawn' or text = ''),
  check (state <> 'held' or waits_since is not null)
);
create index comments_of_subject on comments (subject_id, seq desc) where parent_id is null;
create index comments_replies on comments (parent_id, seq) where parent_id is not null;
create index comments_waiting on comments (waits_since, seq) where waits_since is not null;
create index comments_of_person on comments (person_id, seq desc) where person_id is not null;
create index comments_sent on comments (sent_at) where source is null;
create index comments_removed on comments (decided_at) where rule is not null;
create index comments_of_form on comments (form_id) where form_id is not null;
create index comments_of_body on comments (body_id) where body_id is not null;

-- One a reader and comment; who it was is a keyed hash that leads to nobody.
create table comment_reports (
  comment_id uuid not null references comments,
  reporter_hash bytea not null,
  rule text not null check (rule in ('private', 'threat', 'hatred', 'insult', 'spam', 'elsewhere')),
  words text not null default '' check (length(words) <= 600),
  at timestamptz not null,
  settled_at timestamptz,
  primary key (comment_id, reporter_hash)
);
create index comment_reports_open on comment_reports (comment_id) where settled_at is null;

-- What an author says against a removal; decided once, by somebody else than the one who removed.
create table comment_objections (
  comment_id uuid primary key references comments,
  text text not null check (length(text) <= 2000),
  at timestamptz not null,
  outcome text check (outcome in ('upheld', 'reversed')),
  reason text not null default '' check (length(reason) <= 600),
  decided_by uuid references persons,
  decided_at timestamptz,
  -- who had removed it, kept when the removal is taken back
  against uuid references persons,
  check ((outcome is null) = (decided_at is null)),
  check (decided_by is null or decided_by is distinct from against)
);
create index comment_objections_decided on comment_objections (decided_at) where decided_at is not null;

grant select, insert, update, delete on comments, comment_reports, comment_objections to abwab_app;
