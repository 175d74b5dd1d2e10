import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReceive } from '../access.ts';
import type { PaperSize } from '../model.ts';
import { activeBody, saveSeat } from './store.ts';

/** The clerk says at whose desk they sit, and on what its receipts are printed; what they take from now on is received there. */
export async function sitDown(ctx: Ctx, input: { body: string; paper: PaperSize }): Promise<void> {
  allow(mayReceive(ctx.actor) && ctx.actor.kind === 'person', 'receive at a desk');
  const body = (await activeBody(ctx, input.body)) ?? refuse({ because: 'invalid', fields: { body: 'unknown' } });
  await saveSeat(ctx, ctx.actor.id, { body, paper: input.paper });
  await record(ctx, 'desk.seated', { kind: 'desk', id: body }, { public: false, as: { role: 'clerk', body: input.body } });
}
