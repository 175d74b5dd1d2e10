-- Whoever erases their account while another of their requests is under way leaves nothing behind: what that request writes waits for the
-- account's row, and is refused when it has ended meanwhile. What the ending itself writes is its own.
create function refuse_ended_account() returns trigger language plpgsql as $$
declare person uuid := case tg_table_name when 'acts' then (to_jsonb(new) ->> 'actor_person')::uuid else (to_jsonb(new) ->> 'person_id')::uuid end;
begin
  if person is null then return new; end if;
  perform 1 from persons p where p.id = person and (p.ended_at is null or p.xmin = pg_current_xact_id()::xid) for key share;
  if found then return new; end if;
  -- Acts that come back from the public record, and staff of former times, name nobody who could have written them now.
  if not exists (select 1 from persons p where p.id = person) then return new; end if;
  raise exception 'this account has ended' using errcode = 'AB410';
end $$;

create trigger acts_of_ended before insert on acts for each row when (new.actor_person is not null) execute function refuse_ended_account();
create trigger supports_of_ended before insert on supports for each row execute function refuse_ended_account();
create trigger follows_of_ended before insert on follows for each row execute function refuse_ended_account();
create trigger comments_of_ended before insert on comments for each row when (new.person_id is not null) execute function refuse_ended_account();
create trigger entry_submitters_of_ended before insert on entry_submitters for each row when (new.person_id is not null) execute function refuse_ended_account();
create trigger subscriptions_of_ended before insert on subscriptions for each row when (new.person_id is not null) execute function refuse_ended_account();
create trigger notice_settings_of_ended before insert on notice_settings for each row execute function refuse_ended_account();
create trigger organisation_members_of_ended before insert on organisation_members for each row execute function refuse_ended_account();
create trigger sessions_of_ended before insert on sessions for each row execute function refuse_ended_account();
create trigger person_contacts_of_ended before insert on person_contacts for each row execute function refuse_ended_account();
