-- Short texts that have no index of words are found by their letters: one spelling for what people write in many.
-- As src/engines/text/normalise.ts, for the letters that matter in a short text.
create function search_fold(text) returns text language sql immutable strict parallel safe as $$
  select translate(lower(regexp_replace(normalize($1, NFC), '[\u064b-\u0655\u0670\u0640\u200c-\u200f]', '', 'g')),
    'أإآٱىیکگةۀەîêûşç٠١٢٣٤٥٦٧٨٩', 'ااااييككهههieusc0123456789')
$$;

create index commitments_search on commitments using gin (search_fold(what) gin_trgm_ops) where public;
