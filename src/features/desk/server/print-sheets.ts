import { randomId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { limit } from '../../people/server/index.ts';
import { nextReferences, record } from '../../record/server/index.ts';
import { keyHash, makeKey } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { ReceiptLanguage } from '../model.ts';
import { DESK_LIMITS, newBlock, SHEETS } from '../rules.ts';
import { forgetKeys, insertBlock, insertNumbers, insertSheets, receiving } from './store.ts';

/**
 * Blank forms, each with the number and the private key that its entry will have: the visitor tears them off and takes them home
 * before anybody has typed a word. `once` is the form's own key: sent twice, the same sheets are printed.
 */
export async function printSheets(ctx: Ctx, input: { once: string; count: number; language: ReceiptLanguage }): Promise<void> {
  const seat = await receiving(ctx);
  await limit(ctx, { ...DESK_LIMITS.sheets, key: seat.clerk });
  const block = { id: input.once, ...newBlock('sheets', ctx.now) };
  const fresh = await insertBlock(ctx, { ...block, purpose: 'sheets', bodyId: seat.body, reservedBy: seat.clerk, keySealed: null, language: input.language });
  if (!fresh) return;
  const numbers = await nextReferences(ctx, input.count);
  await insertNumbers(ctx, block.id, numbers);
  await insertSheets(ctx, numbers.map((number) => {
    const [entryId, key] = [randomId<'entry'>(), makeKey()];
    return { number, entryId, keyHash: keyHash(ctx, entryId, key), keySealed: ctx.secrets.seal('key of a sheet', key) };
  }));
  await record(ctx, 'desk.sheets-printed', { kind: 'desk', id: block.id }, { public: false, as: { role: 'clerk', body: seat.code }, detail: { first: numbers[0]!, last: numbers.at(-1)!, count: numbers.length } });
}

/** Run by the worker: a day after printing only the paper knows its key. */
export async function forgetSheetKeys(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget keys of sheets');
  await forgetKeys(ctx, new Date(ctx.now.getTime() - SHEETS.keyShownMs));
}
