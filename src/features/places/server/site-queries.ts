import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepSite } from '../access.ts';
import { fingerprint } from './fingerprint.ts';
import { NO_SITE, readSite, type Site } from '../site.ts';

/** What the administrators have set about the site itself. */
export async function siteSettings(ctx: Ctx): Promise<Site> {
  const rows = await ctx.db.selectFrom('siteSettings').select(['name', 'value']).execute();
  return rows.length === 0 ? NO_SITE : readSite(Object.fromEntries(rows.map((row) => [row.name, row.value])));
}

/** The same for those who write it, with what tells one version from another. */
export async function keptSite(ctx: Ctx): Promise<{ site: Site; seen: string }> {
  allow(mayKeepSite(ctx.actor), 'keep the site');
  const site = await siteSettings(ctx);
  return { site, seen: fingerprint(site) };
}

/** One setting as it is stored; undefined while nobody has set it. */
export async function settingQuery(ctx: Ctx, name: string): Promise<unknown> {
  return (await ctx.db.selectFrom('siteSettings').select('value').where('name', '=', name).executeTakeFirst())?.value;
}
