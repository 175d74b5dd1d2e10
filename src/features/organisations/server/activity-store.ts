import type { Ctx } from '../../context.ts';
import type { Activity, OrganisationId } from '../model.ts';

export async function countActivities(ctx: Ctx, id: OrganisationId): Promise<number> {
  return Number((await ctx.db.selectFrom('organisationActivities').select((eb) => eb.fn.countAll<bigint>().as('count')).where('organisationId', '=', id).executeTakeFirstOrThrow()).count);
}

export async function insertActivity(ctx: Ctx, it: Activity & { id: string; organisationId: OrganisationId }): Promise<void> {
  await ctx.db.insertInto('organisationActivities').values({ ...it, confirmedAt: ctx.now, onceKey: null }).execute();
}

export async function removeActivityRow(ctx: Ctx, organisation: OrganisationId, id: string): Promise<boolean> {
  return (await ctx.db.deleteFrom('organisationActivities').where('organisationId', '=', organisation).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}

export async function touchActivities(ctx: Ctx, id: OrganisationId): Promise<number> {
  return (await ctx.db.updateTable('organisationActivities').set({ confirmedAt: ctx.now }).where('organisationId', '=', id).returning('id').execute()).length;
}
