import { allow } from '#kernel/refusal.ts';
import { addDays, addWorkingDays, localDate } from '#kernel/working-days.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { waitingForModerators } from '../../comments/server/index.ts';
import { organisationsEnding } from '../../organisations/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayWorkOnNotices } from '../access.ts';
import { ENDING, MODERATE, SOON } from '../plan.ts';
import { answersDueBy, commitmentsDueBy } from './queries.ts';
import { moderators, recipientsOf } from './recipients.ts';
import { markDueTold } from './store.ts';
import { writeNotices } from './write-notices.ts';

const ANSWER_WORKING_DAYS = 2;
const COMMITMENT_DAYS = 7;
const BATCH = 500;
// What ran out before is not dug up; what the house was asleep for is told late.
const LATE_DAYS = 14;

/** Tells officers what is due soon, and organisations what ends, once for each date: a date that moves is told again. Returns how many things. Run by the worker. */
export async function remindOfDue(ctx: Ctx): Promise<number> {
  allow(mayWorkOnNotices(ctx.actor), 'remind of what is due');
  const today = localDate(ctx.now, ctx.profile.zone);
  const answers = await answersDueBy(ctx, today, addWorkingDays(await workingCalendar(ctx), today, ANSWER_WORKING_DAYS), BATCH);
  const commitments = await commitmentsDueBy(ctx, today, addDays(today, COMMITMENT_DAYS), BATCH);
  for (const it of [...answers, ...commitments]) {
    const news = { id: `due ${it.id} ${it.due}`, by: null, entry: it.entry, body: it.body, values: { number: it.number, due: it.due, ...(it.entry ? {} : { commitment: it.number }) }, level: 1, subject: it.id };
    await writeNotices(ctx, SOON, news, await recipientsOf(ctx, 'officers', news));
    await markDueTold(ctx, it);
  }
  return answers.length + commitments.length + (await remindOfEnds(ctx));
}

/** Two months and two weeks before a licence or a verification ends, and on its last day; each piece of news once, by its key, which is kept for longer than it may be late. */
async function remindOfEnds(ctx: Ctx): Promise<number> {
  const ending = await organisationsEnding(ctx, { lateDays: LATE_DAYS });
  for (const it of ending) {
    const news = { id: `ends ${it.id} ${it.ends} ${it.due}`, by: null, entry: null, body: null, values: { number: it.number, due: it.ends, organisation: it.number }, level: 1, subject: it.id };
    for (const audience of ENDING.audiences) await writeNotices(ctx, ENDING, news, await recipientsOf(ctx, audience, news));
  }
  return ending.length;
}

/** Tells moderators once a day that comments wait for them. Run by the worker. */
export async function remindModerators(ctx: Ctx): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'remind moderators');
  if ((await waitingForModerators(ctx)) === 0) return;
  const news = { id: `moderation ${localDate(ctx.now, ctx.profile.zone)}`, by: null, entry: null, body: null, values: {}, level: 1, subject: '' };
  await writeNotices(ctx, MODERATE, news, await moderators(ctx));
}
