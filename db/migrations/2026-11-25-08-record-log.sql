-- Where the published record stands: the lock of publication, compared and swapped between signing and publishing.
create table record_log (
  one boolean primary key default true check (one),
  vkey text not null,
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  -- when the checkpoint of this size was signed
  signed_at timestamptz not null,
  -- one publisher at a time
  leased_until timestamptz,
  -- what keeps the record from going on, and since when
  fault text check (fault in ('behind', 'signer-away', 'signer-refuses', 'changed', 'files', 'other-key')),
  fault_at_index bigint,
  fault_since timestamptz,
  -- when every stored leaf was last compared with what is published
  checked_at timestamptz
);
create function refuse_shrinking() returns trigger language plpgsql as $$
begin
  if new.size < old.size then
    raise exception 'the record does not shrink: % after %', new.size, old.size using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger record_log_grows before update on record_log for each row execute function refuse_shrinking();
create trigger record_log_stays before delete on record_log for each row execute function refuse_change();
create trigger record_log_stays_whole before truncate on record_log for each statement execute function refuse_change();
grant select, insert, update on record_log to abwab_app;
