import { hasRole } from '#kernel/actor.ts';
import type { BodyId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayNamePartner, maySpeakFor } from '../access.ts';
import { takesPartners } from '../rules.ts';
import { holdInside } from './describe.ts';
import { agreePart, findCommitment, insertPart, removePart } from './parts-store.ts';
import { readNumber } from './show-queries.ts';
import { lockOrganisation } from './store.ts';

/** The body that promised names an organisation that helps to keep it, while it is still to be kept; nothing is public before the organisation agrees. */
export async function namePartner(ctx: Ctx, input: { commitment: string; organisation: string }): Promise<void> {
  const promise = await findCommitment(ctx, parseReference(input.commitment.slice(0, 60), ctx.profile.prefix) ?? '');
  if (!promise?.public) return refuse({ because: 'not-found', what: 'commitment' });
  allow(mayNamePartner(ctx.actor, promise.bodyId), 'name a partner of this commitment');
  if (!takesPartners(promise.state)) refuse({ because: 'wrong-state', is: promise.state, wanted: 'open' });
  const number = parseReference(input.organisation.slice(0, 60), ctx.profile.prefix) ?? refuse({ because: 'invalid', fields: { organisation: 'unknown' } });
  const it = await lockOrganisation(ctx, number).catch(() => refuse({ because: 'invalid', fields: { organisation: 'unknown' } }));
  if (it.state !== 'verified') refuse({ because: 'invalid', fields: { organisation: 'not-verified' } });
  if (await insertPart(ctx, it.id, promise.id)) await record(ctx, 'organisation.part-named', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, commitment: promise.number }, as: { role: hasRole(ctx.actor, 'officer', promise.bodyId as BodyId) ? 'officer' : 'head', body: promise.body } });
}

/** The organisation says yes, by whoever answers or signs for it: from then on it counts. Whoever waits for the result has no part in it. */
export async function agreeToPart(ctx: Ctx, input: { number: string; commitment: string }): Promise<void> {
  const { it, mine } = await holdInside(ctx, readNumber(ctx, input.number));
  allow(maySpeakFor(mine), 'agree for this organisation');
  const promise = await findCommitment(ctx, input.commitment);
  if (promise?.public && !takesPartners(promise.state)) refuse({ because: 'wrong-state', is: promise.state, wanted: 'open' });
  if (!promise?.public || !(await agreePart(ctx, it.id, promise.id))) return refuse({ because: 'not-found', what: 'part' });
  await record(ctx, 'organisation.took-part', { kind: 'organisation', id: it.id }, { public: it.state === 'verified' || it.state === 'listed', detail: { number: it.number, commitment: promise.number }, as: { role: 'member' } });
}

/** A part that was never agreed to is none; one that was agreed to stays. */
export async function declinePart(ctx: Ctx, input: { number: string; commitment: string }): Promise<void> {
  const { it, mine } = await holdInside(ctx, readNumber(ctx, input.number));
  allow(maySpeakFor(mine), 'decline for this organisation');
  const promise = await findCommitment(ctx, input.commitment);
  if (!promise || !(await removePart(ctx, it.id, promise.id))) refuse({ because: 'not-found', what: 'part' });
}
