-- Programs of others that hand in entries (Open311 GeoReport v2): their keys, and what each handed in.
create table api_keys (
  id uuid primary key,
  -- which program, and who runs it
  name text not null check (length(name) between 2 and 120),
  -- whom to write to when the program does harm; shown to administrators alone
  contact text not null check (length(contact) between 3 and 254),
  -- the key itself is shown once and kept nowhere
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  -- its last characters, so that its owner can tell one key from another
  ending text not null check (length(ending) = 4),
  per_hour int not null check (per_hour between 1 and 10000),
  issued_at timestamptz not null,
  issued_by uuid not null references persons,
  ended_at timestamptz,
  ended_by uuid references persons,
  check ((ended_at is null) = (ended_by is null))
);
create table program_requests (
  entry_id uuid primary key references entries,
  key_id uuid not null references api_keys,
  -- another name of the request, for programs that ask for it by token
  token uuid not null unique,
  -- the sender's name in the program that handed it in; never shown
  account text not null default '' check (length(account) <= 120),
  at timestamptz not null
);
create index program_requests_key on program_requests (key_id, at);
grant select, insert, update on api_keys to abwab_app;
grant select, insert on program_requests to abwab_app;

-- The sender of an exact point may agree to its being shown; nobody else's is.
alter table entry_points add column shown boolean not null default false;
