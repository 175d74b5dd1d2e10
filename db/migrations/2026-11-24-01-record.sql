-- The record: every change that matters is one act. Acts are append-only, for everybody, by trigger and by grant.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create table acts (
  -- random: a leaf carries it, and the moment of a resident's act is nobody's business
  id uuid primary key,
  -- the order of acts of one moment; it never leaves the house
  seq bigint not null generated always as identity,
  at timestamptz not null,
  kind text not null check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  subject_kind text not null,
  subject_id uuid not null,
  public boolean not null,
  actor_role text not null,
  actor_body text,
  actor_person uuid,
  on_behalf boolean not null default false,
  detail jsonb not null default '{}',
  leaf text check (octet_length(leaf) <= 2048),
  leaf_hash bytea check (octet_length(leaf_hash) = 32),
  check (public = (leaf is not null)),
  check ((leaf is null) = (leaf_hash is null))
);
create index acts_of_subject on acts (subject_id, at, seq);
create index acts_latest on acts (at desc, seq desc) where public;
create trigger acts_stay before update or delete on acts for each row execute function refuse_change();
create trigger acts_stay_whole before truncate on acts for each statement execute function refuse_change();

-- What a leaf commits to by salted hash. Erasing by law deletes this row; the act and its leaf stay.
create table act_contents (
  act_id uuid primary key references acts,
  salt bytea not null check (octet_length(salt) = 32),
  content jsonb not null
);

-- The sequencer's output: consecutive indexes of public leaves.
create table record_leaves (
  log_index bigint primary key check (log_index >= 0),
  act_id uuid not null unique references acts
);
create trigger record_leaves_stay before update or delete on record_leaves for each row execute function refuse_change();
create trigger record_leaves_stay_whole before truncate on record_leaves for each statement execute function refuse_change();

-- Public acts that wait for their index.
create table record_queue (act_id uuid primary key references acts);

grant select, insert on acts, record_leaves to abwab_app;
grant select, insert, delete on record_queue to abwab_app;
grant select, insert, delete on act_contents to abwab_app;

-- One sequence of public numbers for everything that has a life of its own.
create sequence reference_sequence start 1001;
grant usage on sequence reference_sequence to abwab_app;
