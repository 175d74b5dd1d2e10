import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { allSectors } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDescribe } from '../access.ts';
import { isPublic, MOST, type Activity } from '../model.ts';
import { countActivities, insertActivity, removeActivityRow, touchActivities } from './activity-store.ts';
import { unknownPlaces } from './describe-store.ts';
import { holdInside, type Held } from './describe.ts';

async function hold(ctx: Ctx, number: string): Promise<Held> {
  const held = await holdInside(ctx, number);
  allow(mayDescribe(held.mine), 'describe this organisation');
  return held;
}

async function told(ctx: Ctx, { it }: Held, count: number): Promise<void> {
  await record(ctx, 'organisation.activities-told', { kind: 'organisation', id: it.id }, { public: isPublic(it.state), detail: { number: it.number, count }, as: { role: 'member' } });
}

/** What it does in one sector and place. */
export async function addActivity(ctx: Ctx, input: { number: string } & Activity): Promise<void> {
  const held = await hold(ctx, input.number);
  if ((await countActivities(ctx, held.it.id)) >= MOST.activities) refuse({ because: 'invalid', fields: { what: 'too-many' } });
  if (!(await allSectors(ctx)).some((it) => it.code === input.sector)) refuse({ because: 'invalid', fields: { sector: 'unknown' } });
  if ((await unknownPlaces(ctx, [input.place])).length > 0) refuse({ because: 'invalid', fields: { place: 'unknown' } });
  if (input.starts !== null && input.ends !== null && input.ends < input.starts) refuse({ because: 'invalid', fields: { ends: 'before-start' } });
  const { number: _, ...activity } = input;
  await insertActivity(ctx, { id: newId<'activity'>(ctx.now.getTime()), organisationId: held.it.id, ...activity });
  await told(ctx, held, 1);
}

export async function removeActivity(ctx: Ctx, input: { number: string; id: string }): Promise<void> {
  const held = await hold(ctx, input.number);
  if (!(await removeActivityRow(ctx, held.it.id, input.id))) refuse({ because: 'not-found', what: 'activity' });
}

/** «It is still so»: every row carries the day on which the organisation last said it. */
export async function confirmActivities(ctx: Ctx, input: { number: string }): Promise<void> {
  const held = await hold(ctx, input.number);
  const count = await touchActivities(ctx, held.it.id);
  if (count > 0) await told(ctx, held, count);
}
