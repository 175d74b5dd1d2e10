import { parseId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';
import { mayWorkOn } from '../../access.ts';
import { loadEntry } from '../store.ts';
import { relationTo } from './show.ts';

/** Whether the actor may read files of an entry that are not public: its sender by account, triage, the body that deals with it. */
export async function mayReadEntryFiles(ctx: Ctx, entryId: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person' || parseId(entryId) === null) return false;
  const entry = await loadEntry(ctx, entryId);
  return mayWorkOn(ctx.actor, entry) || (await relationTo(ctx, entry, undefined)).sender;
}
