-- Public lists are read, and counted up to a thousand, from an index that holds their whole gate: what was joined or withdrawn is not in it.
drop index entries_public, entries_public_kind, entries_public_place;
create index entries_public on entries (submitted_at desc, id desc) where published_at is not null and state not in ('joined', 'withdrawn');
create index entries_public_kind on entries (kind, submitted_at desc, id desc) where published_at is not null and state not in ('joined', 'withdrawn');
create index entries_public_place on entries (place, submitted_at desc) where published_at is not null and state not in ('joined', 'withdrawn');

-- The most supported are read in their order.
create index entry_tallies_supports on entry_tallies (supports desc, entry_id desc);
