-- Words that a search treats as equal: loaded from the profile, changed in the browser. The first word stands for its group.
create table lexicon_groups (
  id uuid primary key,
  words text[] not null check (cardinality(words) between 2 and 40),
  changed_at timestamptz not null
);

-- Every change is a new version; texts carry the version with which they were indexed. The stamp tells apart a version that
-- was rolled back from the one that took its number.
create table lexicon_state (only_row boolean primary key default true check (only_row), version int not null, stamp uuid not null);
grant select, insert, update, delete on lexicon_groups, lexicon_state to abwab_app;

alter table entries add column lexicon_version int not null default 0;
create index entries_lexicon on entries (lexicon_version);

-- Commitments are searched as entries are: words over stems over skeletons, and letters for words that are misspelt.
alter table commitments add column search_norm text not null default '', add column search_vector tsvector not null default '', add column lexicon_version int not null default 0;
drop index commitments_search;
drop function search_fold(text);
create index commitments_search on commitments using gin (search_vector);
create index commitments_norm on commitments using gin (search_norm gin_trgm_ops);
create index commitments_lexicon on commitments (lexicon_version);

alter table organisations add column lexicon_version int not null default 0;
create index organisations_lexicon on organisations (lexicon_version);
