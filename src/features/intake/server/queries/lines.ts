/** The columns of a public line, shared by every list: names and counts come in the same statement. */
import type { Asks, Ctx } from '../../../context.ts';
import { localDate } from '#kernel/working-days.ts';
import type { EntryLine } from '../../views.ts';

export function selectLines(ctx: Asks) {
  return ctx.db.selectFrom('entries as e')
    .leftJoin('places as p', 'p.pcode', 'e.place')
    .leftJoin('bodies as b', 'b.id', 'e.bodyId')
    .innerJoin('entryTallies as t', 't.entryId', 'e.id')
    .select(['e.id', 'e.number', 'e.kind', 'e.title', 'e.state', 'e.outcome', 'e.place', 'e.placeWords', 'e.sectors', 'e.submittedAt', 'e.answerDue', 'e.answeredAt',
      'e.externalId', 't.supports', 'p.nameAr as placeAr', 'p.nameEn as placeEn', 'p.nameKu as placeKu', 'b.code as bodyCode', 'b.nameAr as bodyAr', 'b.nameEn as bodyEn', 'b.nameKu as bodyKu'])
    .select((eb) => eb.fn<string>('left', ['e.text', eb.lit(240)]).as('beginning'));
}

export type LineRow = Awaited<ReturnType<ReturnType<typeof selectLines>['execute']>>[number];

export function toLine(ctx: Ctx, row: LineRow): EntryLine {
  return {
    number: row.number, kind: row.kind, title: row.title, summary: shortened(row.beginning), state: row.state, outcome: row.outcome,
    place: row.place && row.placeAr !== null ? { code: row.place, names: { ar: row.placeAr, en: row.placeEn ?? '', ku: row.placeKu || row.placeEn || '' } } : null,
    placeWords: row.placeWords, sectors: row.sectors,
    body: row.bodyCode && row.bodyAr !== null ? { code: row.bodyCode, names: { ar: row.bodyAr, en: row.bodyEn ?? '', ku: row.bodyKu ?? '' } } : null,
    submittedAt: row.submittedAt, answerDue: row.answerDue, answeredAt: row.answeredAt, supports: row.supports, externalId: row.externalId,
    overdue: isOverdue(row, localDate(ctx.now, ctx.profile.zone)),
  };
}

/** Late while nobody has answered, also when the sender is being asked only after the date had passed. */
export function isOverdue(row: { answerDue: string | null; answeredAt: Date | null; state: string }, today: string): boolean {
  return row.answerDue !== null && row.answeredAt === null && row.answerDue < today && ['received', 'returned', 'open', 'assigned', 'study'].includes(row.state);
}

/** The first words of a text, cut between words. */
export function shortened(text: string, length = 150): string {
  // Most texts hold nothing to flatten.
  const flat = (/[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
  if (flat.length <= length) return flat;
  const cut = flat.lastIndexOf(' ', length);
  return `${flat.slice(0, cut > length / 2 ? cut : length)} …`;
}
