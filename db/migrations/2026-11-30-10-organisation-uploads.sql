-- A table of organisations that somebody of the registry has sent and not yet taken in: its rows as they were read, for a day.
create table organisation_uploads (
  id uuid primary key,
  uploaded_by uuid not null references persons,
  made_at timestamptz not null,
  rows jsonb not null check (octet_length(rows::text) <= 16777216)
);
grant select, insert, delete on organisation_uploads to abwab_app;
