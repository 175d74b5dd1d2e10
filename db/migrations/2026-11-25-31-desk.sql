-- The desk: where clerks sit, numbers given out beforehand, sheets of paper, hearings, and what was taken where.
create table desk_seats (
  person_id uuid primary key references persons,
  body_id uuid not null references bodies,
  -- on what its receipts are printed
  paper text not null default 'a5' check (paper in ('a5', 'roll')),
  since timestamptz not null
);

-- Numbers given out before their entries exist: to a device that may lose its network, or to printed sheets.
create table desk_blocks (
  id uuid primary key,
  purpose text not null check (purpose in ('counter', 'sheets')),
  body_id uuid not null references bodies,
  reserved_by uuid not null references persons,
  reserved_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > reserved_at),
  -- what the device writes for this block, this key alone opens
  key_sealed bytea,
  language text not null default 'ar',
  check ((purpose = 'counter') = (key_sealed is not null))
);
create index desk_blocks_of on desk_blocks (body_id, reserved_at desc);

-- One row a number: it belongs to one block, and to one entry for good.
create table desk_numbers (
  number text primary key,
  block_id uuid not null references desk_blocks,
  state text not null check (state in ('free', 'used', 'returned')),
  entry_id uuid unique references entries,
  check ((state = 'used') = (entry_id is not null))
);
create index desk_numbers_of on desk_numbers (block_id, number);
create index desk_numbers_returned on desk_numbers (number) where state = 'returned';
-- A number that stands on a receipt is never given to another.
create function refuse_number_again() returns trigger language plpgsql as $$
begin
  if old.state = 'used' then raise exception 'a number that was used stays where it is' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger desk_numbers_stay before update on desk_numbers for each row execute function refuse_number_again();

-- A printed sheet: the entry that it will be, and the private key on its stub. The key can be read for a day, to be printed.
create table desk_sheets (
  number text primary key references desk_numbers,
  entry_id uuid not null unique,
  key_hash bytea not null,
  key_sealed bytea not null
);

create table desk_hearings (
  id uuid primary key,
  title text not null check (length(title) between 1 and 300),
  held_on date not null,
  place_words text not null check (length(place_words) between 1 and 300),
  attended int check (attended between 1 and 100000),
  body_id uuid not null references bodies,
  made_by uuid not null references persons,
  made_at timestamptz not null
);
create index desk_hearings_latest on desk_hearings (held_on desc, id);

create table desk_entries (
  entry_id uuid primary key references entries,
  body_id uuid not null references bodies,
  hearing_id uuid references desk_hearings,
  -- how many said the same at the hearing; nobody is named
  speakers int check (speakers between 1 and 100000),
  check (hearing_id is not null or speakers is null)
);
create index desk_entries_of_hearing on desk_entries (hearing_id) where hearing_id is not null;

alter table attachments drop constraint attachments_owner_kind_check;
alter table attachments add constraint attachments_owner_kind_check check (owner_kind in ('draft', 'entry', 'commitment', 'confirmation', 'document', 'sheet'));
alter table attachments add constraint attachments_sheets_private check (owner_kind <> 'sheet' or not public);

grant select, insert, update on desk_seats, desk_numbers, desk_sheets to abwab_app;
grant select, insert on desk_blocks, desk_hearings, desk_entries to abwab_app;
