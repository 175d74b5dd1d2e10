import { sql } from 'kysely';
import type { Ctx } from '../../../context.ts';
import type { EntryLine } from '../../views.ts';
import { voterHash } from '../confirm-entry.ts';
import { selectLines, toLine } from './lines.ts';

const MOST = 100;

/** What the signed-in person sent, newest first; complaints are never tied to an account and are not here. */
export async function myEntries(ctx: Ctx): Promise<EntryLine[]> {
  if (ctx.actor.kind !== 'person') return [];
  const rows = await selectLines(ctx).innerJoin('entrySubmitters as s', 's.entryId', 'e.id').where('s.personId', '=', ctx.actor.id)
    .orderBy('e.submittedAt', 'desc').limit(MOST).execute();
  return rows.map((row) => toLine(ctx, row));
}

/** What the signed-in person follows, newest first. */
export async function followedEntries(ctx: Ctx): Promise<EntryLine[]> {
  if (ctx.actor.kind !== 'person') return [];
  const rows = await selectLines(ctx).innerJoin('follows as f', 'f.entryId', 'e.id').where('f.personId', '=', ctx.actor.id)
    .where('e.publishedAt', 'is not', null).where('e.state', '!=', 'withdrawn').orderBy('f.at', 'desc').limit(MOST).execute();
  return rows.map((row) => toLine(ctx, row));
}

/** Entries that the signed-in person sent, supports or follows, and about which they have not said yet whether it was done. */
export async function entriesAsking(ctx: Ctx): Promise<{ number: string; title: string }[]> {
  if (ctx.actor.kind !== 'person') return [];
  const me = ctx.actor.id;
  const rows = await ctx.db.selectFrom('entries as e').leftJoin('entrySubmitters as s', 's.entryId', 'e.id')
    .select(['e.id', 'e.number', 'e.title']).select((eb) => eb('s.personId', '=', me).as('sent'))
    .where((eb) => eb.exists(eb.selectFrom('commitments as c').select('c.id').whereRef('c.subjectId', '=', 'e.id').where('c.state', '=', 'done')))
    .where((eb) => eb.or([
      eb('s.personId', '=', me),
      eb.and([eb('e.publishedAt', 'is not', null), eb('e.confidential', '=', false), eb.or([
        eb('e.id', 'in', eb.selectFrom('supports').select('entryId').where('personId', '=', me)), eb('e.id', 'in', eb.selectFrom('follows').select('entryId').where('personId', '=', me)),
      ])]),
    ])).orderBy('e.answeredAt', 'desc').limit(MOST).execute();
  const open = await withoutVoice(ctx, rows.map((row) => ({ id: row.id, hash: voterHash(ctx, row.id, row.sent ? 'sender' : me) })));
  return rows.filter((row) => open.has(row.id)).map(({ number, title }) => ({ number, title }));
}

/** Those with a commitment that says it is done and has no voice of this person in its round. */
async function withoutVoice(ctx: Ctx, entries: readonly { id: string; hash: Buffer }[]): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const rows = await ctx.db.selectFrom('commitments as c')
    .leftJoin('confirmations as v', (join) => join.onRef('v.commitmentId', '=', 'c.id').onRef('v.round', '=', 'c.round').on('v.voterHash', 'in', entries.map((it) => it.hash)))
    .select('c.subjectId').distinct().where('c.subjectId', 'in', entries.map((it) => it.id)).where('c.state', '=', 'done').where('v.commitmentId', 'is', null).execute();
  return new Set(rows.map((row) => row.subjectId));
}

/** Whether the signed-in person supports and follows an entry. */
export async function myMarks(ctx: Ctx, input: { number: string }): Promise<{ supports: boolean; follows: boolean }> {
  if (ctx.actor.kind !== 'person') return { supports: false, follows: false };
  const row = await ctx.db.selectFrom('entries as e')
    .leftJoin('supports as s', (join) => join.onRef('s.entryId', '=', 'e.id').on('s.personId', '=', personOf(ctx)))
    .leftJoin('follows as f', (join) => join.onRef('f.entryId', '=', 'e.id').on('f.personId', '=', personOf(ctx)))
    .select(['s.personId as supporter', 'f.personId as follower']).where('e.number', '=', input.number).executeTakeFirst();
  return { supports: row?.supporter != null, follows: row?.follower != null };
}

const personOf = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : '');

export type Sender = { entry: { id: string; number: string }; personId: string | null; contactKind: 'mail' | 'phone' | null; contact: string | null; language: string };
export type Concerned = { /** of the entry, and of those joined to it, each with the number that they know */ senders: Sender[]; supporters: string[]; followers: string[] };

/** Whom news of an entry concerns, those included who moved along when it was joined to another: for notices only, never for a page. */
export async function peopleConcerned(ctx: Ctx, entryId: string): Promise<Concerned> {
  const joined = sql<string>`(with recursive family as (select ${entryId}::uuid as id union select e.id from entries e join family f on e.joined_to = f.id) select id from family)`;
  const rows = await ctx.db.selectFrom('entrySubmitters as s').innerJoin('entries as e', 'e.id', 's.entryId')
    .select(['e.id', 'e.number', 's.personId', 's.contactKind', 's.contact', 'e.language']).where('s.entryId', 'in', joined).execute();
  const supporters = await ctx.db.selectFrom('supports').select('personId').where((eb) => eb.or([eb('entryId', '=', entryId), eb('movedFrom', '=', entryId)])).execute();
  const followers = await ctx.db.selectFrom('follows').select('personId').where((eb) => eb.or([eb('entryId', '=', entryId), eb('movedFrom', '=', entryId)])).execute();
  return {
    senders: rows.map(({ id, number, ...row }) => ({ entry: { id, number }, ...row })),
    supporters: supporters.map((it) => it.personId), followers: followers.map((it) => it.personId),
  };
}
