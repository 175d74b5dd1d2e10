-- Sentences of the site in the governorate's own words. Each change is a row of its own and none is written over: what was said before
-- stays to be read and brought back. Null: from then on the words that the program brings.
create table site_texts (
  key text not null check (key ~ '^[a-z0-9.-]{1,80}$'),
  language text not null check (language in ('ar', 'en', 'ku')),
  version int not null check (version > 0),
  text text check (length(text) between 1 and 2000),
  written_by uuid references persons,
  written_at timestamptz not null,
  primary key (key, language, version)
);
create index site_texts_written_by on site_texts (written_by) where written_by is not null;
grant select, insert on site_texts to abwab_app;
