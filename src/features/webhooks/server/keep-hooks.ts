/** Programs that are told: named by the administrator, each with a secret that is shown once. */
import { randomBytes } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { isOwnNetwork } from '#platform/outside/public-address.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepHooks } from '../access.ts';
import { SECRET_MARK, type Topic } from '../model.ts';
import type { HookPage, HookView } from '../views.ts';
import { countHooks, deliveryRows, hookRows, insertHook, lockHook, saveHookEnded, saveRetry } from './store.ts';

const MOST_HOOKS = 50;
const AS = { role: 'administrator' } as const;

/** From now on every public act of these topics is told to this address. The secret is in this answer and nowhere else. */
export async function addHook(ctx: Ctx, input: { name: string; url: string; topics: readonly Topic[] }): Promise<{ id: string; secret: string }> {
  allow(mayKeepHooks(ctx.actor), 'add a webhook');
  // A name is looked up anew with every message; a number and a name that can only be a neighbour's are refused at once.
  if (isOwnNetwork(new URL(input.url).hostname)) refuse({ because: 'invalid', fields: { url: 'own-network' } });
  if ((await countHooks(ctx)) >= MOST_HOOKS) refuse({ because: 'invalid', fields: { form: 'too-many-hooks' } });
  const secret = SECRET_MARK + randomBytes(32).toString('base64');
  const id = newId<'hook'>(ctx.now.getTime());
  await insertHook(ctx, { id, name: input.name, url: input.url, topics: [...input.topics], secretSealed: ctx.secrets.seal('webhook secret', secret), madeAt: ctx.now, madeBy: personOf(ctx), endedAt: null, endedBy: null });
  await record(ctx, 'hook.added', { kind: 'hook', id }, { public: false, as: AS, detail: { topics: input.topics } });
  return { id, secret };
}

export async function endHook(ctx: Ctx, input: { id: string }): Promise<void> {
  allow(mayKeepHooks(ctx.actor), 'end a webhook');
  const hook = await lockHook(ctx, input.id);
  if (!hook) return refuse({ because: 'not-found', what: 'hook' });
  if (hook.ended) refuse({ because: 'wrong-state', is: 'ended', wanted: 'in use' });
  await saveHookEnded(ctx, hook.id, personOf(ctx));
  await record(ctx, 'hook.ended', { kind: 'hook', id: hook.id }, { public: false, as: AS });
}

/** Tells once more what could not be told. */
export async function retryDelivery(ctx: Ctx, input: { id: string }): Promise<{ hook: string }> {
  allow(mayKeepHooks(ctx.actor), 'retry a delivery');
  return { hook: (await saveRetry(ctx, input.id)) ?? refuse({ because: 'not-found', what: 'delivery' }) };
}

export async function hookList(ctx: Ctx): Promise<HookView[]> {
  allow(mayKeepHooks(ctx.actor), 'see webhooks');
  return hookRows(ctx);
}

export async function hookPage(ctx: Ctx, input: { id: string }): Promise<HookPage> {
  allow(mayKeepHooks(ctx.actor), 'see webhooks');
  const [hook] = await hookRows(ctx, input.id);
  return hook ? { hook, deliveries: await deliveryRows(ctx, hook.id) } : refuse({ because: 'not-found', what: 'hook' });
}

const personOf = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'keep webhooks' }));
