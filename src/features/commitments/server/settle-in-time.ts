/** What time itself does to commitments: run by the worker as use cases. */
import { escalationCutoffs, levelOf, type Ladder } from '#kernel/escalation.ts';
import { allow } from '#kernel/refusal.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { settleSilent } from '../rules.ts';
import { settle } from './give-voice.ts';
import { lockLate, lockSilent, saveEscalation, today } from './store.ts';

const LADDER: Ladder = [0, 5, 10];

/** Nobody said yes or no for so many days: not confirmed. Returns how many. */
export async function settleSilentCommitments(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'settle commitments');
  const { days } = ctx.profile.confirmation;
  const waiting = await lockSilent(ctx, new Date(ctx.now.getTime() - days * 86_400_000));
  for (const it of waiting) await settle(ctx, settleSilent(it, days, ctx.now), 'system');
  return waiting.length;
}

/** What is late is said, each level once; a worker that slept says all that it missed. Returns how many steps. */
export async function escalateLateCommitments(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'escalate commitments');
  const cutoffs = escalationCutoffs(await workingCalendar(ctx), today(ctx), LADDER);
  let steps = 0;
  for (const it of await lockLate(ctx, cutoffs)) {
    const reached = levelOf(it.from, cutoffs);
    await saveEscalation(ctx, it.id, reached);
    for (let level = it.escalated + 1; level <= reached; level++, steps++) {
      await record(ctx, 'commitment.escalated', { kind: 'commitment', id: it.id }, { public: it.public, detail: { number: it.number, level, due: it.due }, as: { role: 'system' } });
    }
  }
  return steps;
}
