-- Notices: what somebody should be told, by which channel, and whether it left.
create table notices (
  id uuid primary key,
  -- an account, or the contact that somebody without one left with an entry
  person_id uuid references persons,
  contact_kind text check (contact_kind in ('mail', 'phone')),
  contact_sealed bytea,
  contact_hash bytea,
  template text not null check (template ~ '^[a-z-]+$'),
  entry_id uuid references entries,
  values jsonb not null,
  language text not null,
  urgent boolean not null,
  state text not null check (state in ('waiting', 'sent', 'failed', 'stopped')),
  attempts int not null default 0,
  problem text check (problem in ('unreachable', 'refused', 'bad-address', 'no-contact')),
  created_at timestamptz not null,
  send_at timestamptz not null,
  -- until when a worker keeps it to itself: one that dies gives it back
  held_until timestamptz,
  sent_at timestamptz,
  -- the same news is told to the same person once
  once_key text not null unique,
  check ((person_id is null) = (contact_sealed is not null)),
  check ((contact_sealed is null) = (contact_kind is null) and (contact_sealed is null) = (contact_hash is null)),
  check ((state = 'sent') = (sent_at is not null)),
  check (state <> 'failed' or problem is not null)
);
create index notices_of_person on notices (person_id, created_at desc);
create index notices_of_contact on notices (contact_hash) where contact_hash is not null;
create index notices_waiting on notices (send_at) where state = 'waiting';
create index notices_failed on notices (created_at desc) where state = 'failed';
create index notices_created on notices (created_at);

create table notice_settings (
  person_id uuid primary key references persons,
  rhythm text not null default 'daily' check (rhythm in ('each', 'daily', 'weekly', 'none')),
  -- what it was before everything was stopped, for whoever takes the stop back
  rhythm_before text check (rhythm_before in ('each', 'daily', 'weekly')),
  -- mail or phone for whoever has both; mail where nothing was chosen
  channel text check (channel in ('mail', 'phone')),
  paused_until timestamptz
);

-- Contacts without an account that want no more letters; the address itself is not kept.
create table notice_stops (contact_hash bytea primary key, at timestamptz not null);

-- How far the acts have been read. An act that was committed late, behind one that was read, is found by `news_seen`.
create table news_cursor (single boolean primary key default true check (single), at timestamptz not null);
insert into news_cursor (at) values (now());
create table news_seen (act_id uuid primary key, at timestamptz not null);
create index news_seen_at on news_seen (at);
-- What is due soon is news that no act brings: told once for each date.
create table due_told (thing_id uuid not null, due date not null, at timestamptz not null, primary key (thing_id, due));
create index acts_by_time on acts (at, seq);

-- How each way out of the house is doing, as the worker last met it.
create table notice_channels (
  kind text primary key check (kind in ('mail', 'sms')),
  via text not null check (via in ('smtp', 'outbox')),
  worked_at timestamptz,
  failed_at timestamptz,
  problem text
);

-- Without a mail server letters land here, for the administrator to see; codes and links are left out.
create table outbox (
  id uuid primary key,
  channel text not null check (channel in ('mail', 'sms')),
  recipient_masked text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null
);
create index outbox_latest on outbox (created_at desc);

grant select, insert, update, delete on notices, notice_settings, notice_stops, news_seen, due_told, notice_channels, outbox to abwab_app;
grant select, update on news_cursor to abwab_app;
