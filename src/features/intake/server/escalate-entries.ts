import { escalationCutoffs, levelOf, type Ladder } from '#kernel/escalation.ts';
import { allow } from '#kernel/refusal.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { lockOverdue, lockUnread, saveEscalated, saveUnreadTold } from './jobs-store.ts';
import { today } from './store.ts';

const LADDER: Ladder = [0, 3, 6];

/** Run by the worker: what is overdue is said, each level once; a worker that slept says all that it missed. Returns how many steps. */
export async function escalateEntries(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'escalate entries');
  return (await escalateUnread(ctx)) + (await escalateUnanswered(ctx));
}

/** Nobody has read it: the governor's office hears of it. It is not public yet, so neither is this. */
async function escalateUnread(ctx: Ctx): Promise<number> {
  const unread = await lockUnread(ctx, today(ctx));
  await saveUnreadTold(ctx, unread.map((it) => it.id));
  for (const it of unread) {
    await record(ctx, 'entry.escalated', { kind: 'entry', id: it.id }, { public: false, detail: { number: it.number, clock: 'acknowledge', level: LADDER.length, due: it.due }, as: { role: 'system' } });
  }
  return unread.length;
}

async function escalateUnanswered(ctx: Ctx): Promise<number> {
  const cutoffs = escalationCutoffs(await workingCalendar(ctx), today(ctx), LADDER);
  let steps = 0;
  for (const it of await lockOverdue(ctx, cutoffs)) {
    const reached = levelOf(it.due, cutoffs);
    await saveEscalated(ctx, it.id, reached);
    for (let level = it.escalated + 1; level <= reached; level++, steps++) {
      await record(ctx, 'entry.escalated', { kind: 'entry', id: it.id }, { public: it.shown, detail: { number: it.number, clock: 'answer', level, due: it.due }, as: { role: 'system' } });
    }
  }
  return steps;
}
