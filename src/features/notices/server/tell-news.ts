import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayWorkOnNotices } from '../access.ts';
import type { News } from '../model.ts';
import { NEWS_KINDS, plansOf } from '../plan.ts';
import { aroundSubject, cursorAt, freshActs } from './queries.ts';
import { recipientsOf } from './recipients.ts';
import { holdNews, markSeen } from './store.ts';
import { writeNotices } from './write-notices.ts';

const BATCH = 200;
// Acts carry the time at which their transaction began: one that ran long appears behind the cursor.
const LONGEST_TRANSACTION_MS = 10 * 60_000;

/** Makes notices of acts that nobody was told about yet; returns how many acts. Run every two seconds by the worker. */
export async function tellNews(ctx: Ctx): Promise<number> {
  allow(mayWorkOnNotices(ctx.actor), 'tell news');
  if (!(await holdNews(ctx))) return 0;
  const cursor = await cursorAt(ctx);
  const acts = await freshActs(ctx, NEWS_KINDS, new Date(cursor.getTime() - LONGEST_TRANSACTION_MS), BATCH);
  for (const act of acts) await tell(ctx, act);
  const read = acts.length < BATCH ? ctx.now : acts.at(-1)!.at;
  await markSeen(ctx, acts.map((act) => act.id), read > cursor ? read : cursor, new Date(Math.min(cursor.getTime(), ctx.now.getTime()) - 3 * LONGEST_TRANSACTION_MS));
  return acts.length;
}

type Act = Awaited<ReturnType<typeof freshActs>>[number];

async function tell(ctx: Ctx, act: Act): Promise<void> {
  const news = await newsOf(ctx, act);
  for (const plan of plansOf(act.kind)) for (const audience of plan.audiences) await writeNotices(ctx, plan, news, await recipientsOf(ctx, audience, news));
}

async function newsOf(ctx: Ctx, act: Act): Promise<News> {
  const around = await aroundSubject(ctx, act.subjectKind, act.subjectId);
  // Until when an organisation is verified stands in the act that decided it.
  const due = around.due ?? (around.organisation && typeof act.detail.until === 'string' ? act.detail.until : null);
  return {
    id: act.id, by: act.actorPerson, entry: around.entry, body: around.body, level: Number(act.detail.level ?? 1), subject: act.subjectId,
    values: { ...(around.number ? { number: around.entry?.number ?? around.number } : {}), ...(due ? { due } : {}), ...(around.commitment ? { commitment: around.commitment } : {}), ...(around.organisation ? { organisation: around.organisation } : {}), ...(around.comment ? { comment: around.comment.id } : {}) },
    author: around.comment?.author ?? null, answered: around.comment?.answered ?? null,
  };
}
