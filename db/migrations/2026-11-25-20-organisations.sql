-- Organisations of the community: who they are, what they do where, who speaks for them, and who has verified them.
create table organisations (
  id uuid primary key,
  number text not null unique,
  -- listed: brought in complete and not verified yet; everything before that is nobody's but theirs and the registry's
  state text not null check (state in ('draft', 'submitted', 'returned', 'refused', 'listed', 'verified', 'suspended')),
  kind text check (kind in ('association', 'cultural', 'union', 'committee', 'university', 'company', 'donor', 'international', 'figure')),
  name_ar text not null default '' check (length(name_ar) <= 160),
  name_en text not null default '' check (length(name_en) <= 160),
  name_ku text not null default '' check (length(name_ku) <= 160),
  about text not null default '' check (length(about) <= 2000),
  sectors text[] not null default '{}' check (cardinality(sectors) <= 40),
  places text[] not null default '{}' check (cardinality(places) <= 60),
  services text[] not null default '{}' check (cardinality(services) <= 20),
  expertise text[] not null default '{}' check (cardinality(expertise) <= 20),
  staff int check (staff between 0 and 1000000),
  volunteers int check (volunteers between 0 and 1000000),
  -- within how many working days it answers whoever writes to it
  answer_days int check (answer_days between 1 and 60),
  licence_number text not null default '' check (length(licence_number) <= 60),
  licence_by text not null default '' check (length(licence_by) <= 160),
  licence_until date,
  -- a public figure agreed to be named here
  consented_at timestamptz,
  -- until when the verification holds; what is past is computed, never stored
  verified_until date,
  -- why it was returned, refused or suspended, and what it says against that
  reason text not null default '' check (length(reason) <= 1000),
  objection text not null default '' check (length(objection) <= 1000),
  -- a verified one that asks for its papers to be looked at again
  renewal_at timestamptz,
  source text,
  external_id text check (length(external_id) <= 200),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  submitted_at timestamptz,
  version int not null default 1,
  search_norm text not null default '',
  search_vector tsvector not null default '',
  check ((source is null) = (external_id is null)),
  check (state <> 'verified' or verified_until is not null),
  check (state not in ('listed', 'verified', 'suspended', 'submitted') or (kind is not null and name_ar <> '')),
  -- nobody is named as a public figure without having agreed
  check (kind <> 'figure' or state not in ('listed', 'verified', 'suspended', 'submitted') or consented_at is not null)
);
create unique index organisations_imported on organisations (source, external_id) where source is not null;
create index organisations_public on organisations (name_ar, id) where state in ('listed', 'verified', 'suspended');
create index organisations_queue on organisations (state, submitted_at);
create index organisations_search on organisations using gin (search_vector);
create index organisations_norm on organisations using gin (search_norm gin_trgm_ops);
create index organisations_places on organisations using gin (places);
create index organisations_sectors on organisations using gin (sectors);
create index organisations_licence on organisations (licence_until) where licence_until is not null;

-- How to reach it. What is not public is read by its members and the registry alone.
create table organisation_contacts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('phone', 'mail', 'web', 'address')),
  value text not null check (length(value) between 1 and 254),
  public boolean not null,
  position int not null check (position between 1 and 8),
  unique (organisation_id, position)
);

-- Papers: each is the owner of its file.
create table organisation_documents (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('licence', 'statute', 'board', 'signatories', 'accounts', 'safeguarding', 'other')),
  public boolean not null default false,
  added_at timestamptz not null,
  position int not null check (position between 1 and 12),
  unique (organisation_id, position)
);

-- Who speaks for it; `name` as the organisation knows them.
create table organisation_members (
  organisation_id uuid not null references organisations,
  person_id uuid not null references persons,
  roles text[] not null check (cardinality(roles) >= 1 and roles <@ array['owner', 'editor', 'signatory']),
  name text not null check (length(name) <= 120),
  since timestamptz not null,
  ended_at timestamptz,
  primary key (organisation_id, person_id)
);
create index organisation_members_of on organisation_members (person_id) where ended_at is null;

create table organisation_invitations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  roles text[] not null check (cardinality(roles) >= 1 and roles <@ array['owner', 'editor', 'signatory']),
  name text not null check (length(name) <= 120),
  token_hash bytea not null unique,
  created_by uuid not null references persons,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- used or taken back
  ended_at timestamptz
);
create index organisation_invitations_of on organisation_invitations (organisation_id) where ended_at is null;

-- What the registry decides takes two persons; one decision at a time.
create table organisation_decisions (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('verify', 'refuse', 'suspend', 'reinstate', 'renew', 'uphold')),
  reason text not null check (length(reason) between 1 and 1000),
  until date,
  proposed_by uuid not null references persons,
  proposed_at timestamptz not null,
  decided_by uuid references persons,
  decided_at timestamptz,
  outcome text not null default 'open' check (outcome in ('open', 'confirmed', 'declined', 'withdrawn')),
  check ((outcome = 'open') = (decided_at is null)),
  check (outcome in ('open', 'withdrawn') or decided_by <> proposed_by),
  check ((kind in ('verify', 'renew', 'reinstate')) = (until is not null))
);
create unique index organisation_decisions_open on organisation_decisions (organisation_id) where outcome = 'open';
create index organisation_decisions_of on organisation_decisions (organisation_id, proposed_at desc);

-- Who does what where: one row an activity of an organisation in one sector and place.
create table organisation_activities (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  sector text not null references sectors,
  place text not null references places,
  -- the exact place is shown to nobody outside; its district is
  coarse boolean not null default false,
  what text not null check (length(what) between 1 and 200),
  state text not null check (state in ('planned', 'ongoing', 'done')),
  starts date,
  ends date,
  -- people: fewer than the profile's least number are not told
  targeted int check (targeted between 0 and 100000000),
  reached int check (reached between 0 and 100000000),
  confirmed_at timestamptz not null,
  -- of an import, so that the same row comes in once
  once_key text,
  check (starts is null or ends is null or starts <= ends),
  unique (organisation_id, once_key)
);
create index organisation_activities_where on organisation_activities (place, sector);

-- Commitments of bodies in which an organisation takes part: named by the body, agreed to by the organisation.
create table organisation_parts (
  organisation_id uuid not null references organisations,
  commitment_id uuid not null references commitments,
  named_at timestamptz not null,
  agreed_at timestamptz,
  primary key (organisation_id, commitment_id)
);
create index organisation_parts_of on organisation_parts (commitment_id);

alter table attachments drop constraint attachments_owner_kind_check,
  add constraint attachments_owner_kind_check check (owner_kind in ('draft', 'entry', 'commitment', 'confirmation', 'document'));

grant select, insert, update, delete on organisations, organisation_contacts, organisation_documents, organisation_members, organisation_invitations,
  organisation_decisions, organisation_activities, organisation_parts to abwab_app;
