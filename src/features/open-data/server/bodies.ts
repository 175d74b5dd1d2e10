import { answeringRecord } from '../../answers/server/index.ts';
import { trackRecord } from '../../commitments/server/index.ts';
import { listBodies, periodNow, showBody } from '../../directory/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { BodiesQuery, BodyQuery } from '../input.ts';
import { minute, type ApiPage } from '../moment.ts';
import type { ApiBody, ApiBodyLine } from '../views.ts';

type Shown = Awaited<ReturnType<typeof showBody>>;

const bodyLine = (origin: string, it: Shown): ApiBodyLine =>
  ({ code: it.code, kind: it.kind, names: it.names, sectors: it.sectors.map((sector) => sector.code), phone: it.phone, active: it.active, url: `${origin}/bodies/${it.code}` });

/** All active bodies; a governorate has dozens, so they are one page. */
export async function bodiesPage(ctx: Ctx, { origin, query }: { origin: string; query: BodiesQuery }): Promise<ApiPage<ApiBodyLine>> {
  const bodies = await listBodies(ctx, { q: '', kind: query.kind, sector: query.sector.toUpperCase() });
  return { items: bodies.map((it) => bodyLine(origin, it)), next: null };
}

/** One body with its track record: how it answered, and what became of its promises. */
export async function bodyWhole(ctx: Ctx, { origin, code, query }: { origin: string; code: string; query: BodyQuery }): Promise<ApiBody> {
  const it = await showBody(ctx, code.slice(0, 60));
  const { since } = await periodNow(ctx, query.period);
  const answers = await answeringRecord(ctx, { bodyId: it.id, since });
  const kept = await trackRecord(ctx, { bodyId: it.id, since });
  return {
    ...bodyLine(origin, it), countedAt: minute(kept.at), since,
    answers: { answered: answers.answered, onTime: answers.onTime, referred: answers.referred, medianWorkingDays: answers.medianDays, waiting: answers.waiting, lateNow: answers.lateNow },
    commitments: {
      total: kept.total, keptOnFirstDate: kept.keptFirst, keptOnLaterDate: kept.keptMoved, moves: kept.moves, keptLate: kept.keptLate, lateNow: kept.lateNow, disputed: kept.disputed,
      broken: kept.broken, confirmed: kept.confirmed, unconfirmed: kept.unconfirmed, openInTime: kept.openNow,
    },
  };
}
