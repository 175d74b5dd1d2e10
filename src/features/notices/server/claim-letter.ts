import { newId, type PersonId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { addressIn, type Lang } from '#platform/i18n/languages.ts';
import type { Delivery, Letter } from '#platform/mail/channel.ts';
import type { Ctx } from '../../context.ts';
import { mayWorkOnNotices } from '../access.ts';
import { masked, retryAt } from '../rules.ts';
import { writeMail, writeSms, type Piece } from './letter.ts';
import { contactOf, visibleTitles } from './queries.ts';
import { textsOf } from './text-queries.ts';
import { stopToken, type StopTarget } from './stop-token.ts';
import { giveBack, insertOutbox, saveChannel, saveProblem, saveSent, saveUnreachable, takeDue, type NoticeRow } from './store.ts';

export type Claimed = { ids: string[]; attempts: number; letter: Letter };
type To = { kind: 'mail' | 'phone'; value: string; language: Lang; target: StopTarget };

const MOST_IN_A_LETTER = 30;

/**
 * Takes what is due for one recipient and writes the letter. It is held for ten minutes: two workers never take the same,
 * and a worker that dies gives it back. Null when nothing is due.
 */
export async function claimLetter(ctx: Ctx, input: { origin: string }): Promise<Claimed | 'nobody' | null> {
  allow(mayWorkOnNotices(ctx.actor), 'send letters');
  const due = await takeDue(ctx, MOST_IN_A_LETTER);
  if (due.length === 0) return null;
  const to = await recipientOf(ctx, due[0]!);
  if (!to) {
    await saveUnreachable(ctx, due.map((row) => row.id));
    return 'nobody';
  }
  // A digest does not fit into one SMS: each notice is one of its own.
  const rows = to.kind === 'mail' ? due : due.slice(0, 1);
  await giveBack(ctx, due.slice(rows.length).map((row) => row.id));
  return { ids: rows.map((row) => row.id), attempts: rows[0]!.attempts, letter: await write(ctx, rows, to, input.origin) };
}

/** Null when there is nobody to write to: no contact, a closed account, or a contact sealed with a key that is gone. */
async function recipientOf(ctx: Ctx, row: NoticeRow): Promise<To | null> {
  if (row.personId) {
    const contact = await contactOf(ctx, row.personId as PersonId);
    return contact && { ...contact, target: { person: row.personId } };
  }
  try {
    return { kind: row.contactKind!, value: ctx.secrets.unseal('notice contact', row.contactSealed!), language: row.language, target: { contactHash: row.contactHash! } };
  } catch {
    return null;
  }
}

async function write(ctx: Ctx, rows: readonly NoticeRow[], to: To, origin: string): Promise<Letter> {
  const titles = await visibleTitles(ctx, rows.flatMap((row) => row.entryId ?? []));
  const pieces: Piece[] = rows.map((row) => ({ template: row.template, values: row.values, title: titles.get(row.entryId ?? '') ?? null }));
  const where = { origin, zone: ctx.profile.zone, texts: await textsOf(ctx, to.language) };
  const shared = { id: rows[0]!.id, to: to.value, secret: null };
  if (to.kind === 'phone') return { ...shared, kind: 'sms', subject: '', text: writeSms(pieces[0]!, to.language, where), html: null, stop: null };
  const stop = origin + addressIn(to.language, `/stop/${stopToken(ctx.secrets, to.target)}`);
  return { ...shared, kind: 'mail', ...writeMail(pieces, to.language, where, stop), stop };
}

/** Writes down what became of a letter: sent, to be tried again, or failed. */
export async function settleLetter(ctx: Ctx, input: { claimed: Claimed; via: 'smtp' | 'outbox' | 'gateway'; delivery: Delivery }): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'send letters');
  const { claimed, delivery } = input;
  if (delivery.sent) await saveSent(ctx, claimed.ids);
  else await saveProblem(ctx, claimed.ids, delivery.problem, delivery.lasting ? null : retryAt(claimed.attempts, ctx.now));
  await saveChannel(ctx, claimed.letter.kind, input.via, channelNews(ctx, delivery));
}

/** An address that does not exist says nothing about the channel. */
function channelNews(ctx: Ctx, delivery: Delivery) {
  if (delivery.sent) return { workedAt: ctx.now };
  return delivery.lasting ? null : { failedAt: ctx.now, problem: delivery.problem };
}

/** Without a server the letter is laid here: never a code or a link, unless all of it is demonstration. */
export async function layInOutbox(ctx: Ctx, input: { letter: Letter; demo: boolean }): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'send letters');
  const { letter } = input;
  const open = input.demo ? letter.text : veiled(letter);
  await insertOutbox(ctx, { id: newId<'outbox'>(ctx.now.getTime()), channel: letter.kind, recipientMasked: masked(letter.to), subject: letter.subject, body: open, createdAt: ctx.now });
}

function veiled(letter: Letter): string {
  const text = letter.text.replace(/https?:\/\/\S+/g, '[…]');
  if (!letter.secret) return text;
  const halves = letter.secret.replace(/^(\d{3})(\d{3})$/, '$1 $2');
  return text.replaceAll(halves, '••• •••').replaceAll(letter.secret, '••••••');
}
