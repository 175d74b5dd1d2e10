import { sql, type Insertable, type Selectable } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Topic } from '../model.ts';
import type { NoticesTables } from './tables.ts';

export type CodeRow = Selectable<NoticesTables['subscriptionCodes']>;

/** False when it was followed already. */
export async function insertSubscription(ctx: Ctx, row: Insertable<NoticesTables['subscriptions']>): Promise<boolean> {
  const on = row.personId ? (['personId', 'topicKind', 'topic'] as const) : (['contactHash', 'topicKind', 'topic'] as const);
  return (await ctx.db.insertInto('subscriptions').values(row).onConflict((it) => it.columns([...on]).doNothing()).returning('id').execute()).length > 0;
}

export async function deleteSubscription(ctx: Ctx, personId: string, topic: Topic): Promise<boolean> {
  return (await ctx.db.deleteFrom('subscriptions').where('personId', '=', personId).where('topicKind', '=', topic.kind).where('topic', '=', topic.code).returning('id').execute()).length > 0;
}

export async function deleteSubscriptionOf(ctx: Ctx, who: { personId: string } | { contactHash: Buffer }, id: string): Promise<void> {
  const one = ctx.db.deleteFrom('subscriptions').where('id', '=', id);
  await ('personId' in who ? one.where('personId', '=', who.personId) : one.where('contactHash', '=', who.contactHash)).execute();
}

export async function insertCode(ctx: Ctx, row: NoticesTables['subscriptionCodes']): Promise<void> {
  await ctx.db.insertInto('subscriptionCodes').values(row).execute();
}

/** Counts one try and holds the code; null when there is none, or its tries are used up. */
export async function tryCode(ctx: Ctx, id: string, most: number): Promise<CodeRow | null> {
  const row = await ctx.db.updateTable('subscriptionCodes').set({ attempts: sql<number>`attempts + 1` }).where('id', '=', id).where('usedAt', 'is', null).where('expiresAt', '>', ctx.now).where('attempts', '<', most).returningAll().executeTakeFirst();
  return row ?? null;
}

export async function useCode(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('subscriptionCodes').set({ usedAt: ctx.now, codeSealed: null }).where('id', '=', id).execute();
}

export async function forgetPlainCode(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('subscriptionCodes').set({ codeSealed: null }).where('id', '=', id).execute();
}

export async function forgetCodesBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('subscriptionCodes').where('createdAt', '<', before).execute();
}
