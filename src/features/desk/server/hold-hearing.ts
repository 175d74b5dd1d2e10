import { refuse } from '#kernel/refusal.ts';
import { endOfLocalDay, localDate, parseDate, type PlainDate } from '#kernel/working-days.ts';
import { limit } from '../../people/server/index.ts';
import { placesByName } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import { receiveEntry } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { RowInput } from '../input.ts';
import { DESK_LIMITS, receivedOn } from '../rules.ts';
import { insertHearing, insertReceived, loadHearing, receiving } from './store.ts';
import { clerkOf } from './take-entry.ts';

export type NewHearingInput = { once: string; title: string; received: PlainDate; placeWords: string; attended: number | null };

/** A public hearing whose words are to be written down. `once` becomes its id: sent twice, it is one hearing. */
export async function addHearing(ctx: Ctx, input: NewHearingInput): Promise<void> {
  const seat = await receiving(ctx);
  const heldOn = receivedOn(input.received, localDate(ctx.now, ctx.profile.zone));
  await limit(ctx, { ...DESK_LIMITS.hearings, key: seat.clerk });
  const fresh = await insertHearing(ctx, { id: input.once, title: input.title, heldOn, placeWords: input.placeWords, attended: input.attended, bodyId: seat.body, madeBy: seat.clerk });
  if (fresh) await record(ctx, 'hearing.added', { kind: 'hearing', id: input.once }, { public: false, as: { role: 'clerk', body: seat.code }, detail: { heldOn } });
}

/** One thing that was said there: an entry of its own, received on the day of the hearing. Speakers are counted, never named. */
export async function takeFromHearing(ctx: Ctx, input: RowInput & { hearing: string; language: 'ar' | 'en' | 'ku' }): Promise<{ number: string }> {
  const seat = await receiving(ctx);
  await limit(ctx, { ...DESK_LIMITS.entries, key: seat.clerk });
  const hearing = await loadHearing(ctx, input.hearing);
  const day = parseDate(hearing.heldOn) ?? refuse({ because: 'not-found', what: 'hearing' });
  const name = input.placeWords;
  const place = name === '' ? undefined : (await placesByName(ctx, [name])).get(name);
  const receivedAt = day === localDate(ctx.now, ctx.profile.zone) ? ctx.now : endOfLocalDay(day, ctx.profile.zone);
  const receipt = await receiveEntry(ctx, {
    once: input.once, kind: input.kind, title: input.title, text: input.text || input.title, language: input.language, place: place ?? '', placeWords: place ? '' : name || hearing.placeWords,
    point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'desk',
  }, { receivedAt, clerk: clerkOf(seat), detail: { hearing: hearing.id, ...(input.speakers ? { speakers: input.speakers } : {}) } });
  await insertReceived(ctx, { entryId: receipt.id, bodyId: hearing.bodyId, hearingId: hearing.id, speakers: input.speakers });
  return { number: receipt.number };
}
