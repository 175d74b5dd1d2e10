import { newId } from '#kernel/ids.ts';
import { limit } from '../../people/server/index.ts';
import { nextReferences, record } from '../../record/server/index.ts';
import { firstDeadlines } from '../../intake/server/index.ts';
import { workingCalendar } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { BLOCK, daysOf, DESK_LIMITS, newBlock } from '../rules.ts';
import type { DeviceBlock } from '../views.ts';
import { deskNames } from './queries.ts';
import { makeBox } from './sealed-box.ts';
import { insertBlock, insertNumbers, receiving, saveReturned, takeReturned } from './store.ts';

/** Numbers for this device, for a week without a network; with the date of the answer for each of its days. Those that came back unused go out first. */
export async function reserveNumbers(ctx: Ctx): Promise<DeviceBlock> {
  const seat = await receiving(ctx);
  await limit(ctx, { ...DESK_LIMITS.blocks, key: seat.clerk });
  const block = { id: newId<'block'>(ctx.now.getTime()), ...newBlock('counter', ctx.now) };
  const { publicKey, keySealed } = makeBox(ctx);
  await insertBlock(ctx, { ...block, purpose: 'counter', bodyId: seat.body, reservedBy: seat.clerk, keySealed, language: 'ar' });
  const back = await takeReturned(ctx, block.id, BLOCK.numbers);
  const fresh = await nextReferences(ctx, BLOCK.numbers - back.length);
  await insertNumbers(ctx, block.id, fresh);
  const numbers = [...back.toSorted(), ...fresh];
  await record(ctx, 'desk.numbers-reserved', { kind: 'desk', id: block.id }, { public: false, as: { role: 'clerk', body: seat.code }, detail: { first: numbers[0]!, last: numbers.at(-1)!, count: numbers.length } });
  const calendar = await workingCalendar(ctx);
  const days = daysOf(block, ctx.profile.zone).map((day) => ({ day, due: firstDeadlines(ctx, calendar, day).answerDue }));
  return { id: block.id, desk: await deskNames(ctx, seat.body), publicKey, expiresAt: block.expiresAt, numbers, paper: seat.paper, days };
}

/** What a device did not use goes back. It has put these numbers away first, so that none of them is on paper. */
export async function returnNumbers(ctx: Ctx, input: { block: string; numbers: readonly string[] }): Promise<number> {
  const seat = await receiving(ctx);
  const count = await saveReturned(ctx, { ...input, body: seat.body });
  if (count > 0) await record(ctx, 'desk.numbers-returned', { kind: 'desk', id: input.block }, { public: false, as: { role: 'clerk', body: seat.code }, detail: { count } });
  return count;
}
