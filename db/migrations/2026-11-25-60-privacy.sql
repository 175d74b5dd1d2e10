-- What a program called its sender is forgotten when the matter is over.
grant update (account) on program_requests to abwab_app;
