import { newId } from '#kernel/ids.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayAskBack } from '../access.ts';
import { askBack } from '../rules.ts';
import { insertMessage, saveEntry, today } from './store.ts';
import { actingOn, lastQuestion, lockForWork } from './work-store.ts';

/** A question to the sender. Its text stays between both; that the clock stands still is for everybody to see. */
export async function askSender(ctx: Ctx, input: { number: string; question: string }): Promise<void> {
  const entry = await lockForWork(ctx, input.number, (it) => mayAskBack(ctx.actor, it));
  if (entry.state === 'returned' && (await lastQuestion(ctx, entry.id)) === input.question) return;
  await saveEntry(ctx, askBack(entry, today(ctx), ctx.now));
  await insertMessage(ctx, { id: newId<'message'>(ctx.now.getTime()), entryId: entry.id, kind: 'question', text: input.question });
  await record(ctx, 'entry.asked-back', { kind: 'entry', id: entry.id }, { public: isVisible(entry), detail: { number: entry.number }, as: await actingOn(ctx, entry) });
}
