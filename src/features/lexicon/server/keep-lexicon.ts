import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { needSeen } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Subject } from '../../record/model.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepLexicon } from '../access.ts';
import { MOST_GROUPS } from '../input.ts';
import { countChange, deleteGroup, insertGroup, lockGroup, lockGroups, updateGroup } from './store.ts';

export const LEXICON: Subject = { kind: 'lexicon', id: '00000000-0000-7000-8000-000000000004' };

/** Words that a search treats as equal from now on; texts are indexed anew in the background. Returns the group's id. */
export async function addGroup(ctx: Ctx, input: { words: string[] }): Promise<string> {
  const groups = await lockLexicon(ctx);
  if (groups >= MOST_GROUPS) refuse({ because: 'invalid', fields: { words: 'lexicon-full' } });
  const id = newId<'group'>(ctx.now.getTime());
  await insertGroup(ctx, id, input.words);
  await changed(ctx, { group: id, words: input.words.length, before: 0 }, input.words);
  return id;
}

/** The words of a group as they stand now; its history keeps what was left out. */
export async function changeGroup(ctx: Ctx, input: { id: string; words: string[]; seen: string }): Promise<void> {
  await lockLexicon(ctx);
  const before = await lockGroup(ctx, input.id);
  if (before.join('\n') === input.words.join('\n')) return;
  needSeen(input.seen, before, 'group');
  await updateGroup(ctx, input.id, input.words);
  await changed(ctx, { group: input.id, words: input.words.length, before: before.length }, input.words, before);
}

/** The words are no longer equal. */
export async function removeGroup(ctx: Ctx, input: { id: string; seen: string }): Promise<void> {
  await lockLexicon(ctx);
  const before = await lockGroup(ctx, input.id);
  needSeen(input.seen, before, 'group');
  await deleteGroup(ctx, input.id);
  await changed(ctx, { group: input.id, words: 0, before: before.length }, [], before);
}

/** One change after another: the version counts them. Returns how many groups there are. */
async function lockLexicon(ctx: Ctx): Promise<number> {
  allow(mayKeepLexicon(ctx.actor), 'keep the lexicon');
  return lockGroups(ctx);
}

async function changed(ctx: Ctx, detail: { group: string; words: number; before: number }, words: readonly string[], before: readonly string[] = []): Promise<void> {
  await countChange(ctx);
  const content = { ...(words.length > 0 ? { words: words.join('، ') } : {}), ...(before.length > 0 ? { before: before.join('، ') } : {}) };
  await record(ctx, 'lexicon.changed', LEXICON, { public: true, detail, content, as: { role: 'administrator' } });
}
