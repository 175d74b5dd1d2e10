import { hasRole, type Role } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { bodyCode } from './store.ts';

/** In which of their roles the actor works on an answer of a body. */
export async function asStaff(ctx: Ctx, body: BodyId): Promise<{ role: Role; body?: string }> {
  const role = (['head', 'officer'] as const).find((it) => hasRole(ctx.actor, it, body));
  return role ? { role, body: await bodyCode(ctx, body) } : { role: 'coordinator' };
}

/** The person who acts; only people write and approve. */
export function writer(ctx: Ctx): PersonId {
  return ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'work on answers' });
}
