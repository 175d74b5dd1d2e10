import { newId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { News, Recipient } from '../model.ts';
import type { Plan } from '../plan.ts';
import { sendAt } from '../rules.ts';
import { stoppedContacts } from './queries.ts';
import { insertNotices } from './store.ts';

type ToContact = Extract<Recipient, { contact: unknown }>;
type ToPerson = Extract<Recipient, { person: unknown }>;

/** Lays down one notice a recipient; the same news to the same person is one, however often it is told. */
export async function writeNotices(ctx: Ctx, plan: Plan, news: News, recipients: readonly Recipient[]): Promise<void> {
  const contacts = recipients.flatMap((it) => ('contact' in it ? [{ it, hash: ctx.secrets.keyedHash('notice contact', `${it.contact.kind} ${it.contact.value}`) }] : []));
  const stopped = await stoppedContacts(ctx, contacts.map(({ hash }) => hash));
  await insertNotices(ctx, [
    ...recipients.flatMap((it) => ('person' in it && it.rhythm !== 'none' ? [toPerson(ctx, plan, news, { ...it, rhythm: it.rhythm })] : [])),
    ...contacts.filter(({ hash }) => !stopped.has(hash.toString('hex'))).map(({ it, hash }) => toContact(ctx, plan, news, it, hash)),
  ]);
}

const shared = (ctx: Ctx, plan: Plan, language: Recipient['language']) => ({
  id: newId<'notice'>(ctx.now.getTime()), template: plan.template, language, urgent: plan.urgent,
  state: 'waiting' as const, attempts: 0, problem: null, createdAt: ctx.now, heldUntil: null, sentAt: null,
});

function toPerson(ctx: Ctx, plan: Plan, news: News, to: ToPerson & { rhythm: 'each' | 'daily' | 'weekly' }) {
  const values = to.room ? { ...news.values, room: to.room } : news.values;
  return {
    ...shared(ctx, plan, to.language), entryId: news.entry?.id ?? null, values: JSON.stringify(values), personId: to.person, contactKind: null, contactSealed: null, contactHash: null,
    sendAt: sendAt({ urgent: plan.urgent, rhythm: to.rhythm, pausedUntil: to.pausedUntil, quiet: to.quiet }, ctx.now, ctx.profile.zone), onceKey: `${news.id} ${to.person}`,
  };
}

/** Somebody without an account knows the number of what they sent, also after it was joined to another. */
function toContact(ctx: Ctx, plan: Plan, news: News, to: ToContact, contactHash: Buffer) {
  return {
    ...shared(ctx, plan, to.language), entryId: to.entry.id, values: JSON.stringify({ ...news.values, number: to.entry.number }), personId: null,
    contactKind: to.contact.kind, contactSealed: ctx.secrets.seal('notice contact', to.contact.value), contactHash,
    sendAt: sendAt({ urgent: plan.urgent, rhythm: to.rhythm ?? 'each' }, ctx.now, ctx.profile.zone), onceKey: `${news.id} ${contactHash.toString('hex')}`,
  };
}
