import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { Device } from '../model.ts';
import { LINK_LIFE_MS } from '../rules.ts';
import { openSitting, type SignedIn } from './sitting.ts';
import { factorsOf, hasFactor } from './store/factors.ts';
import { dropLinks, findLink, insertLink, lockLink, saveLinkUsed, type LinkRow } from './store/links.ts';
import { lockPerson } from './store/persons.ts';
import { newToken, tokenHash } from './tokens.ts';

/** A link that signs in once within 48 hours; earlier unused ones of the same person are void. Returns its token. */
export async function makeLink(ctx: Ctx, person: PersonId, createdBy: PersonId | null): Promise<string> {
  await dropLinks(ctx, person);
  const token = newToken();
  await insertLink(ctx, { person, tokenHash: tokenHash(token), tokenSealed: null, expiresAt: new Date(ctx.now.getTime() + LINK_LIFE_MS), createdBy });
  return token;
}

/** A link that may be used again and is shown on a page: for demonstration persons only. */
export async function makeDemoLink(ctx: Ctx, person: PersonId): Promise<string> {
  allow(ctx.actor.kind === 'system' && (await lockPerson(ctx, person)).demonstration, 'make a demonstration link');
  const token = newToken();
  const years = new Date(ctx.now.getTime() + 5 * 365 * 86_400_000);
  await insertLink(ctx, { person, tokenHash: tokenHash(token), tokenSealed: ctx.secrets.seal('demonstration link', token), expiresAt: years, createdBy: null });
  return token;
}

export type LinkView = { state: 'ready' | 'used' | 'over' | 'unknown'; name: string | null; demonstration: boolean };

/** What the page before signing in shows. Reading uses nothing up, so previews of links do no harm. */
export async function linkView(ctx: Ctx, token: string): Promise<LinkView> {
  const link = await findLink(ctx, tokenHash(token));
  const state = stateOf(ctx, link);
  return { state, name: state === 'ready' ? link!.displayName : null, demonstration: link?.demonstration ?? false };
}

function stateOf(ctx: Ctx, link: LinkRow | null): LinkView['state'] {
  if (!link || link.endedAt) return 'unknown';
  if (link.usedAt) return 'used';
  return link.expiresAt <= ctx.now ? 'over' : 'ready';
}

/**
 * Signs in with a link. Afterwards a second factor is asked for, or set when there is none yet.
 * A demonstration's link gives two factors at once: behind it are invented people whose roles reach demonstration data
 * only, and a visitor who wants to see the desk for a minute has no authenticator at hand.
 */
export async function signInWithLink(ctx: Ctx, input: { token: string; device: Device }): Promise<SignedIn> {
  const link = await lockLink(ctx, tokenHash(input.token));
  const state = stateOf(ctx, link);
  if (!link || state === 'unknown') return refuse({ because: 'not-found', what: 'link' });
  if (state !== 'ready') return refuse({ because: 'gone', what: 'link' });
  if (link.reusable && link.demonstration) {
    return { ...(await openSitting(ctx, { person: link.personId, via: 'demonstration', assurance: 'two', device: input.device })), next: 'none' };
  }
  await saveLinkUsed(ctx, link.id);
  const next = hasFactor(await factorsOf(ctx, link.personId)) ? 'ask' : 'set';
  return { ...(await openSitting(ctx, { person: link.personId, via: 'link', assurance: 'one', device: input.device })), next };
}
