import { sql } from 'kysely';
import { parseId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate } from '#kernel/working-days.ts';
import { receiptOf } from '../../intake/server/index.ts';
import { named } from '../../places/server/index.ts';
import type { Names } from '../../places/model.ts';
import { prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
import { SHEETS } from '../rules.ts';
import type { CounterView, DeskReceipt, HearingLine, HearingView, Received, SheetsLine, SheetsView } from '../views.ts';
import { masked } from './held-contact.ts';
import { seatOf } from './store.ts';
import { markOf } from './typist.ts';

const MOST = 200;

/** Where the clerk sits, and where they could. */
export async function counterOf(ctx: Ctx): Promise<CounterView> {
  const seat = await seatOf(ctx);
  const rows = await ctx.db.selectFrom('bodies').select(['code', 'nameAr', 'nameEn', 'nameKu']).where('active', '=', true).orderBy('nameAr').limit(500).execute();
  const bodies = rows.map((row) => ({ code: row.code, names: named(row.nameAr, row.nameEn, row.nameKu) }));
  return { body: bodies.find((it) => it.code === seat?.code) ?? null, bodies, paper: seat?.paper ?? 'a5', today: await takenToday(ctx), mark: markOf(ctx) };
}

async function takenToday(ctx: Ctx): Promise<number> {
  if (ctx.actor.kind !== 'person') return 0;
  const row = await ctx.db.selectFrom('entrySubmitters as s').innerJoin('entries as e', 'e.id', 's.entryId').select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('s.takenBy', '=', ctx.actor.id).where(sql<boolean>`(e.submitted_at at time zone ${ctx.profile.zone})::date = ${localDate(ctx.now, ctx.profile.zone)}::date`).executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The receipt of what this clerk took; others find none. */
export async function deskReceipt(ctx: Ctx, once: string): Promise<DeskReceipt | null> {
  const seat = await seatOf(ctx);
  const receipt = await receiptOf(ctx, once);
  if (!receipt || ctx.actor.kind !== 'person') return null;
  const row = await ctx.db.selectFrom('deskEntries as d').innerJoin('bodies as b', 'b.id', 'd.bodyId').innerJoin('entries as e', 'e.id', 'd.entryId').innerJoin('entrySubmitters as s', 's.entryId', 'e.id')
    .select(['b.nameAr', 'b.nameEn', 'b.nameKu', 'e.language', 'e.channel', 's.contact']).where('d.entryId', '=', receipt.id).where('s.takenBy', '=', ctx.actor.id).executeTakeFirst();
  if (!row) return null;
  const { number, key, kind, answerDue, submittedAt } = receipt;
  const language = row.language === 'en' || row.language === 'ku' ? row.language : 'ar';
  return { number, key, kind, answerDue, receivedAt: submittedAt, language, channel: row.channel, paper: seat?.paper ?? 'a5', contact: row.contact === null ? null : masked(row.contact), desk: named(row.nameAr, row.nameEn, row.nameKu) };
}

/** What waited on a device and is here now, whoever wrote it down: the device may forget it. */
export async function arrivedEntry(ctx: Ctx, once: string): Promise<{ number: string; once: string } | null> {
  const seat = await seatOf(ctx);
  const receipt = await receiptOf(ctx, once);
  const row = receipt && seat && (await ctx.db.selectFrom('deskEntries').select('entryId').where('entryId', '=', receipt.id).where('bodyId', '=', seat.body).executeTakeFirst());
  return row ? { number: receipt.number, once } : null;
}

export async function deskNames(ctx: Ctx, bodyId: string): Promise<Names> {
  const row = await ctx.db.selectFrom('bodies').select(['nameAr', 'nameEn', 'nameKu']).where('id', '=', bodyId).executeTakeFirstOrThrow();
  return named(row.nameAr, row.nameEn, row.nameKu);
}

/** Blank sheets to be printed, for a day; their keys are nobody's afterwards. */
export async function sheetsToPrint(ctx: Ctx, id: string): Promise<SheetsView> {
  const seat = await seatOf(ctx);
  const block = parseId(id) === null ? undefined : await ctx.db.selectFrom('deskBlocks').select(['id', 'language', 'bodyId', 'reservedAt', 'reservedBy']).where('id', '=', id).where('purpose', '=', 'sheets').executeTakeFirst();
  if (!block || ctx.actor.kind !== 'person' || (block.reservedBy !== ctx.actor.id && block.bodyId !== seat?.body)) return refuse({ because: 'not-found', what: 'sheets' });
  const rows = await ctx.db.selectFrom('deskSheets as s').innerJoin('deskNumbers as n', 'n.number', 's.number').select(['s.number', 's.keySealed', 'n.state']).where('n.blockId', '=', id).orderBy(sql`length(s.number)`).orderBy('s.number').execute();
  const over = ctx.now.getTime() - block.reservedAt.getTime() > SHEETS.keyShownMs;
  const key = (sealed: Buffer) => (over || sealed.length === 0 ? null : ctx.secrets.unseal('key of a sheet', sealed));
  return {
    id, language: block.language, desk: await deskNames(ctx, block.bodyId), printedOn: localDate(block.reservedAt, ctx.profile.zone), over,
    sheets: over ? [] : rows.filter((row) => row.state === 'free').map((row) => ({ number: row.number, key: key(row.keySealed) })),
  };
}

/** What was printed at this desk, newest first, and how much of it has come back. */
export async function printedSheets(ctx: Ctx): Promise<SheetsLine[]> {
  const seat = await seatOf(ctx);
  if (!seat) return [];
  const rows = await ctx.db.selectFrom('deskBlocks as b').innerJoin('deskNumbers as n', 'n.blockId', 'b.id').innerJoin('bodies as d', 'd.id', 'b.bodyId')
    .select(['b.id', 'b.language', 'b.reservedAt', 'd.nameAr', 'd.nameEn', 'd.nameKu']).select((eb) => [eb.fn.countAll<bigint>().as('sheets'), eb.fn.count<bigint>('n.entryId').as('typed')])
    .where('b.purpose', '=', 'sheets').where('b.bodyId', '=', seat.body).groupBy(['b.id', 'b.language', 'b.reservedAt', 'd.nameAr', 'd.nameEn', 'd.nameKu']).orderBy('b.reservedAt', 'desc').limit(20).execute();
  return rows.map((row) => ({
    id: row.id, language: row.language, desk: named(row.nameAr, row.nameEn, row.nameKu), printedOn: localDate(row.reservedAt, ctx.profile.zone), sheets: Number(row.sheets), typed: Number(row.typed),
  }));
}

function selectHearings(ctx: Ctx) {
  return ctx.db.selectFrom('deskHearings as h').innerJoin('bodies as b', 'b.id', 'h.bodyId').select(['h.id', 'h.title', 'h.heldOn', 'h.placeWords', 'h.attended', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .select((eb) => [
      eb.selectFrom('deskEntries as d').select((inner) => inner.fn.countAll<bigint>().as('n')).whereRef('d.hearingId', '=', 'h.id').as('entries'),
      eb.selectFrom('deskEntries as d').select((inner) => inner.fn.coalesce(inner.fn.sum<bigint>('d.speakers'), sql.lit(0)).as('n')).whereRef('d.hearingId', '=', 'h.id').as('speakers'),
    ]);
}

const toHearing = (row: Awaited<ReturnType<ReturnType<typeof selectHearings>['execute']>>[number]): HearingLine =>
  ({ id: row.id, title: row.title, heldOn: row.heldOn, placeWords: row.placeWords, attended: row.attended, entries: Number(row.entries), speakers: Number(row.speakers) });

/** The latest hearings that were written down, of all desks. */
export async function hearings(ctx: Ctx): Promise<HearingLine[]> {
  await seatOf(ctx);
  return (await selectHearings(ctx).orderBy('h.heldOn', 'desc').orderBy('h.id', 'desc').limit(50).execute()).map(toHearing);
}

/** One hearing with everything that was written down from it. */
export async function hearing(ctx: Ctx, id: string): Promise<HearingView> {
  await seatOf(ctx);
  const row = parseId(id) === null ? undefined : await selectHearings(ctx).where('h.id', '=', id).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'hearing' });
  const items = await ctx.db.selectFrom('deskEntries as d').innerJoin('entries as e', 'e.id', 'd.entryId').select(['e.number', 'e.kind', 'e.title', 'e.state', 'd.speakers']).where('d.hearingId', '=', id).orderBy('e.number').limit(MOST).execute();
  return { ...toHearing(row), desk: named(row.nameAr, row.nameEn, row.nameKu), items };
}

/** At which desk an entry was received, for whoever may see the entry: the caller has shown it. A hearing was public. */
export async function receivedAt(ctx: Ctx, entryId: string): Promise<Received | null> {
  const [row] = await receptionOf(ctx, { entryId });
  if (!row) return null;
  const held = row.hearing !== null ? { id: row.hearing, title: row.title ?? '', heldOn: row.heldOn ?? '', placeWords: row.placeWords ?? '' } : null;
  return { desk: named(row.nameAr, row.nameEn, row.nameKu), channel: row.channel, hearing: held };
}

const receptionOf = prepared((ctx: Asks, open: { entryId: string }) => ctx.db.selectFrom('deskEntries as d').innerJoin('bodies as b', 'b.id', 'd.bodyId').innerJoin('entries as e', 'e.id', 'd.entryId').leftJoin('deskHearings as h', 'h.id', 'd.hearingId')
  .select(['b.nameAr', 'b.nameEn', 'b.nameKu', 'e.channel', 'h.id as hearing', 'h.title', 'h.heldOn', 'h.placeWords']).where('d.entryId', '=', open.entryId));
