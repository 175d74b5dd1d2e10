-- Places, sectors, the calendar and the bodies of the governorate: loaded from the profile, changed in the browser.
create table places (
  pcode text primary key check (length(pcode) <= 20),
  level text not null check (level in ('governorate', 'district', 'subdistrict', 'neighbourhood', 'community')),
  parent text references places,
  -- the codes from the governorate down to this place, itself included
  path text[] not null,
  name_ar text not null check (length(name_ar) <= 120),
  name_en text not null default '',
  name_ku text not null default '',
  lon double precision,
  lat double precision,
  census_population int,
  area_km2 double precision,
  search_norm text not null default '',
  active boolean not null default true
);
create index places_path on places using gin (path);
create index places_parent on places (parent);
create index places_search on places using gin (search_norm gin_trgm_ops);

create table place_shapes (pcode text primary key references places, geometry jsonb not null);

create table sectors (
  code text primary key,
  parent text references sectors,
  name_ar text not null,
  name_en text not null,
  name_ku text not null,
  position int not null
);

create table holidays (
  day date not null,
  -- which holiday of the law, so that all days of a feast move together; one that is added in the browser is `added`
  code text not null default 'added' check (code ~ '^[a-z0-9-]{2,40}$'),
  name_ar text not null check (length(name_ar) <= 120),
  name_en text not null default '',
  name_ku text not null default '',
  -- hangs on the moon, and nobody has confirmed the day yet
  expected boolean not null default false,
  primary key (day, code)
);

create table calendar_settings (only_row boolean primary key default true check (only_row), weekend int[] not null);

create table bodies (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{2,60}$'),
  kind text not null,
  name_ar text not null check (length(name_ar) <= 160),
  name_en text not null default '',
  name_ku text not null default '',
  sectors text[] not null default '{}',
  phone text not null default '',
  active boolean not null default true
);
alter table person_roles add foreign key (body_id) references bodies;

-- What an administrator sets in the browser: who runs the site, its rules, whether it is open.
create table site_settings (name text primary key, value jsonb not null);

grant select, insert, update, delete on places, place_shapes, sectors, holidays, calendar_settings, bodies, site_settings to abwab_app;
