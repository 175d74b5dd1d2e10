import { sql } from 'kysely';
import { OWN_WORDS_CHANNEL } from '#platform/db/changes.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { Wording } from '../model.ts';

type Place = { key: string; language: Lang };

/** What stands at the place now; version 0 before anybody has worded it. */
export async function wordingAt(ctx: Ctx, { key, language }: Place): Promise<Wording> {
  const row = await ctx.db.selectFrom('siteTexts').select(['version', 'text']).where('key', '=', key).where('language', '=', language).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row ?? { version: 0, text: null };
}

/** Of two that come next to the same wording, one does. Every process hears of it when this transaction is committed. */
export async function addWording(ctx: Ctx, { key, language }: Place, next: Wording): Promise<void> {
  const row = { key, language, ...next, writtenBy: ctx.actor.kind === 'person' ? ctx.actor.id : null, writtenAt: ctx.now };
  const added = await ctx.db.insertInto('siteTexts').values(row).onConflict((on) => on.columns(['key', 'language', 'version']).doNothing()).returning('version').executeTakeFirst();
  if (!added) refuse({ because: 'conflict', what: 'wording' });
  await sql`select pg_notify(${OWN_WORDS_CHANNEL}, '')`.execute(ctx.db);
}

/** What was said here before; undefined when there is no such version. */
export async function earlierWording(ctx: Ctx, { key, language }: Place, version: number): Promise<Wording | undefined> {
  return ctx.db.selectFrom('siteTexts').select(['version', 'text']).where('key', '=', key).where('language', '=', language).where('version', '=', version).executeTakeFirst();
}
