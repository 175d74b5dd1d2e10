/** What moves along when two entries become one. `moved_from` names the entry that a support was first given to. */
import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { EntryId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Entry } from '../model.ts';
import { lockEntry } from './store.ts';

/** Both, held in one order, so that two joins crossing each other wait instead of blocking each other. */
export async function lockBoth(ctx: Ctx, a: EntryId, b: EntryId): Promise<[Entry, Entry]> {
  const first = await lockEntry(ctx, a < b ? a : b);
  const second = a === b ? first : await lockEntry(ctx, a < b ? b : a);
  return a < b ? [first, second] : [second, first];
}

export async function idOf(ctx: Ctx, number: string, field: string): Promise<EntryId> {
  const row = await ctx.db.selectFrom('entries').select('id').where('number', '=', number).executeTakeFirst();
  return row ? (row.id as EntryId) : refuse({ because: 'invalid', fields: { [field]: 'unknown' } });
}

type Moved = { supports: number; follows: number };

/** Whoever already supports or follows the other one keeps a single voice there; the rest moves. */
export async function moveAlong(ctx: Ctx, from: EntryId, to: EntryId): Promise<Moved> {
  const supports = await sql`update supports s set entry_id = ${to}, moved_from = coalesce(s.moved_from, ${from}::uuid)
    where s.entry_id = ${from} and not exists (select 1 from supports o where o.entry_id = ${to} and o.person_id = s.person_id) returning 1`.execute(ctx.db);
  const follows = await sql`update follows f set entry_id = ${to}, moved_from = coalesce(f.moved_from, ${from}::uuid)
    where f.entry_id = ${from} and not exists (select 1 from follows o where o.entry_id = ${to} and o.person_id = f.person_id) returning 1`.execute(ctx.db);
  // The sender hears what becomes of the other one.
  await sql`insert into follows (entry_id, person_id, at, moved_from) select ${to}::uuid, person_id, ${ctx.now}, ${from}::uuid from entry_submitters
    where entry_id = ${from} and person_id is not null on conflict do nothing`.execute(ctx.db);
  await recount(ctx, [from, to]);
  return { supports: supports.rows.length, follows: follows.rows.length };
}

/** Gives back what came with this entry and with all that had been joined to it before. */
export async function moveBack(ctx: Ctx, entry: EntryId, from: EntryId): Promise<Moved> {
  const family = sql`with recursive family as (select ${entry}::uuid as id union select e.id from entries e join family f on e.joined_to = f.id)`;
  const supports = await sql`${family} update supports s set entry_id = ${entry}, moved_from = nullif(s.moved_from, ${entry}::uuid)
    where s.entry_id = ${from} and s.moved_from in (select id from family) and not exists (select 1 from supports o where o.entry_id = ${entry} and o.person_id = s.person_id) returning 1`.execute(ctx.db);
  const follows = await sql`${family} update follows s set entry_id = ${entry}, moved_from = nullif(s.moved_from, ${entry}::uuid)
    where s.entry_id = ${from} and s.moved_from in (select id from family) and not exists (select 1 from follows o where o.entry_id = ${entry} and o.person_id = s.person_id) returning 1`.execute(ctx.db);
  await recount(ctx, [entry, from]);
  return { supports: supports.rows.length, follows: follows.rows.length };
}

async function recount(ctx: Ctx, ids: readonly EntryId[]): Promise<void> {
  await sql`update entry_tallies t set supports = (select count(*) from supports s where s.entry_id = t.entry_id) where t.entry_id in (${sql.join(ids)})`.execute(ctx.db);
}

/** Where a joined entry's supports are now: joins may have followed on joins. */
export async function rootOf(ctx: Ctx, entry: EntryId): Promise<EntryId> {
  const { rows } = await sql<{ id: EntryId }>`with recursive up as (select id, joined_to, 0 as n from entries where id = ${entry}
    union all select e.id, e.joined_to, up.n + 1 from entries e join up on e.id = up.joined_to where up.n < 50) select id from up order by n desc limit 1`.execute(ctx.db);
  return rows[0]!.id;
}
