-- People: accounts, how they sign in, what they may do. Contacts and secrets live in tables of their own.
create table persons (
  id uuid primary key,
  created_at timestamptz not null,
  display_name text check (length(display_name) <= 120),
  language text not null default 'ar',
  verified text not null default 'none' check (verified in ('none', 'contact', 'desk')),
  demonstration boolean not null default false,
  -- when this person first signed in with two factors; the two-person rules begin with the second administrator who did
  two_factors_at timestamptz,
  ended_at timestamptz
);

create table person_contacts (
  id uuid primary key,
  person_id uuid not null references persons,
  kind text not null check (kind in ('mail', 'phone')),
  value text not null check (length(value) <= 254),
  value_hash bytea not null unique,
  verified_at timestamptz not null
);
create index person_contacts_of on person_contacts (person_id);

-- A role counts from its confirmation by a second person; the terminal's and a lone administrator's grants count at once.
create table person_roles (
  id uuid primary key,
  person_id uuid not null references persons,
  role text not null check (role in ('member', 'officer', 'head', 'coordinator', 'clerk', 'registry', 'moderator', 'auditor', 'administrator')),
  body_id uuid,
  granted_by uuid references persons,
  granted_at timestamptz not null,
  confirmed_by uuid references persons,
  confirmed_at timestamptz,
  ended_by uuid references persons,
  ended_at timestamptz,
  check (granted_by is null or granted_by <> person_id),
  check (confirmed_by is null or confirmed_by <> granted_by),
  check (confirmed_by is null or confirmed_by <> person_id)
);
create unique index person_roles_once on person_roles (person_id, role, coalesce(body_id, '00000000-0000-0000-0000-000000000000')) where ended_at is null;
create index person_roles_waiting on person_roles (granted_at) where confirmed_at is null and ended_at is null;
create index person_roles_held on person_roles (role, body_id) where ended_at is null;

-- One row: since when roles need two persons. It never goes back.
create table people_state (
  single boolean primary key default true check (single),
  two_persons_since timestamptz
);
insert into people_state default values;

-- `locks_at` ends the work of a sitting; until `expires_at` a member of staff may open it again with the second factor.
create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references persons,
  assurance text not null default 'one' check (assurance in ('one', 'two')),
  via text not null check (via in ('code', 'link', 'passkey', 'demonstration')),
  device text not null default '' check (length(device) <= 60),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  locks_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (locks_at <= expires_at)
);
create index sessions_of on sessions (person_id) where ended_at is null;
create index sessions_over on sessions (expires_at);

-- `code_sealed` is kept until the code has left the house.
create table sign_in_codes (
  id uuid primary key,
  contact_hash bytea not null,
  code_hash bytea not null,
  code_sealed bytea,
  contact_sealed bytea not null,
  contact_kind text not null check (contact_kind in ('mail', 'phone')),
  language text not null,
  -- the desk that handed it out, and whether papers were seen there
  issued_by uuid references persons,
  papers_seen boolean not null default false,
  attempts int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (issued_by is not null or not papers_seen)
);
create index sign_in_codes_of on sign_in_codes (contact_hash, created_at desc);
create index sign_in_codes_over on sign_in_codes (expires_at);

create table sign_in_links (
  id uuid primary key,
  token_hash bytea not null unique,
  -- a demonstration's links are shown on a page, so their tokens can be read again; no other link has one
  token_sealed bytea,
  person_id uuid not null references persons,
  created_by uuid references persons,
  reusable boolean not null default false,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (reusable = (token_sealed is not null))
);
create index sign_in_links_of on sign_in_links (person_id);

create table second_factors (
  person_id uuid primary key references persons,
  secret_sealed bytea not null,
  confirmed_at timestamptz not null,
  -- the last time step that was used: a code is good once
  last_step bigint not null
);

create table recovery_codes (
  person_id uuid not null references persons,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

create table passkeys (
  id uuid primary key,
  person_id uuid not null references persons,
  credential_id bytea not null unique,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  name text not null default '' check (length(name) <= 60),
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_of on passkeys (person_id);

-- Challenges carry their own proof; here are those that were used, until they would be over anyway.
create table passkey_challenges (
  challenge text primary key check (length(challenge) <= 100),
  expires_at timestamptz not null
);

create table rate_limits (
  bucket text not null,
  key_hash bytea not null,
  window_start timestamptz not null,
  count int not null,
  primary key (bucket, key_hash, window_start)
);
create index rate_limits_over on rate_limits (window_start);

grant select, insert, update, delete on persons, person_contacts, person_roles, sessions, sign_in_codes, sign_in_links,
  second_factors, recovery_codes, passkeys, passkey_challenges, rate_limits to abwab_app;
grant select, update on people_state to abwab_app;
