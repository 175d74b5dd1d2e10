/** Who wrote something down while there was no network: the mark of the clerk who had opened the counter on that device. */
import { parseId, type PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { isPerson } from './store.ts';

const PURPOSE = 'clerk at a device';

/** Given to the clerk's own page; says nothing to whoever finds it on the device. */
export function markOf(ctx: Ctx): string {
  return ctx.actor.kind === 'person' ? ctx.secrets.seal(PURPOSE, ctx.actor.id).toString('base64url') : '';
}

/** Null when there is no mark, when it was changed, and when that clerk's account is gone. */
export async function typistOf(ctx: Ctx, mark: string): Promise<PersonId | null> {
  const id = opened(ctx, mark);
  return id !== null && (await isPerson(ctx, id)) ? id : null;
}

function opened(ctx: Ctx, mark: string): PersonId | null {
  try {
    return mark === '' ? null : parseId<'person'>(ctx.secrets.unseal(PURPOSE, Buffer.from(mark, 'base64url')));
  } catch {
    return null;
  }
}
