/** What people follow beside entries, and who follows what. */
import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { PersonId } from '#kernel/ids.ts';
import { showBody } from '../../directory/server/index.ts';
import { showEntry } from '../../intake/server/index.ts';
import { allSectors, placeByCode } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { News, Recipient, Topic } from '../model.ts';
import type { FollowedTopic, TopicView } from '../views.ts';
import { accounts } from './queries.ts';
import { readStopToken } from './stop-token.ts';

const MOST = 100;

/** The public thing that somebody wants to follow; refused when there is none. */
export async function topicOf(ctx: Ctx, topic: Topic): Promise<TopicView> {
  if (topic.kind === 'place') {
    const it = await placeByCode(ctx, topic.code.toUpperCase());
    return { kind: 'place', code: it.code, names: it.names, title: null, path: `/a/${it.code}` };
  }
  if (topic.kind === 'sector') {
    const it = (await allSectors(ctx)).find((sector) => sector.code === topic.code.toUpperCase()) ?? refuse({ because: 'not-found', what: 'sector' });
    return { kind: 'sector', code: it.code, names: it.names, title: null, path: `/needs?sector=${it.code}` };
  }
  if (topic.kind === 'body') {
    const it = await showBody(ctx, topic.code);
    return { kind: 'body', code: it.code, names: it.names, title: null, path: `/bodies/${it.code}` };
  }
  const it = await showEntry(ctx, { number: topic.code });
  if (it.joinedInto) return topicOf(ctx, { kind: 'entry', code: it.joinedInto });
  if (!it.visible || it.state === 'withdrawn') return refuse({ because: 'not-found', what: 'entry' });
  return { kind: 'entry', code: it.number, names: null, title: it.title, path: `/n/${it.number}` };
}

/** Whether the signed-in person follows a place, a sector or a body. */
export async function followsTopic(ctx: Ctx, topic: Topic): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false;
  return (await ctx.db.selectFrom('subscriptions').select('id').where('personId', '=', ctx.actor.id).where('topicKind', '=', topic.kind).where('topic', '=', topic.code).executeTakeFirst()) !== undefined;
}

function selectFollowed(ctx: Ctx) {
  return ctx.db.selectFrom('subscriptions as s').leftJoin('places as p', (join) => join.onRef('p.pcode', '=', 's.topic').on('s.topicKind', '=', 'place')).leftJoin('sectors as r', (join) => join.onRef('r.code', '=', 's.topic').on('s.topicKind', '=', 'sector'))
    .leftJoin('bodies as b', (join) => join.onRef('b.code', '=', 's.topic').on('s.topicKind', '=', 'body'))
    .leftJoin('entries as e', (join) => join.onRef('e.number', '=', 's.topic').on('s.topicKind', '=', 'entry').on('e.publishedAt', 'is not', null).on('e.confidential', '=', false).on('e.state', '<>', 'withdrawn'))
    .select(['s.id', 's.topicKind', 's.topic', 's.rhythm', 'p.nameAr as placeAr', 'p.nameEn as placeEn', 'p.nameKu as placeKu', 'r.nameAr as sectorAr', 'r.nameEn as sectorEn', 'r.nameKu as sectorKu', 'b.nameAr as bodyAr', 'b.nameEn as bodyEn', 'b.nameKu as bodyKu', 'e.title']);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectFollowed>['execute']>>[number];

const toFollowed = (row: Row): FollowedTopic => {
  const ar = row.placeAr ?? row.sectorAr ?? row.bodyAr;
  const path = { place: `/a/${row.topic}`, sector: `/needs?sector=${row.topic}`, body: `/bodies/${row.topic}`, entry: `/n/${row.topic}` }[row.topicKind];
  return { id: row.id, kind: row.topicKind, code: row.topic, path, title: row.title, names: ar === null ? null : { ar, en: row.placeEn ?? row.sectorEn ?? row.bodyEn ?? '', ku: row.placeKu ?? row.sectorKu ?? row.bodyKu ?? '' } };
};

export async function myTopics(ctx: Ctx): Promise<FollowedTopic[]> {
  if (ctx.actor.kind !== 'person') return [];
  return (await selectFollowed(ctx).where('s.personId', '=', ctx.actor.id).orderBy('s.at', 'desc').limit(MOST).execute()).map(toFollowed);
}

/** What the recipient of a letter follows, by the token that stands in it. */
export async function topicsByToken(ctx: Ctx, token: string): Promise<FollowedTopic[]> {
  const target = readStopToken(ctx.secrets, token);
  if (!target) return [];
  const all = selectFollowed(ctx);
  return (await ('person' in target ? all.where('s.personId', '=', target.person) : all.where('s.contactHash', '=', target.contactHash)).orderBy('s.at', 'desc').limit(MOST).execute()).map(toFollowed);
}

export async function countTopics(ctx: Ctx, who: { personId: string } | { contactHash: Buffer }): Promise<number> {
  const all = ctx.db.selectFrom('subscriptions').select((eb) => eb.fn.countAll<bigint>().as('n'));
  return Number((await ('personId' in who ? all.where('personId', '=', who.personId) : all.where('contactHash', '=', who.contactHash)).executeTakeFirstOrThrow()).n);
}

/**
 * Who follows the place of an entry or one around it, its sector or the one above, or its body: of what everybody may read, and nothing else.
 * With `entry` alone: who follows the entry itself without an account, under whatever number it had.
 */
export async function subscribersOf(ctx: Ctx, news: News, only: 'topics' | 'entry'): Promise<Recipient[]> {
  if (!news.entry) return [];
  const it = await ctx.db.selectFrom('entries as e').leftJoin('places as p', 'p.pcode', 'e.place').leftJoin('bodies as b', 'b.id', 'e.bodyId').select(['e.sectors', 'p.path', 'b.code'])
    .where('e.id', '=', news.entry.id).where('e.publishedAt', 'is not', null).where('e.confidential', '=', false).where('e.state', '<>', 'withdrawn').executeTakeFirst();
  if (!it) return [];
  const sectors = it.sectors.flatMap((code) => [code, code.split('.')[0]!]);
  const numbers = sql<string>`(with recursive family as (select id, number from entries where id = ${news.entry.id}::uuid union select e.id, e.number from entries e join family f on e.joined_to = f.id) select number from family)`;
  const rows = await ctx.db.selectFrom('subscriptions').select(['personId', 'contactKind', 'contactSealed', 'language', 'rhythm']).where((eb) => (only === 'entry' ? eb.and([eb('topicKind', '=', 'entry'), eb('topic', 'in', numbers)]) : eb.or([
    ...(it.path?.length ? [eb.and([eb('topicKind', '=', 'place'), eb('topic', 'in', it.path)])] : []), ...(sectors.length ? [eb.and([eb('topicKind', '=', 'sector'), eb('topic', 'in', sectors)])] : []),
    ...(it.code ? [eb.and([eb('topicKind', '=', 'body'), eb('topic', '=', it.code)])] : []), eb.val(false),
  ]))).execute();
  const persons = await accounts(ctx, [...new Set(rows.flatMap((row) => (row.personId && row.personId !== news.by ? [row.personId] : [])))] as PersonId[]);
  const entry = news.entry;
  return [...persons, ...rows.flatMap((row): Recipient[] => {
    const value = row.contactSealed && unsealed(ctx, row.contactSealed);
    return value && row.contactKind ? [{ contact: { kind: row.contactKind, value }, language: row.language, entry, rhythm: row.rhythm ?? 'daily' }] : [];
  })];
}

/** Null when it was sealed with a key that is gone. */
function unsealed(ctx: Ctx, sealed: Buffer): string | null {
  try {
    return ctx.secrets.unseal('notice contact', sealed);
  } catch {
    return null;
  }
}
