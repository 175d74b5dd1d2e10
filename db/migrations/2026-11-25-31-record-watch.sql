-- Those who watch the record, as its policy names them: what each has seen, and what keeps it from seeing more.
create table record_witnesses (
  name text primary key,
  vkey text not null,
  -- their order in the policy
  place integer not null,
  size bigint check (size >= 0),
  cosigned_at timestamptz,
  problem text check (problem in ('away', 'refuses', 'stranger', 'ahead', 'false')),
  problem_since timestamptz,
  check ((size is null) = (cosigned_at is null)),
  check ((problem is null) = (problem_since is null))
);
grant select, insert, update, delete on record_witnesses to abwab_app;

-- The newest seal that enough of them have seen, and the key that comes after the one in force.
alter table record_log add column witnessed_size bigint, add column witnessed_at timestamptz, add column next_vkey text;
