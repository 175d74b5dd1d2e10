import { hasRole } from '#kernel/actor.ts';
import { newId, type BodyId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { allSectors, needSeen } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepBodies } from '../access.ts';
import type { BodyInput } from '../input.ts';
import type { Body } from '../model.ts';
import { insertBody, lockBody, saveBody, saveBodyActive, shape } from './keep-store.ts';

const as = (ctx: Ctx) => ({ role: hasRole(ctx.actor, 'registry') ? 'registry' : 'administrator' } as const);

/** A new body; its code is for ever. */
export async function addBody(ctx: Ctx, input: BodyInput & { code: string }): Promise<BodyId> {
  allow(mayKeepBodies(ctx.actor), 'keep bodies');
  await refuseUnknownSectors(ctx, input.sectors);
  const id = newId<'body'>(ctx.now.getTime());
  if (!(await insertBody(ctx, id, input.code, input))) refuse({ because: 'invalid', fields: { code: 'taken' } });
  await record(ctx, 'body.added', { kind: 'body', id }, { public: true, detail: { code: input.code, kind: input.kind, sectors: [...input.sectors] }, content: { name: input.names.ar }, as: as(ctx) });
  return id;
}

/** Names, kind, sectors and phone. The names of before stay in the body's history. */
export async function changeBody(ctx: Ctx, input: BodyInput & { id: BodyId; seen: string }): Promise<void> {
  allow(mayKeepBodies(ctx.actor), 'keep bodies');
  await refuseUnknownSectors(ctx, input.sectors);
  const before = await lockBody(ctx, input.id);
  if (same(before, input)) return;
  needSeen(input.seen, shape(before), 'body');
  await saveBody(ctx, input.id, input);
  await record(ctx, 'body.changed', { kind: 'body', id: input.id }, {
    public: true, detail: { code: before.code, kind: input.kind, sectors: [...input.sectors] }, content: { name: input.names.ar, before: before.names.ar }, as: as(ctx),
  });
}

/** Nothing new is handed to a body that is not active; what it has promised stays. */
export async function setBodyActive(ctx: Ctx, input: { id: BodyId; active: boolean }): Promise<void> {
  allow(mayKeepBodies(ctx.actor), 'keep bodies');
  const before = await lockBody(ctx, input.id);
  if (before.active === input.active) return;
  await saveBodyActive(ctx, input.id, input.active);
  await record(ctx, 'body.changed', { kind: 'body', id: input.id }, { public: true, detail: { code: before.code, active: input.active }, as: as(ctx) });
}

const same = (before: Body, it: BodyInput): boolean => JSON.stringify(shape(before)) === JSON.stringify(shape(it));

async function refuseUnknownSectors(ctx: Ctx, sectors: readonly string[]): Promise<void> {
  const known = new Set<string>((await allSectors(ctx)).map((it) => it.code));
  if (!sectors.every((code) => known.has(code))) refuse({ because: 'invalid', fields: { sectors: 'unknown' } });
}
