import { randomUUID } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';

/** Loads the profile's groups once; afterwards they are changed in the browser only. */
export async function loadLexicon(ctx: Ctx): Promise<boolean> {
  if (await ctx.db.selectFrom('lexiconState').select('version').executeTakeFirst()) return false;
  const groups = ctx.profile.lexicon.filter((words) => words.length > 1);
  await ctx.db.insertInto('lexiconState').values({ onlyRow: true, version: 1, stamp: randomUUID() }).execute();
  if (groups.length > 0) await ctx.db.insertInto('lexiconGroups').values(groups.map((words) => ({ id: newId<'group'>(), words: [...words], changedAt: ctx.now }))).execute();
  return true;
}
