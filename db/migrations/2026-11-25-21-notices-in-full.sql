-- Notices in full: a gateway for SMS, quiet hours of one's own, texts that the administrator writes, and what people follow beside entries.
alter table notice_channels drop constraint notice_channels_via_check;
alter table notice_channels add constraint notice_channels_via_check check (via in ('smtp', 'outbox', 'gateway'));

alter table notice_settings
  -- hours in the governorate's zone; the same twice: no quiet hours
  add quiet_from smallint not null default 21 check (quiet_from between 0 and 23),
  add quiet_to smallint not null default 8 check (quiet_to between 0 and 23),
  add urgent_passes boolean not null default false;

-- Words that stand in for those that the program brings; deleting one brings the original back.
create table notice_texts (
  template text not null check (template ~ '^[a-z-]+$'),
  language text not null check (language in ('ar', 'en', 'ku')),
  part text not null check (part in ('subject', 'body', 'sms')),
  text text not null check (length(text) between 1 and 2000),
  changed_at timestamptz not null,
  changed_by uuid references persons,
  primary key (template, language, part)
);
create index notice_texts_changed_by on notice_texts (changed_by) where changed_by is not null;

-- Who hears of what is new in a place, a sector, at a body, or, without an account, about an entry.
create table subscriptions (
  id uuid primary key,
  person_id uuid references persons,
  contact_kind text check (contact_kind in ('mail', 'phone')),
  contact_sealed bytea,
  contact_hash bytea,
  topic_kind text not null check (topic_kind in ('place', 'sector', 'body', 'entry')),
  topic text not null check (length(topic) <= 64),
  language text not null check (language in ('ar', 'en', 'ku')),
  -- how often a contact is written to; an account has its own settings
  rhythm text check (rhythm in ('each', 'daily', 'weekly')),
  at timestamptz not null,
  check ((person_id is null) = (contact_hash is not null)),
  check ((contact_hash is null) = (contact_kind is null) and (contact_hash is null) = (contact_sealed is null) and (contact_hash is null) = (rhythm is null)),
  unique (person_id, topic_kind, topic),
  unique (contact_hash, topic_kind, topic)
);
create index subscriptions_of_topic on subscriptions (topic_kind, topic);

-- Whoever leaves a contact answers from it before anything is sent there: a code, good for an hour and five tries.
create table subscription_codes (
  id uuid primary key,
  contact_kind text not null check (contact_kind in ('mail', 'phone')),
  contact_sealed bytea not null,
  contact_hash bytea not null,
  topic_kind text check (topic_kind in ('place', 'sector', 'body', 'entry')),
  topic text check (length(topic) <= 64),
  rhythm text not null check (rhythm in ('each', 'daily', 'weekly')),
  language text not null check (language in ('ar', 'en', 'ku')),
  code_hash bytea not null,
  -- the plain code, sealed, until it has left
  code_sealed bytea,
  attempts int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((topic is null) = (topic_kind is null))
);
create index subscription_codes_created on subscription_codes (created_at);

grant select, insert, update, delete on notice_texts, subscriptions, subscription_codes to abwab_app;
