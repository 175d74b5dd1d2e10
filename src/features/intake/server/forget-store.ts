/** What the keeping of terms and the erasing of a person touch. */
import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';

/** Over and untouched since a moment; one that was joined to another is over with that one. */
const over = (before: Date) => sql<boolean>`(select bool_and(x.state in ('closed', 'confirmed', 'unconfirmed', 'elsewhere', 'withdrawn') and x.changed_at < ${before}) from entries x where x.id = coalesce(e.joined_to, e.id))`;

/** Contacts of senders, and their names where nobody reads them, once the matter is over; returns how many. */
export async function forgetSendersOver(ctx: Ctx, before: Date, most: number): Promise<number> {
  const { rows } = await sql<{ entryId: string }>`update entry_submitters s set contact = null, contact_kind = null, name = case when e.named and e.published_at is not null and not e.confidential then s.name else '' end
    from entries e where e.id = s.entry_id and s.entry_id in (select s.entry_id from entry_submitters s join entries e on e.id = s.entry_id
      where (s.contact is not null or (s.name <> '' and not (e.named and e.published_at is not null and not e.confidential))) and ${over(before)} limit ${most} for update of s skip locked)
    returning s.entry_id`.execute(ctx.db);
  return rows.length;
}

/** Complaints that are over and still say what they said. */
export async function complaintsOver(ctx: Ctx, before: Date, most: number): Promise<{ id: string; language: string }[]> {
  const { rows } = await sql<{ id: string; language: string }>`select e.id, e.language from entries e where e.kind = 'complaint' and e.text <> '' and ${over(before)} order by e.changed_at limit ${most} for update of e skip locked`.execute(ctx.db);
  return rows;
}

/** The words go, and what searches found them by; `title` says in their place that they are gone. */
export async function saveErased(ctx: Ctx, entryId: string, title: string): Promise<void> {
  await ctx.db.updateTable('entries').set({ title, text: '', placeWords: '', served: '', servedCount: null, extensionReason: null, searchNorm: '', searchVector: '' }).where('id', '=', entryId).execute();
  await ctx.db.deleteFrom('entryMessages').where('entryId', '=', entryId).execute();
  await ctx.db.deleteFrom('entryPoints').where('entryId', '=', entryId).execute();
  await ctx.db.updateTable('entrySubmitters').set({ name: '', contact: null, contactKind: null, personId: null }).where('entryId', '=', entryId).execute();
}

export async function entriesOfPerson(ctx: Ctx, person: string): Promise<{ id: string; language: string }[]> {
  return ctx.db.selectFrom('entries as e').innerJoin('entrySubmitters as s', 's.entryId', 'e.id').select(['e.id', 'e.language']).where('s.personId', '=', person).orderBy('e.id').execute();
}

/** Entries about whose commitments this person has said whether they were done. */
export async function voicedEntries(ctx: Ctx, person: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('acts as a').innerJoin('commitments as c', 'c.id', 'a.subjectId').select('c.subjectId').distinct().where('a.actorPerson', '=', person).where('a.kind', '=', 'commitment.voiced').execute();
  return rows.map((row) => row.subjectId);
}

export async function supportsOfPerson(ctx: Ctx, person: string): Promise<string[]> {
  return (await ctx.db.selectFrom('supports').select('entryId').where('personId', '=', person).orderBy('entryId').execute()).map((row) => row.entryId);
}

export async function followsOfPerson(ctx: Ctx, person: string): Promise<string[]> {
  return (await ctx.db.selectFrom('follows').select('entryId').where('personId', '=', person).orderBy('entryId').execute()).map((row) => row.entryId);
}

/** Nothing says any more whose account it was. */
export async function cutTies(ctx: Ctx, entryId: string): Promise<void> {
  await ctx.db.updateTable('entrySubmitters').set({ personId: null }).where('entryId', '=', entryId).execute();
}

/** Entries of which the record says that they were withdrawn or erased, and that still have words. */
export async function withdrawnSince(ctx: Ctx): Promise<{ id: string; withdrawn: boolean }[]> {
  const { rows } = await sql<{ id: string; withdrawn: boolean }>`select e.id, bool_or(a.kind = 'entry.withdrawn') as withdrawn from entries e join acts a on a.subject_id = e.id and a.kind in ('entry.withdrawn', 'entry.erased')
    where e.search_norm <> '' group by e.id order by e.id`.execute(ctx.db);
  return rows;
}
