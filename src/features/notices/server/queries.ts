import { refuse, allow } from '#kernel/refusal.ts';
import type { Role } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import { contactsOfPerson } from '../../people/server/index.ts';
import { organisationNumber } from '../../organisations/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepNotices, mayWorkOnNotices } from '../access.ts';
import { NIGHT, type News, type Quiet, type Recipient } from '../model.ts';
import type { LetterSettings, NoticesDesk, StopState } from '../views.ts';
import { readStopToken } from './stop-token.ts';

/** Acts of these kinds that nobody was told about yet, oldest first, from a little before the cursor on. */
export async function freshActs(ctx: Ctx, kinds: readonly string[], after: Date, limit: number) {
  return ctx.db.selectFrom('acts').leftJoin('newsSeen', 'newsSeen.actId', 'acts.id')
    .select(['acts.id', 'acts.at', 'acts.kind', 'acts.subjectKind', 'acts.subjectId', 'acts.actorPerson', 'acts.detail'])
    .where('acts.at', '>', after).where('acts.kind', 'in', [...kinds]).where('newsSeen.actId', 'is', null)
    .orderBy('acts.at').orderBy('acts.seq').limit(limit).execute();
}

export async function cursorAt(ctx: Ctx): Promise<Date> {
  return (await ctx.db.selectFrom('newsCursor').select('at').executeTakeFirstOrThrow()).at;
}

type Around = { entry: News['entry']; body: BodyId | null; due: string | null; number: string | null; commitment?: string; organisation?: string; comment?: { id: string; author: string | null; answered: string | null } };

/** The entry around an act's subject, and the body that it is about. */
export async function aroundSubject(ctx: Ctx, kind: string, id: string): Promise<Around> {
  if (kind === 'entry') return aroundEntry(ctx, id, null);
  if (kind === 'answer') {
    const answer = await ctx.db.selectFrom('answers').select(['entryId', 'bodyId']).where('id', '=', id).executeTakeFirst();
    if (answer) return aroundEntry(ctx, answer.entryId, answer.bodyId as BodyId);
  }
  if (kind === 'commitment') {
    const it = await ctx.db.selectFrom('commitments').select(['number', 'subjectId', 'bodyId', 'due']).where('id', '=', id).executeTakeFirst();
    if (it) return { ...(await aroundEntry(ctx, it.subjectId, it.bodyId as BodyId)), due: it.due, number: it.number, commitment: it.number };
  }
  if (kind === 'comment') return aroundComment(ctx, id);
  const organisation = kind === 'organisation' ? await organisationNumber(ctx, id) : null;
  if (organisation) return { entry: null, body: null, due: null, number: organisation, organisation };
  return { entry: null, body: null, due: null, number: null };
}

async function aroundEntry(ctx: Ctx, id: string, body: BodyId | null): Promise<Around> {
  const entry = await ctx.db.selectFrom('entries').select(['id', 'number', 'bodyId', 'answerDue']).where('id', '=', id).executeTakeFirst();
  return { entry: entry ? { id: entry.id, number: entry.number } : null, body: body ?? ((entry?.bodyId ?? null) as BodyId | null), due: entry?.answerDue ?? null, number: entry?.number ?? null };
}

async function aroundComment(ctx: Ctx, id: string): Promise<Around> {
  const it = await ctx.db.selectFrom('comments as c').leftJoin('comments as p', 'p.id', 'c.parentId').leftJoin('commitments as m', 'm.id', 'c.subjectId')
    .select(['c.personId', 'c.subjectKind', 'c.subjectId', 'p.personId as answered', 'm.number as promise']).where('c.id', '=', id).executeTakeFirst();
  if (!it) return { entry: null, body: null, due: null, number: null };
  const around = it.subjectKind === 'entry' ? await aroundEntry(ctx, it.subjectId, null) : { entry: null, body: null, number: it.promise };
  return { ...around, due: null, comment: { id, author: it.personId, answered: it.answered } };
}

type Account = Extract<Recipient, { person: unknown }>;

/** These accounts as recipients, without those that were closed. */
export async function accounts(ctx: Ctx, ids: readonly string[]): Promise<Account[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.selectFrom('persons').leftJoin('noticeSettings', 'noticeSettings.personId', 'persons.id')
    .select(['persons.id', 'persons.language', 'noticeSettings.rhythm', 'noticeSettings.pausedUntil', 'noticeSettings.quietFrom', 'noticeSettings.quietTo', 'noticeSettings.urgentPasses']).where('persons.id', 'in', [...ids]).where('persons.endedAt', 'is', null).execute();
  return rows.map((row) => ({ person: row.id as PersonId, language: row.language, rhythm: row.rhythm ?? 'daily', pausedUntil: row.pausedUntil, quiet: quietOf(row) }));
}

const quietOf = (row: { quietFrom: number | null; quietTo: number | null; urgentPasses: boolean | null } | undefined): Quiet =>
  ({ from: row?.quietFrom ?? NIGHT.from, to: row?.quietTo ?? NIGHT.to, urgentPasses: row?.urgentPasses ?? NIGHT.urgentPasses });

/** Who holds a role now, in a body or, without one, in the installation. */
export async function holdersOf(ctx: Ctx, role: Exclude<Role, 'resident'>, body: BodyId | null): Promise<string[]> {
  let query = ctx.db.selectFrom('personRoles').select('personId').distinct().where('role', '=', role).where('confirmedAt', 'is not', null).where('endedAt', 'is', null);
  if (body) query = query.where('bodyId', '=', body);
  return (await query.execute()).map((row) => row.personId);
}

/** Which of these contacts want no letters, as hex. */
export async function stoppedContacts(ctx: Ctx, hashes: readonly Buffer[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await ctx.db.selectFrom('noticeStops').select('contactHash').where('contactHash', 'in', [...hashes]).execute();
  return new Set(rows.map((row) => row.contactHash.toString('hex')));
}

/** Whether a role still waits for its second person. */
export async function roleWaits(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('personRoles').select('id').where('id', '=', id).where('confirmedAt', 'is', null).where('endedAt', 'is', null).executeTakeFirst();
  return row !== undefined;
}

/** The address that a person is written to: by the channel that they chose, else the first that there is. */
export async function contactOf(ctx: Ctx, personId: PersonId) {
  const contacts = await contactsOfPerson(ctx, personId);
  const { channel } = await settingsOf(ctx, personId);
  return contacts.find((it) => it.kind === channel) ?? contacts[0] ?? null;
}

/** Titles of those entries that everybody may read at this moment. */
export async function visibleTitles(ctx: Ctx, entryIds: readonly string[]): Promise<Map<string, string>> {
  if (entryIds.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('entries').select(['id', 'title']).where('id', 'in', [...entryIds])
    .where('publishedAt', 'is not', null).where('confidential', '=', false).where('state', '<>', 'withdrawn').execute();
  return new Map(rows.map((row) => [row.id, row.title]));
}

/** A code for somebody without an account, whatever became of it. */
export async function codeRow(ctx: Ctx, id: string) {
  return (await ctx.db.selectFrom('subscriptionCodes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function settingsOf(ctx: Ctx, personId: string) {
  const row = await ctx.db.selectFrom('noticeSettings').selectAll().where('personId', '=', personId).executeTakeFirst();
  return { rhythm: row?.rhythm ?? ('daily' as const), rhythmBefore: row?.rhythmBefore ?? null, channel: row?.channel ?? null, pausedUntil: row?.pausedUntil ?? null, quiet: quietOf(row) };
}

export async function hasAccount(ctx: Ctx, personId: string): Promise<boolean> {
  return (await ctx.db.selectFrom('persons').select('id').where('id', '=', personId).where('endedAt', 'is', null).executeTakeFirst()) !== undefined;
}

/** How the signed-in person is written to. */
export async function myLetters(ctx: Ctx): Promise<LetterSettings> {
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'choose letters' });
  const { rhythm, channel, pausedUntil, quiet } = await settingsOf(ctx, ctx.actor.id);
  const kinds = await ctx.db.selectFrom('personContacts').select('kind').distinct().where('personId', '=', ctx.actor.id).orderBy('kind').execute();
  const channels = kinds.map((row) => row.kind);
  return { rhythm, quiet, channels, channel: channels.find((it) => it === channel) ?? channels[0] ?? null, pausedUntil: pausedUntil && pausedUntil > ctx.now ? pausedUntil : null };
}

/** What a stop address is good for, before its page asks to press the button. */
export async function stopState(ctx: Ctx, token: string): Promise<StopState> {
  const target = readStopToken(ctx.secrets, token);
  if (!target) return 'unknown';
  if ('contactHash' in target) return (await stoppedContacts(ctx, [target.contactHash])).size > 0 ? 'stopped' : 'letters';
  if (!(await hasAccount(ctx, target.person))) return 'unknown';
  return (await settingsOf(ctx, target.person)).rhythm === 'none' ? 'stopped' : 'letters';
}

type Due = { id: string; number: string; due: string; entry: News['entry']; body: BodyId | null };

/** Entries that a body has to answer between two days, and whose officers were not told of that date. */
export async function answersDueBy(ctx: Ctx, from: string, to: string, most: number): Promise<Due[]> {
  const rows = await ctx.db.selectFrom('entries as e').leftJoin('dueTold as t', (join) => join.onRef('t.thingId', '=', 'e.id').onRef('t.due', '=', 'e.answerDue'))
    .select(['e.id', 'e.number', 'e.bodyId', 'e.answerDue']).where('e.state', 'in', ['assigned', 'study']).where('e.answeredAt', 'is', null)
    .where('e.answerDue', '>=', from).where('e.answerDue', '<=', to).where('t.thingId', 'is', null).orderBy('e.answerDue').limit(most).execute();
  return rows.map((row) => ({ id: row.id, number: row.number, due: row.answerDue!, entry: { id: row.id, number: row.number }, body: row.bodyId as BodyId | null }));
}

/** The same for commitments that are still owed. */
export async function commitmentsDueBy(ctx: Ctx, from: string, to: string, most: number): Promise<Due[]> {
  const rows = await ctx.db.selectFrom('commitments as c').leftJoin('dueTold as t', (join) => join.onRef('t.thingId', '=', 'c.id').onRef('t.due', '=', 'c.due'))
    .select(['c.id', 'c.number', 'c.bodyId', 'c.due']).where('c.state', 'in', ['open', 'disputed']).where('c.due', '>=', from).where('c.due', '<=', to)
    .where('t.thingId', 'is', null).orderBy('c.due').limit(most).execute();
  return rows.map((row) => ({ id: row.id, number: row.number, due: row.due, entry: null, body: row.bodyId as BodyId }));
}

/** Staff who left no address: news for them reach nobody. */
async function staffWithoutAddress(ctx: Ctx): Promise<NoticesDesk['unreachable']> {
  const rows = await ctx.db.selectFrom('persons as p').innerJoin('personRoles as r', 'r.personId', 'p.id').select(['p.id', 'p.displayName', 'r.role'])
    .where('p.endedAt', 'is', null).where('r.endedAt', 'is', null).where('r.confirmedAt', 'is not', null)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('personContacts as k').select('k.id').whereRef('k.personId', '=', 'p.id')))).orderBy('p.displayName').orderBy('p.id').limit(500).execute();
  return [...Map.groupBy(rows, (row) => row.id).values()].map((own) => ({ name: own[0]!.displayName ?? '', roles: [...new Set(own.map((row) => row.role))] }));
}

const STUCK_MS = 3_600_000;

/** What the administrator sees: how the channels do, what failed, what landed in the outbox. */
export async function noticesDesk(ctx: Ctx): Promise<NoticesDesk> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  const day = new Date(ctx.now.getTime() - 86_400_000);
  const channels = await ctx.db.selectFrom('noticeChannels').selectAll().orderBy('kind').execute();
  const line = await ctx.db.selectFrom('notices').select((eb) => [eb.fn.countAll<bigint>().as('count'), eb.fn.min('sendAt').as('oldest')]).where('state', '=', 'waiting').executeTakeFirstOrThrow();
  const sent = await ctx.db.selectFrom('notices').select((eb) => eb.fn.countAll<bigint>().as('count')).where('createdAt', '>', new Date(day.getTime() - 6 * 86_400_000)).where('sentAt', '>', day).executeTakeFirstOrThrow();
  const failed = await ctx.db.selectFrom('notices').select(['id', 'template', 'values', 'problem', 'attempts', 'createdAt']).where('state', '=', 'failed').orderBy('createdAt', 'desc').limit(50).execute();
  const outbox = await ctx.db.selectFrom('outbox').selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(50).execute();
  const unreachable = await staffWithoutAddress(ctx);
  return {
    unreachable, channels, waiting: Number(line.count), oldestWaiting: line.oldest, stuck: line.oldest !== null && ctx.now.getTime() - line.oldest.getTime() > STUCK_MS, sentToday: Number(sent.count),
    failed: failed.map((row) => ({ ...row, number: row.values.number ?? null, problem: row.problem ?? 'unreachable' })),
    outbox: outbox.map(({ recipientMasked, ...row }) => ({ ...row, recipient: recipientMasked })),
  };
}

/** Letters whose time came a while ago and that no worker has taken: a worker that sends takes them within seconds. */
export async function lateLetters(ctx: Ctx): Promise<number> {
  allow(mayWorkOnNotices(ctx.actor) || mayKeepNotices(ctx.actor), 'work on notices');
  const { count } = await ctx.db.selectFrom('notices').select((eb) => eb.fn.countAll<bigint>().as('count')).where('state', '=', 'waiting').where('sendAt', '<', new Date(ctx.now.getTime() - LATE_MS)).executeTakeFirstOrThrow();
  return Number(count);
}

const LATE_MS = 600_000;

/** How many letters could not be sent, for whoever watches the house. */
export async function failedLetters(ctx: Ctx): Promise<number> {
  allow(mayWorkOnNotices(ctx.actor) || mayKeepNotices(ctx.actor), 'work on notices');
  const { count } = await ctx.db.selectFrom('notices').select((eb) => eb.fn.countAll<bigint>().as('count')).where('state', '=', 'failed').executeTakeFirstOrThrow();
  return Number(count);
}
