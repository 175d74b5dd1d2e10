import { createHmac } from 'node:crypto';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { publicMoment } from '../../record/model.ts';
import { mayTell } from '../access.ts';
import { SECRET_MARK, type Problem } from '../model.ts';
import { problemOf, retryAt } from '../rules.ts';
import type { Message } from '../views.ts';
import { actRow, deleteDelivered, saveAttempt, takeDelivery } from './store.ts';

export type Claimed = { id: string; attempts: number; url: string; body: string; headers: Record<string, string> };
const KEPT_MS = 30 * 86_400_000;

/** Takes what is due and writes it as Standard Webhooks have it: the same id however often it is sent, signed with its time. */
export async function claimDelivery(ctx: Ctx, input: { origin: string }): Promise<Claimed | null> {
  allow(mayTell(ctx.actor), 'tell webhooks');
  const due = await takeDelivery(ctx);
  if (!due) return null;
  const body = JSON.stringify(await messageOf(ctx, due.actId, input.origin));
  const timestamp = String(Math.floor(ctx.now.getTime() / 1000));
  return {
    id: due.id, attempts: due.attempts, url: due.url, body,
    headers: {
      'content-type': 'application/json; charset=utf-8', 'user-agent': 'Abwab-Webhooks/1', 'webhook-id': due.id, 'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signatureOf(ctx.secrets.unseal('webhook secret', due.secretSealed), due.id, timestamp, body)}`,
    },
  };
}

export function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  return createHmac('sha256', Buffer.from(secret.slice(SECRET_MARK.length), 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64');
}

/** Codes and numbers, never a text: whoever wants the words reads the page, and finds there what is public at that moment. */
async function messageOf(ctx: Ctx, actId: string, origin: string): Promise<Message> {
  const act = await actRow(ctx, actId);
  const [path, number] = act.entry ? ['n', act.entry] : act.commitment ? ['commitments', act.commitment] : act.organisation ? ['orgs', act.organisation] : [null, null];
  const api = act.entry ? 'entries' : act.commitment ? 'commitments' : 'organisations';
  return {
    type: act.kind, timestamp: publicMoment(act.at, act.actorRole).toISOString(),
    data: {
      act: actId, role: act.actorRole, body: act.actorBody, detail: act.detail, recordIndex: act.logIndex === null ? null : Number(act.logIndex),
      subject: { kind: act.subjectKind, number, url: path && `${origin}/${path}/${number}`, api: path && `${origin}/api/v1/${api}/${number}` },
    },
  };
}

/** Writes down what became of an attempt: arrived, to be tried again, or given up. */
export async function settleDelivery(ctx: Ctx, input: { id: string; attempts: number; milliseconds: number } & ({ status: number } | { problem: Problem })): Promise<void> {
  allow(mayTell(ctx.actor), 'tell webhooks');
  const { id, attempts, milliseconds } = input;
  const found = 'status' in input ? problemOf(input.status) : { problem: input.problem, lasting: false };
  await saveAttempt(ctx, { id, attempts, milliseconds, status: 'status' in input ? input.status : null, problem: found?.problem ?? null, again: found?.lasting ? null : retryAt(attempts, ctx.now) });
}

/** What arrived or was given up a month ago goes. Run by the worker. */
export async function forgetDeliveries(ctx: Ctx): Promise<number> {
  allow(mayTell(ctx.actor), 'forget deliveries');
  return deleteDelivered(ctx, new Date(ctx.now.getTime() - KEPT_MS));
}
