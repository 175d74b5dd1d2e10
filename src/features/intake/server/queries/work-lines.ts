import type { Selectable } from 'kysely';
import { workingDaysBetween, type Calendar, type PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../../context.ts';
import { isVisible } from '../../access.ts';
import { LIVE_STATES } from '../../model.ts';
import type { WorkLine } from '../../work-views.ts';
import { today } from '../store.ts';
import type { IntakeTables } from '../tables.ts';
import { selectLines, toLine, type LineRow } from './lines.ts';

/** The columns of a staff's line: those of a public one and what only staff may know. */
export function selectWorkLines(ctx: Ctx) {
  return selectLines(ctx).select(['e.confidential', 'e.publishedAt', 'e.acknowledgeDue', 'e.acknowledgedAt', 'e.extensionDays']);
}

type Row = LineRow & Pick<Selectable<IntakeTables['entries']>, 'confidential' | 'publishedAt' | 'acknowledgeDue' | 'acknowledgedAt' | 'extensionDays'>;

export function toWorkLine(ctx: Ctx, calendar: Calendar, row: Row): WorkLine {
  const day = today(ctx);
  const running = row.answerDue !== null && (LIVE_STATES as readonly string[]).includes(row.state);
  return {
    ...toLine(ctx, row), confidential: row.confidential, visible: isVisible(row), acknowledgeDue: row.acknowledgeDue, extended: row.extensionDays > 0,
    unreadLate: row.state === 'received' && row.acknowledgedAt === null && row.acknowledgeDue !== null && row.acknowledgeDue < day,
    daysLeft: running ? workingDaysBetween(calendar, day, row.answerDue as PlainDate) : null,
  };
}
