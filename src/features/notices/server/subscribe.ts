import { randomInt, timingSafeEqual } from 'node:crypto';
import { randomId, type PersonId } from '#kernel/ids.ts';
import { maskedContact } from '#kernel/masked-contact.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { record } from '../../record/server/index.ts';
import { limit, readContact } from '../../people/server/index.ts';
import { followEntry } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayChooseLetters, mayWorkOnNotices } from '../access.ts';
import type { Rhythm, Topic } from '../model.ts';
import { CODE_LIMITS, MOST_TOPICS, OPT_IN } from '../rules.ts';
import { codeRow } from './queries.ts';
import { stopToken, readStopToken } from './stop-token.ts';
import { endStop } from './store.ts';
import { deleteSubscription, deleteSubscriptionOf, forgetPlainCode, insertCode, insertSubscription, tryCode, useCode } from './subscription-store.ts';
import { countTopics, topicOf } from './subscription-queries.ts';

/** The task of the queue that sends a code to somebody without an account; its payload is `{codeId}` and nothing else. */
export const SEND_OPT_IN = 'send-opt-in-code';

/** The signed-in person hears of a place, a sector, a body or an entry from now on. */
export async function subscribe(ctx: Ctx, topic: Topic): Promise<void> {
  const me = person(ctx);
  const it = await topicOf(ctx, topic);
  if (it.kind === 'entry') return followEntry(ctx, { number: it.code, follow: true });
  if ((await countTopics(ctx, { personId: me })) >= MOST_TOPICS) refuse({ because: 'invalid', fields: { topic: 'too-many' } });
  const fresh = await insertSubscription(ctx, { id: randomId<'subscription'>(), personId: me, contactKind: null, contactSealed: null, contactHash: null, topicKind: it.kind, topic: it.code, language: 'ar', rhythm: null, at: ctx.now });
  if (fresh) await record(ctx, 'person.subscribed', { kind: 'person', id: me }, { public: false, detail: { kind: it.kind, topic: it.code } });
}

export async function unsubscribe(ctx: Ctx, topic: Topic): Promise<void> {
  const me = person(ctx);
  if (topic.kind === 'entry') return followEntry(ctx, { number: topic.code, follow: false });
  if (await deleteSubscription(ctx, me, topic)) await record(ctx, 'person.unsubscribed', { kind: 'person', id: me }, { public: false, detail: { kind: topic.kind, topic: topic.code } });
}

export type Asking = { contact: string; topic: Topic | null; rhythm: Exclude<Rhythm, 'none'>; language: Lang };

/** Without an account: a code goes to the contact, and nothing else before it was typed in. Without a topic it opens what is followed. */
export async function askSubscription(ctx: Ctx, input: Asking): Promise<{ request: string }> {
  const contact = readContact(input.contact);
  const topic = input.topic && (await topicOf(ctx, input.topic));
  await limit(ctx, { ...CODE_LIMITS.fromNetwork, key: ctx.caller ?? 'none' });
  const contactHash = hashOf(ctx, contact);
  await limit(ctx, { ...CODE_LIMITS.forContact, key: contactHash.toString('hex') });
  const id = randomId<'opt-in'>();
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await insertCode(ctx, {
    id, contactKind: contact.kind, contactSealed: ctx.secrets.seal('notice contact', contact.value), contactHash, topicKind: topic?.kind ?? null, topic: topic?.code ?? null, rhythm: input.rhythm, language: input.language,
    codeHash: codeHash(ctx, id, code), codeSealed: ctx.secrets.seal('opt-in code', code), attempts: 0, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + OPT_IN.lifeMs), usedAt: null,
  });
  await ctx.enqueue(SEND_OPT_IN, { codeId: id });
  return { request: id };
}

/** The code that arrived: only now does the contact follow. A wrong one counts, and is answered instead of thrown, so that it stays counted. */
export async function confirmSubscription(ctx: Ctx, input: { request: string; code: string }): Promise<{ token: string } | { wrong: 'wrong-code' | 'over' }> {
  const row = await tryCode(ctx, input.request, OPT_IN.tries);
  if (!row) return { wrong: 'over' };
  if (!timingSafeEqual(row.codeHash, codeHash(ctx, row.id, input.code))) return { wrong: 'wrong-code' };
  await useCode(ctx, row.id);
  if (row.topicKind && row.topic) {
    if ((await countTopics(ctx, { contactHash: row.contactHash })) >= MOST_TOPICS) refuse({ because: 'invalid', fields: { topic: 'too-many' } });
    // Whoever asks for letters again has taken an earlier stop back.
    await endStop(ctx, row.contactHash);
    const { contactKind, contactSealed, contactHash, topicKind, topic, language, rhythm } = row;
    await insertSubscription(ctx, { id: randomId<'subscription'>(), personId: null, contactKind, contactSealed, contactHash, topicKind, topic, language, rhythm, at: ctx.now });
  }
  return { token: stopToken(ctx.secrets, { contactHash: row.contactHash }) };
}

/** Ends one of the things that the recipient of a letter follows, by the token in it. */
export async function dropSubscription(ctx: Ctx, input: { token: string; id: string }): Promise<void> {
  const target = readStopToken(ctx.secrets, input.token) ?? refuse({ because: 'not-found', what: 'stop' });
  await deleteSubscriptionOf(ctx, 'person' in target ? { personId: target.person } : target, input.id);
}

/** For the job that sends: the code and where to; null when it was sent, used or is over. */
export async function optInToSend(ctx: Ctx, input: { codeId: string }) {
  allow(mayWorkOnNotices(ctx.actor), 'read a code');
  const row = await codeRow(ctx, input.codeId);
  if (!row?.codeSealed || row.usedAt || row.expiresAt <= ctx.now) return null;
  return { contactKind: row.contactKind, contact: ctx.secrets.unseal('notice contact', row.contactSealed), code: ctx.secrets.unseal('opt-in code', row.codeSealed), language: row.language, template: 'optin' as const };
}

export async function optInSent(ctx: Ctx, input: { codeId: string }): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'forget a code');
  await forgetPlainCode(ctx, input.codeId);
}

/** Where a code went, masked, for the page on which it is typed; null when the request is over. */
export async function optInRequest(ctx: Ctx, input: { request: string }): Promise<{ kind: 'mail' | 'phone'; contact: string } | null> {
  const row = await codeRow(ctx, input.request);
  if (!row || row.usedAt || row.expiresAt <= ctx.now) return null;
  return { kind: row.contactKind, contact: maskedContact(ctx.secrets.unseal('notice contact', row.contactSealed)) };
}

const hashOf = (ctx: Ctx, contact: { kind: string; value: string }): Buffer => ctx.secrets.keyedHash('notice contact', `${contact.kind} ${contact.value}`);
const codeHash = (ctx: Ctx, id: string, code: string): Buffer => ctx.secrets.keyedHash('opt-in code', `${id}:${code}`);

function person(ctx: Ctx): PersonId {
  allow(mayChooseLetters(ctx.actor), 'follow');
  return ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'follow' });
}
