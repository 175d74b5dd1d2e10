/** What staff's use cases read and write beside the entry itself. */
import { hasRole, type Role } from '#kernel/actor.ts';
import type { BodyId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import type { Entry } from '../model.ts';
import { lockEntryByNumber } from './store.ts';

/**
 * The entry behind a number, held, for whoever `may` work on it. A number that the actor may not even know of looks
 * like one that does not exist.
 */
export async function lockForWork(ctx: Ctx, number: string, may: (entry: Entry) => boolean): Promise<Entry> {
  const reference = parseReference(number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'entry' });
  const entry = await lockEntryByNumber(ctx, reference);
  if (!may(entry)) refuse(isVisible(entry) ? { because: 'not-allowed', to: 'work on this entry' } : { because: 'not-found', what: 'entry' });
  return entry;
}

/** In which of their roles the actor works on an entry: for its body when they have a role there, else for the governor's office. */
export async function actingOn(ctx: Ctx, entry: Entry): Promise<{ role: Role; body?: string }> {
  if (entry.body !== null) {
    const role = (['head', 'officer'] as const).find((it) => hasRole(ctx.actor, it, entry.body!));
    if (role) return { role, body: await bodyCode(ctx, entry.body) };
  }
  return { role: 'coordinator' };
}

export async function bodyCode(ctx: Ctx, id: BodyId): Promise<string> {
  return (await ctx.db.selectFrom('bodies').select('code').where('id', '=', id).executeTakeFirstOrThrow()).code;
}

/** The body with this code that still takes entries; an unknown one is refused beside its field. */
export async function bodyByCode(ctx: Ctx, code: string): Promise<BodyId> {
  const row = await ctx.db.selectFrom('bodies').select('id').where('code', '=', code).where('active', '=', true).executeTakeFirst();
  return row ? (row.id as BodyId) : refuse({ because: 'invalid', fields: { body: code === '' ? 'required' : 'invalid' } });
}

export async function lastQuestion(ctx: Ctx, entryId: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('entryMessages').select('text').where('entryId', '=', entryId).where('kind', '=', 'question').orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row?.text ?? null;
}

/** A new body starts its own ladder. */
export async function restartEscalation(ctx: Ctx, entryId: string): Promise<void> {
  await ctx.db.updateTable('entries').set({ escalated: 0 }).where('id', '=', entryId).execute();
}
