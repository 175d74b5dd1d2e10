-- When a code really left, and when each checkpoint was published: what the house promises of itself is computed from these. Both for two days.
alter table sign_in_codes add column sent_at timestamptz;
grant update (sent_at) on sign_in_codes to abwab_app;

create table record_seals (size bigint primary key, at timestamptz not null);
create index record_seals_at on record_seals (at);
grant select, insert, delete on record_seals to abwab_app;
