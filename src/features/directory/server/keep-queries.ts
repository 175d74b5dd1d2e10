import type { BodyId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { fingerprint } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepBodies } from '../access.ts';
import type { Body } from '../model.ts';
import { shape, toBody } from './keep-store.ts';

/** All bodies, those that are active first. */
export async function keptBodies(ctx: Ctx): Promise<Body[]> {
  allow(mayKeepBodies(ctx.actor), 'keep bodies');
  return (await ctx.db.selectFrom('bodies').selectAll().orderBy('active', 'desc').orderBy('nameAr').limit(500).execute()).map(toBody);
}

export async function keptBody(ctx: Ctx, id: BodyId): Promise<(Body & { seen: string }) | null> {
  allow(mayKeepBodies(ctx.actor), 'keep bodies');
  const row = await ctx.db.selectFrom('bodies').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const body = toBody(row);
  return { ...body, seen: fingerprint(shape(body)) };
}
