import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepSite } from '../access.ts';
import { SITE_TEXTS, type Site } from '../site.ts';
import { lockSettings, saveSetting } from './keep-store.ts';
import { needSeen } from './fingerprint.ts';
import { siteSettings } from './site-queries.ts';
import { SITE } from './subjects.ts';

/** Who runs the site, whether it is open, and what it says about privacy and rules. What is as it was is not written. */
export async function keepSite(ctx: Ctx, input: Site & { seen: string }): Promise<void> {
  allow(mayKeepSite(ctx.actor), 'keep the site');
  await lockSettings(ctx);
  const before = await siteSettings(ctx);
  const changed = (['opened', ...SITE_TEXTS] as const).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(input[name]));
  if (changed.length === 0) return;
  needSeen(input.seen, before, 'site');
  for (const name of changed) await saveSetting(ctx, name, input[name]);
  await record(ctx, 'site.changed', SITE, { public: true, detail: { changed, opened: input.opened }, as: { role: 'administrator' } });
}
