-- The door: entries, who sent them (apart), answers, supports.
create table entries (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('need', 'proposal', 'initiative', 'complaint', 'question')),
  state text not null check (state in ('received', 'returned', 'open', 'assigned', 'study', 'answered', 'delivery', 'delivered',
    'confirmed', 'unconfirmed', 'disputed', 'closed', 'joined', 'withdrawn', 'elsewhere')),
  confidential boolean not null,
  -- null until triage publishes it; confidential entries never get one
  published_at timestamptz,
  title text not null check (length(title) <= 300),
  text text not null default '' check (length(text) <= 20000),
  language text not null default 'ar',
  place text references places,
  place_words text not null default '' check (length(place_words) <= 300),
  served text not null default '' check (length(served) <= 300),
  served_count int check (served_count between 1 and 10000000),
  sectors text[] not null default '{}',
  channel text not null check (channel in ('web', 'desk', 'phone', 'paper', 'sms', 'telegram', 'email', 'api', 'import')),
  named boolean not null default false,
  body_id uuid references bodies,
  submitted_at timestamptz not null,
  -- the day from which the answer's clock counts: receipt, or a referral to another body
  clock_started date not null,
  acknowledge_due date,
  acknowledged_at timestamptz,
  answer_due date,
  extension_days int not null default 0,
  extension_reason text,
  outcome text check (outcome in ('accepted', 'partly', 'planned', 'declined', 'referred')),
  answered_at timestamptz,
  settled_at timestamptz,
  escalated int not null default 0 check (escalated between 0 and 3),
  -- the governor's office was told that nobody has read it in time
  acknowledge_escalated boolean not null default false,
  joined_to uuid references entries,
  -- where a returned entry goes on when its sender has replied
  resume_state text check (resume_state in ('received', 'open', 'assigned', 'study')),
  -- where an imported entry came from; the pair is imported once
  source text,
  external_id text,
  search_norm text not null default '',
  search_vector tsvector not null default '',
  changed_at timestamptz not null,
  unique (source, external_id),
  check (kind <> 'complaint' or confidential),
  check (not confidential or published_at is null),
  check ((state = 'joined') = (joined_to is not null)),
  check (joined_to <> id),
  check ((state = 'returned') = (resume_state is not null)),
  check (state = 'withdrawn' or length(title) > 0)
);
create index entries_public on entries (submitted_at desc, id desc) where published_at is not null;
create index entries_public_kind on entries (kind, submitted_at desc, id desc) where published_at is not null;
create index entries_public_place on entries (place, submitted_at desc) where published_at is not null;
create index entries_of_body on entries (body_id, state, answer_due);
create index entries_triage on entries (submitted_at) where state in ('received', 'returned', 'open');
create index entries_clock on entries (answer_due) where answered_at is null;
create index entries_unread on entries (acknowledge_due) where acknowledged_at is null;
create index entries_promising on entries (id) where state in ('delivery', 'delivered', 'disputed');
create index entries_answered on entries (answered_at) where state = 'answered';
create index entries_sectors on entries using gin (sectors) where published_at is not null;
create index entries_search on entries using gin (search_vector);
create index entries_norm on entries using gin (search_norm gin_trgm_ops);
create index entries_joined on entries (joined_to) where joined_to is not null;

create table entry_tallies (entry_id uuid primary key references entries, supports int not null default 0);

-- Personal: who sent it, how to reach them, the hash of the follow-up key. Nothing public reads this table.
create table entry_submitters (
  entry_id uuid primary key references entries,
  person_id uuid references persons,
  name text not null default '' check (length(name) <= 120),
  contact_kind text check (contact_kind in ('mail', 'phone')),
  contact text check (length(contact) <= 254),
  key_hash bytea,
  taken_by uuid references persons
);
create index entry_submitters_person on entry_submitters (person_id);
create table entry_points (entry_id uuid primary key references entries, lat double precision not null, lon double precision not null);

create table entry_pauses (
  entry_id uuid not null references entries,
  from_day date not null,
  to_day date check (to_day >= from_day),
  opened_at timestamptz not null,
  primary key (entry_id, opened_at)
);
create unique index entry_pauses_open on entry_pauses (entry_id) where to_day is null;

-- Questions put back to the sender, additions and the sender's replies: private between both.
create table entry_messages (
  id uuid primary key,
  entry_id uuid not null references entries,
  kind text not null check (kind in ('question', 'reply', 'addition')),
  text text not null check (length(text) between 1 and 4000),
  at timestamptz not null,
  by_person uuid references persons
);
create index entry_messages_of on entry_messages (entry_id, at);

create table entry_submissions (
  once uuid primary key,
  entry_id uuid not null references entries,
  request_hash bytea not null,
  key_sealed bytea not null,
  at timestamptz not null
);

create table entry_drafts (
  id uuid primary key,
  token_hash bytea not null unique,
  kind text not null,
  data jsonb not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);

create table supports (
  entry_id uuid not null references entries,
  person_id uuid not null references persons,
  at timestamptz not null,
  -- the entry it was given to, when it moved along with a merge
  moved_from uuid references entries,
  primary key (entry_id, person_id)
);
create index supports_of_person on supports (person_id);
create index supports_moved on supports (moved_from) where moved_from is not null;
create table follows (
  entry_id uuid not null references entries,
  person_id uuid not null references persons,
  at timestamptz not null,
  moved_from uuid references entries,
  primary key (entry_id, person_id)
);
create index follows_of_person on follows (person_id);
create index follows_moved on follows (moved_from) where moved_from is not null;

create table answers (
  id uuid primary key,
  entry_id uuid not null references entries,
  body_id uuid not null references bodies,
  outcome text not null check (outcome in ('accepted', 'partly', 'planned', 'declined', 'referred')),
  summary text not null default '' check (length(summary) <= 300),
  reason text not null check (length(reason) between 1 and 6000),
  referred_to uuid references bodies,
  state text not null check (state in ('draft', 'sent', 'approved', 'published', 'corrected')),
  -- who saved it last, and everybody who ever wrote in it: none of them may approve it
  drafted_by uuid not null references persons,
  drafters uuid[] not null,
  drafted_at timestamptz not null,
  -- why the head sent it back, or why it could not be published
  note text not null default '' check (length(note) <= 2000),
  approved_by uuid references persons,
  approved_at timestamptz,
  publish_at timestamptz,
  published_at timestamptz,
  -- how it stood with the clock when it was published; written once, for the track record
  due date,
  days int,
  corrects uuid references answers,
  -- counts saves, so that two officers on one case notice each other
  version int not null default 1,
  check (drafted_by = any (drafters)),
  check (approved_by <> all (drafters)),
  check (outcome <> 'referred' or (referred_to is not null and referred_to <> body_id)),
  check ((state in ('approved', 'published', 'corrected')) = (approved_by is not null and publish_at is not null)),
  check ((state in ('published', 'corrected')) = (published_at is not null)),
  check (corrects <> id)
);
create unique index answers_open on answers (entry_id, body_id) where state in ('draft', 'sent', 'approved');
create unique index answers_corrected_once on answers (corrects) where state in ('published', 'corrected');
create index answers_of_entry on answers (entry_id);
create index answers_waiting on answers (body_id, state) where state in ('sent', 'approved');
create index answers_to_publish on answers (publish_at) where state = 'approved';
create index answers_record on answers (body_id, published_at) where corrects is null and published_at is not null;

create table answer_promises (
  answer_id uuid not null references answers on delete cascade,
  position int not null,
  what text not null check (length(what) between 3 and 500),
  who text not null default '' check (length(who) <= 160),
  due date not null,
  primary key (answer_id, position)
);

-- What was published stays as it was: a correction is a new answer, and the old one is only marked.
create function refuse_published_answer() returns trigger language plpgsql as $$
begin
  if old.state not in ('published', 'corrected') then return case tg_op when 'DELETE' then old else new end; end if;
  if tg_op = 'UPDATE' and old.state = 'published' and new.state = 'corrected'
    and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then return new; end if;
  raise exception 'a published answer is not changed' using errcode = 'insufficient_privilege';
end $$;
create trigger answers_stay before update or delete on answers for each row execute function refuse_published_answer();
create function refuse_published_promise() returns trigger language plpgsql as $$
begin
  if exists (select 1 from answers where id = coalesce(new.answer_id, old.answer_id) and state in ('published', 'corrected'))
    then raise exception 'a published answer is not changed' using errcode = 'insufficient_privilege'; end if;
  return coalesce(new, old);
end $$;
create trigger answer_promises_stay before insert or update or delete on answer_promises for each row execute function refuse_published_promise();

grant select, insert, update, delete on entries, entry_tallies, entry_submitters, entry_points, entry_pauses, entry_drafts,
  follows, supports, answers, answer_promises to abwab_app;
grant select, insert on entry_messages, entry_submissions to abwab_app;
grant update, delete on entry_messages to abwab_app;
grant update on entry_submissions to abwab_app;
