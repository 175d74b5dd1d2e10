import type { EntryId, PersonId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayFollow, maySupport } from '../access.ts';
import { addSupport, liveEntry, removeSupport, setFollow } from './support-store.ts';

/** «I need this too»: one a person, by a verified contact. Said twice, it counts once. Returns the count. */
export async function supportEntry(ctx: Ctx, input: { number: string }): Promise<number> {
  allow(maySupport(ctx.actor) && ctx.actor.kind === 'person', 'support an entry');
  const entry = await visible(ctx, input.number);
  const { added, count } = await addSupport(ctx, entry.id, ctx.actor.id);
  if (added) {
    await setFollow(ctx, entry.id, ctx.actor.id, true);
    await record(ctx, 'entry.supported', { kind: 'entry', id: entry.id }, { public: false });
  }
  return count;
}

/** The same for somebody who stands at a desk and showed their papers. The calling feature has checked the clerk and knows the person. */
export async function supportOnBehalf(ctx: Ctx, input: { number: string; person: PersonId; body: string }): Promise<{ added: boolean; count: number }> {
  const entry = await visible(ctx, input.number);
  const { added, count } = await addSupport(ctx, entry.id, input.person);
  if (added) {
    await setFollow(ctx, entry.id, input.person, true);
    await record(ctx, 'entry.supported', { kind: 'entry', id: entry.id }, { public: false, as: { role: 'clerk', body: input.body }, onBehalf: true, detail: { papersSeen: true } });
  }
  return { added, count };
}

/** Takes the support back. */
export async function unsupportEntry(ctx: Ctx, input: { number: string }): Promise<number> {
  allow(maySupport(ctx.actor) && ctx.actor.kind === 'person', 'support an entry');
  const entry = await visible(ctx, input.number);
  const { removed, count } = await removeSupport(ctx, entry.id, ctx.actor.id);
  if (removed) await record(ctx, 'entry.unsupported', { kind: 'entry', id: entry.id }, { public: false });
  return count;
}

export async function followEntry(ctx: Ctx, input: { number: string; follow: boolean }): Promise<void> {
  allow(mayFollow(ctx.actor) && ctx.actor.kind === 'person', 'follow an entry');
  const entry = await visible(ctx, input.number);
  const changed = await setFollow(ctx, entry.id, ctx.actor.id, input.follow);
  if (changed) await record(ctx, input.follow ? 'entry.followed' : 'entry.unfollowed', { kind: 'entry', id: entry.id }, { public: false });
}

/** The public entry meant by a number; a joined one leads to the one it became. */
async function visible(ctx: Ctx, asked: string): Promise<{ id: EntryId }> {
  const number = parseReference(asked, ctx.profile.prefix);
  const it = number && (await liveEntry(ctx, number));
  return it || refuse({ because: 'not-found', what: 'entry' });
}
