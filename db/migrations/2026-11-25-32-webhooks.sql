-- Programs of others that want to hear of public acts: where to, sealed secrets, and every try to tell them.
create table hooks (
  id uuid primary key,
  name text not null check (length(name) between 2 and 120),
  url text not null check (length(url) <= 500 and url like 'https://%'),
  -- needed again for every signature, so it is sealed and not hashed
  secret_sealed bytea not null,
  -- the first words of the acts that it wants to hear of; none: all
  topics text[] not null default '{}',
  made_at timestamptz not null,
  made_by uuid not null references persons,
  ended_at timestamptz,
  ended_by uuid references persons,
  check ((ended_at is null) = (ended_by is null))
);
create table hook_deliveries (
  id uuid primary key default gen_random_uuid(),
  hook_id uuid not null references hooks,
  act_id uuid not null references acts,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  next_at timestamptz not null,
  -- one worker at a time; given back by the clock when a worker dies
  held_until timestamptz,
  made_at timestamptz not null,
  settled_at timestamptz,
  unique (hook_id, act_id),
  check ((state = 'waiting') = (settled_at is null))
);
create index hook_deliveries_due on hook_deliveries (next_at) where state = 'waiting';
create index hook_deliveries_of_hook on hook_deliveries (hook_id, made_at desc);
create table hook_attempts (
  delivery_id uuid not null references hook_deliveries on delete cascade,
  number int not null,
  at timestamptz not null,
  -- what the other side answered, or why nothing was answered
  status int,
  problem text check (problem in ('no-address', 'own-network', 'unreachable', 'too-slow', 'refused', 'redirected', 'gone')),
  milliseconds int not null,
  primary key (delivery_id, number)
);
grant select, insert, update on hooks to abwab_app;
grant select, insert, update, delete on hook_deliveries to abwab_app;
grant select, insert, delete on hook_attempts to abwab_app;

-- The outbox is filled where the act is written, in its transaction: no act without its delivery, no delivery without its act.
create function tell_hooks() returns trigger language plpgsql as $$
begin
  insert into hook_deliveries (hook_id, act_id, next_at, made_at)
    select h.id, new.id, new.at, new.at from hooks h where h.ended_at is null and (cardinality(h.topics) = 0 or split_part(new.kind, '.', 1) = any (h.topics));
  return null;
end $$;
create trigger acts_tell_hooks after insert on acts for each row when (new.public) execute function tell_hooks();
