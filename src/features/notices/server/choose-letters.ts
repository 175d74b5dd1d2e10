import { allow, refuse } from '#kernel/refusal.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { mayChooseLetters } from '../access.ts';
import type { ChannelChoice, PauseDays, Quiet, Rhythm } from '../model.ts';
import { afterNight, sendAt } from '../rules.ts';
import { hasAccount, settingsOf } from './queries.ts';
import { readStopToken, type StopTarget } from './stop-token.ts';
import { endStop, rescheduleUrgent, rescheduleWaiting, saveChoice, savePause, saveQuiet, stopContact, stopWaiting, wakeStopped } from './store.ts';

const DAY_MS = 86_400_000;

/** How often, and where, the signed-in person is written to; what waits already follows the new rhythm. */
export async function chooseRhythm(ctx: Ctx, input: { rhythm: Rhythm; channel?: ChannelChoice | undefined }): Promise<void> {
  const id = me(ctx);
  await changeRhythm(ctx, id, input.rhythm, input.channel);
}

/** Holds back what is not urgent for some days. */
export async function pauseLetters(ctx: Ctx, input: { days: PauseDays }): Promise<void> {
  const id = me(ctx);
  await savePause(ctx, id, new Date(ctx.now.getTime() + Number(input.days) * DAY_MS));
  await follow(ctx, id);
}

/** In which hours nothing is sent, and whether urgent news are an exception. */
export async function chooseQuiet(ctx: Ctx, input: Quiet): Promise<void> {
  const id = me(ctx);
  await saveQuiet(ctx, id, input);
  await follow(ctx, id);
  await rescheduleUrgent(ctx, id, sendAt({ urgent: true, rhythm: 'each', quiet: input }, ctx.now, ctx.profile.zone));
}

export async function endPause(ctx: Ctx): Promise<void> {
  const id = me(ctx);
  await savePause(ctx, id, null);
  await follow(ctx, id);
}

/** Ends all letters to the recipient that the token names: no account, no question, as often as one likes. */
export async function stopLetters(ctx: Ctx, token: string): Promise<void> {
  const target = await targetOf(ctx, token);
  await ('person' in target ? changeRhythm(ctx, target.person, 'none') : stopContact(ctx, target.contactHash));
}

/** Takes a stop back: the rhythm is what it was, and what the stop held back since yesterday is sent after all. */
export async function resumeLetters(ctx: Ctx, token: string): Promise<void> {
  const target = await targetOf(ctx, token);
  const since = new Date(ctx.now.getTime() - DAY_MS);
  const morning = afterNight(ctx.now, ctx.profile.zone);
  if ('contactHash' in target) return (await endStop(ctx, target.contactHash)) ? wakeStopped(ctx, target, since, morning) : undefined;
  const { rhythm, rhythmBefore } = await settingsOf(ctx, target.person);
  if (rhythm !== 'none') return;
  await wakeStopped(ctx, { personId: target.person }, since, morning);
  await changeRhythm(ctx, target.person, rhythmBefore ?? 'daily');
}

async function targetOf(ctx: Ctx, token: string): Promise<StopTarget> {
  const target = readStopToken(ctx.secrets, token);
  if (!target || ('person' in target && !(await hasAccount(ctx, target.person)))) return refuse({ because: 'not-found', what: 'stop' });
  return target;
}

function me(ctx: Ctx): PersonId {
  allow(mayChooseLetters(ctx.actor), 'choose letters');
  return ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'choose letters' });
}

async function changeRhythm(ctx: Ctx, person: string, rhythm: Rhythm, channel?: ChannelChoice): Promise<void> {
  const before = await settingsOf(ctx, person);
  await saveChoice(ctx, person, { rhythm, rhythmBefore: before.rhythm === 'none' ? before.rhythmBefore : before.rhythm, channel: channel ?? before.channel });
  await follow(ctx, person);
}

/** What waits for this person leaves when their settings say. */
async function follow(ctx: Ctx, person: string): Promise<void> {
  const { rhythm, pausedUntil, quiet } = await settingsOf(ctx, person);
  if (rhythm === 'none') await stopWaiting(ctx, person);
  else await rescheduleWaiting(ctx, person, sendAt({ urgent: false, rhythm, pausedUntil, quiet }, ctx.now, ctx.profile.zone));
}
