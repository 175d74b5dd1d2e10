import { decodeCursor } from '#kernel/page.ts';
import { refuse } from '#kernel/refusal.ts';
import { listCommitments, showCommitment } from '../../commitments/server/index.ts';
import { entryTitles } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { CommitmentsQuery } from '../input.ts';
import type { ApiCommitment, ApiCommitmentLine } from '../views.ts';
import { minute, type ApiPage } from '../moment.ts';

type Line = Awaited<ReturnType<typeof listCommitments>>['items'][number];

export function commitmentLine(origin: string, it: Line): ApiCommitmentLine {
  return {
    number: it.number, what: it.what, who: it.who, body: it.body, state: it.state, late: it.late, firstDue: it.firstDue, due: it.due, slips: it.slips,
    doneAt: it.doneAt && minute(it.doneAt), url: `${origin}/commitments/${it.number}`,
  };
}

/** One page of public commitments: late and open ones by their date, the others latest first. */
export async function commitmentsPage(ctx: Ctx, { origin, query }: { origin: string; query: CommitmentsQuery }): Promise<ApiPage<ApiCommitmentLine>> {
  const byDue = query.state === 'late' || query.state === 'open';
  if (query.after && decodeCursor(query.after, byDue ? ['day', 'id'] : ['instant', 'id']) === null) refuse({ because: 'invalid', fields: { after: 'invalid' } });
  const list = await listCommitments(ctx, { ...query, limit: Number(query.limit) });
  return { items: list.items.map((it) => commitmentLine(origin, it)), next: list.next, total: list.total };
}

/** One public commitment with its dates, what was reported, and what residents said. */
export async function commitmentWhole(ctx: Ctx, { origin, number }: { origin: string; number: string }): Promise<ApiCommitment> {
  const it = await showCommitment(ctx, number);
  const entry = (await entryTitles(ctx, [it.subjectId])).get(it.subjectId);
  return {
    ...commitmentLine(origin, it), openedAt: minute(it.openedAt), brokenReason: it.brokenReason, source: it.source, entry: entry?.number ?? null,
    moves: it.slipList.map((slip) => ({ ...slip, at: minute(slip.at) })), updates: it.updates.map(({ kind, text, at }) => ({ kind, text, at: minute(at) })),
    voices: it.rounds,
  };
}
