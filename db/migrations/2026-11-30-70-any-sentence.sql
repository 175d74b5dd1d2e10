-- Every sentence of the program may be worded by the governorate; some keys have capital letters and lines beneath.
alter table site_texts drop constraint site_texts_key_check, add constraint site_texts_key_check check (key ~ '^[A-Za-z0-9._-]{1,80}$');
