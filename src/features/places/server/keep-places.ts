import { hasRole } from '#kernel/actor.ts';
import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepPlaces } from '../access.ts';
import type { Names } from '../model.ts';
import { lockPlace, savePlaceActive, savePlaceNames } from './keep-store.ts';
import { needSeen } from './fingerprint.ts';
import { placeSubject } from './subjects.ts';

const as = (ctx: Ctx) => ({ role: hasRole(ctx.actor, 'registry') ? 'registry' : 'administrator' } as const);

/** A new name; the old one stays in the place's history, and still finds it. */
export async function renamePlace(ctx: Ctx, input: { code: string; names: Names; seen: string }): Promise<void> {
  allow(mayKeepPlaces(ctx.actor), 'keep places');
  const { names: before } = await lockPlace(ctx, input.code);
  if (before.ar === input.names.ar && before.en === input.names.en && before.ku === input.names.ku) return;
  needSeen(input.seen, before, 'place');
  await savePlaceNames(ctx, input.code, input.names, before);
  await record(ctx, 'place.changed', placeSubject(input.code), { public: true, detail: { code: input.code }, content: { ...spread('from', before), ...spread('to', input.names) }, as: as(ctx) });
}

const spread = (side: string, names: Names) => ({ [`${side}-ar`]: names.ar, [`${side}-en`]: names.en, [`${side}-ku`]: names.ku });

/** Whether the place is offered to people who write; what was raised in it stays either way. */
export async function setPlaceActive(ctx: Ctx, input: { code: string; active: boolean }): Promise<void> {
  allow(mayKeepPlaces(ctx.actor), 'keep places');
  const { active } = await lockPlace(ctx, input.code);
  if (active === input.active) return;
  await savePlaceActive(ctx, input.code, input.active);
  await record(ctx, 'place.changed', placeSubject(input.code), { public: true, detail: { code: input.code, active: input.active }, as: as(ctx) });
}
