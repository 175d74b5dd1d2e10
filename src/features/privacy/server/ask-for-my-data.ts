import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReadOwn } from '../access.ts';

/** The file may be fetched for a few minutes from now. That somebody took one is noted: whoever holds a foreign phone would do it too. */
export async function askForMyData(ctx: Ctx): Promise<void> {
  allow(mayReadOwn(ctx.actor), 'take personal data');
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'take personal data' });
  await record(ctx, 'person.exported', { kind: 'person', id: ctx.actor.id }, { public: false, as: { role: 'resident' } });
}
