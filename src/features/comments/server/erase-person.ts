import type { Ctx } from '../../context.ts';
import { withdrawComment } from './own-comment.ts';
import { commentsOfPerson } from './store.ts';

/** Takes back everything that the signed-in person has said as a resident; what they said for a body stays. */
export async function erasePersonsComments(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind !== 'person') return;
  for (const id of await commentsOfPerson(ctx, ctx.actor.id)) await withdrawComment(ctx, { id, key: '' });
}
