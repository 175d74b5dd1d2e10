import { timingSafeEqual } from 'node:crypto';
import { refuse } from '#kernel/refusal.ts';
import { shownCount } from '#kernel/small-numbers.ts';
import { parseReference } from '#kernel/reference-number.ts';
import type { PersonId } from '#kernel/ids.ts';
import { prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../../context.ts';
import { isPerson, isVisible, maySeeEntry, mayWorkOn, type Relation } from '../../access.ts';
import type { Entry } from '../../model.ts';
import { isLive } from '../../rules.ts';
import type { EntryView, MessageView, SenderView } from '../../views.ts';
import { readKey } from '../../follow-up-key.ts';
import { loadEntry, loadEntryByNumber } from '../store.ts';
import { keyHash } from '../submit-entry.ts';
import { selectLines, toLine } from './lines.ts';

/** A number as somebody typed it, with the key if they have it. */
export type Asked = { number: string; key?: string | undefined };

/**
 * One entry for whoever may see it. Unknown, confidential without its key and not yet published look the same: not found.
 * A joined one is answered with where it went; a withdrawn one with nothing but its state.
 */
export async function showEntry(ctx: Ctx, asked: Asked): Promise<EntryView> {
  const { entry, relation } = await found(ctx, asked);
  return viewOf(ctx, entry, relation);
}

/** What the sender sees and may do, by account or by number and key. */
export async function trackEntry(ctx: Ctx, asked: Asked): Promise<SenderView> {
  const { entry, relation } = await found(ctx, asked);
  if (!relation.sender) refuse({ because: 'not-found', what: 'entry' });
  const messages = await ctx.db.selectFrom('entryMessages').select(['kind', 'text', 'at']).where('entryId', '=', entry.id).orderBy('at').orderBy('id').execute();
  return { entry: await viewOf(ctx, entry, relation), messages: messages satisfies MessageView[], mayReply: isLive(entry), mayWithdraw: isLive(entry) };
}

/** Entry and relation, or not found for everybody who may not even know that it exists. */
export async function found(ctx: Ctx, asked: Asked): Promise<{ entry: Entry; relation: Relation }> {
  const number = parseReference(asked.number, ctx.profile.prefix);
  if (!number) return refuse({ because: 'not-found', what: 'entry' });
  const entry = await loadEntryByNumber(ctx, number);
  const relation = await relationTo(ctx, entry, asked.key);
  const wasPublic = entry.publishedAt !== null && !entry.confidential;
  if (!maySeeEntry(ctx.actor, entry, relation) && !wasPublic && !(await leadsToPublic(ctx, entry))) refuse({ because: 'not-found', what: 'entry' });
  return { entry, relation };
}

/** Whether the key is the one of this number; unknown numbers have none. */
export async function opensWith(ctx: Ctx, asked: { number: string; key: string }): Promise<boolean> {
  const number = parseReference(asked.number, ctx.profile.prefix);
  const digits = readKey(asked.key);
  if (!number || !digits) return false;
  const row = await ctx.db.selectFrom('entries as e').innerJoin('entrySubmitters as s', 's.entryId', 'e.id').select(['e.id', 's.keyHash']).where('e.number', '=', number).executeTakeFirst();
  return row?.keyHash != null && timingSafeEqual(row.keyHash, keyHash(ctx, row.id, digits));
}

/** A number that was joined before anybody published it: it leads to the public one, and shows nothing of its own. */
async function leadsToPublic(ctx: Ctx, entry: Entry): Promise<boolean> {
  return entry.state === 'joined' && !entry.confidential && isVisible(await loadEntry(ctx, entry.into));
}

/** The account of an entry's sender, if they have one. */
export async function senderOf(ctx: Ctx, entryId: string): Promise<string | null> {
  return (await ctx.db.selectFrom('entrySubmitters').select('personId').where('entryId', '=', entryId).executeTakeFirst())?.personId ?? null;
}

export async function relationTo(ctx: Ctx, entry: Entry, key: string | undefined): Promise<Relation> {
  // Whoever has neither account nor key is nobody's sender.
  if (!key && ctx.actor.kind !== 'person') return { sender: false };
  const row = await ctx.db.selectFrom('entrySubmitters').select(['personId', 'keyHash']).where('entryId', '=', entry.id).executeTakeFirst();
  if (!row) return { sender: false };
  const digits = key ? readKey(key) : null;
  const byKey = digits !== null && row.keyHash !== null && timingSafeEqual(row.keyHash, keyHash(ctx, entry.id, digits));
  return { sender: byKey || isPerson(ctx.actor, row.personId as PersonId | null) };
}

const wholeEntry = prepared((ctx: Asks, open: { id: string }) => selectLines(ctx).leftJoin('entrySubmitters as s', 's.entryId', 'e.id')
  .leftJoin('entries as target', 'target.id', 'e.joinedTo')
  .select(['e.text', 'e.language', 'e.served', 'e.servedCount', 'e.channel', 'e.source', 's.name', 'e.named', 'target.number as joinedInto'])
  .select((eb) => eb.selectFrom('entries as other').select((inner) => inner.fn.agg<string[]>('array_agg', ['other.number']).as('numbers')).whereRef('other.joinedTo', '=', 'e.id').as('joinedFrom'))
  .where('e.id', '=', open.id));

async function viewOf(ctx: Ctx, entry: Entry, relation: Relation): Promise<EntryView> {
  const row = (await wholeEntry(ctx, { id: entry.id }))[0]!;
  const inside = relation.sender || mayWorkOn(ctx.actor, entry);
  const withdrawn = (entry.state === 'withdrawn' || (entry.state === 'joined' && !isVisible(entry))) && !inside;
  const line = toLine(ctx, row);
  return {
    ...line, title: withdrawn ? '' : line.title, summary: withdrawn ? '' : line.summary,
    id: entry.id, clock: entry.clock, text: withdrawn ? '' : row.text, language: row.language, confidential: entry.confidential, visible: isVisible(entry),
    served: withdrawn ? '' : row.served, servedCount: shownCount(row.servedCount, ctx.profile.suppressBelow), submitterName: row.named && !withdrawn ? (row.name ?? null) : null,
    channel: row.channel, extensionReason: entry.extensionReason, waitingForSender: entry.state === 'returned', joinedInto: row.joinedInto, joinedFrom: row.joinedFrom ?? [], source: row.source,
  };
}
