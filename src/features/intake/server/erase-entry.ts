/** Words that somebody wrote go for good; what an office said and promised about them stays, and so does every leaf of the record. */
import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import { LANGS } from '#platform/i18n/languages.ts';
import { words } from '#platform/i18n/words.ts';
import { removeAttachmentsOf } from '../../attachments/server/index.ts';
import { eraseContents, record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { complaintsOver, forgetSendersOver, saveErased } from './forget-store.ts';
import { eraseTexts } from './store.ts';

const PIECE = 100;

/** Run by the worker: who sent what has been over for half a year, and what complaints said that have been over for two years. Returns how many. */
export async function forgetSenders(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'forget senders');
  const senders = await forgetSendersOver(ctx, keptSince(ctx.now, 'sender'), PIECE);
  const complaints = await complaintsOver(ctx, keptSince(ctx.now, 'complaint'), PIECE);
  for (const complaint of complaints) await eraseWords(ctx, { ...complaint, shown: false });
  return senders + complaints.length;
}

/** All that was said in an entry, its files and the salts of what the record sealed of it. The entry is locked by whoever calls. */
export async function eraseAllSaid(ctx: Ctx, id: string): Promise<void> {
  await eraseTexts(ctx, id);
  await removeAttachmentsOf(ctx, id);
  await eraseContents(ctx, { kind: 'entry', id });
}

/** The entry keeps its number and its state; its words, files and salts are gone. The entry is locked by whoever calls. */
export async function eraseWords(ctx: Ctx, entry: { id: string; language: string; shown: boolean }): Promise<void> {
  await saveErased(ctx, entry.id, words(LANGS.find((it) => it === entry.language) ?? 'ar').t('intake.erased.title'));
  await removeAttachmentsOf(ctx, entry.id);
  await eraseContents(ctx, { kind: 'entry', id: entry.id });
  await record(ctx, 'entry.erased', { kind: 'entry', id: entry.id }, { public: entry.shown, as: { role: ctx.actor.kind === 'system' ? 'system' : 'resident' } });
}
