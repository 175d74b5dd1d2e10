import { localDate } from '#kernel/working-days.ts';
import { decodeCursor } from '#kernel/page.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { answersOf } from '../../answers/server/index.ts';
import { countComments } from '../../comments/server/index.ts';
import { commitmentsOf } from '../../commitments/server/index.ts';
import { cursorOf, listEntries, showEntry } from '../../intake/server/index.ts';
import { historyOf } from '../../record/server/index.ts';
import { isResidents } from '../../record/model.ts';
import type { Ctx } from '../../context.ts';
import type { EntriesFilter, EntriesQuery } from '../input.ts';
import type { ApiEntry, ApiEntryLine } from '../views.ts';
import { minute, type ApiPage } from '../moment.ts';
import { commitmentLine } from './commitments.ts';

type Line = Awaited<ReturnType<typeof listEntries>>['items'][number];

/** One page of public entries; addresses begin with `origin`. Refuses a cursor of another list. */
export async function entriesPage(ctx: Ctx, { origin, query }: { origin: string; query: EntriesQuery }): Promise<ApiPage<ApiEntryLine>> {
  if (query.after && decodeCursor(query.after, cursorOf(query)) === null) refuse({ because: 'invalid', fields: { after: 'invalid' } });
  const list = await listEntries(ctx, { ...codes(query), after: query.after, limit: Number(query.limit) });
  return { items: list.items.map((it) => entryLine(ctx, origin, it)), next: list.next, ...(list.total ? { total: list.total } : {}) };
}

const EXPORT_PAGE = 100;

/** A part of an export: a page of the same list, and the cursor of what follows. */
export async function entriesExport(ctx: Ctx, { origin, filter, after }: { origin: string; filter: EntriesFilter; after: string }): Promise<ApiPage<ApiEntryLine>> {
  const list = await listEntries(ctx, { ...codes(filter), after, limit: EXPORT_PAGE });
  return { items: list.items.map((it) => entryLine(ctx, origin, it)), next: list.next };
}

const codes = (filter: EntriesFilter) => ({ ...filter, sector: filter.sector.toUpperCase(), place: filter.place.toUpperCase() });

export function entryLine(ctx: Ctx, origin: string, it: Line): ApiEntryLine {
  return {
    number: it.number, externalId: it.externalId, kind: it.kind as ApiEntryLine['kind'], title: it.title, summary: it.summary, sectors: it.sectors, place: it.place, placeWords: it.placeWords,
    state: it.state as ApiEntryLine['state'], outcome: it.outcome, body: it.body, submittedAt: localDate(it.submittedAt, ctx.profile.zone), answerDue: it.answerDue,
    answeredAt: it.answeredAt && minute(it.answeredAt), overdue: it.overdue, supports: it.supports, url: `${origin}/n/${it.number}`,
  };
}

/** One public entry with its answers, commitments and history. What is not public is not found, like a number that was never given. */
export async function entryWhole(ctx: Ctx, { origin, number }: { origin: string; number: string }): Promise<ApiEntry> {
  if (!parseReference(number, ctx.profile.prefix)) refuse({ because: 'not-found', what: 'entry' });
  const it = await showEntry(ctx, { number });
  const [answers, commitments, comments] = await Promise.all([
    answersOf(ctx, { entryIds: [it.id], publicOnly: true }), commitmentsOf(ctx, { subjectIds: [it.id], publicOnly: true }), countComments(ctx, it.id),
  ]);
  const acts = await historyOf(ctx, { subjects: [it.id, ...[...answers, ...commitments].map((other) => other.id)], publicOnly: true });
  return {
    ...entryLine(ctx, origin, it),
    text: it.text, language: it.language, served: it.served, servedCount: it.servedCount, submitterName: it.submitterName, channel: it.channel, extensionReason: it.extensionReason,
    joinedInto: it.joinedInto, joinedFrom: it.joinedFrom, source: it.source,
    answers: answers.map((answer) => ({
      outcome: answer.outcome, summary: answer.summary, reason: answer.reason, body: answer.body, referredTo: answer.referredTo,
      publishedAt: answer.publishedAt && minute(answer.publishedAt), corrected: answer.state === 'corrected',
    })),
    commitments: commitments.map((commitment) => commitmentLine(origin, commitment)),
    comments: { count: comments, url: `${origin}/api/v1/entries/${it.number}/comments` },
    history: acts.map((act) => ({
      act: act.kind, at: isResidents(act.role) ? act.at.toISOString().slice(0, 10) : act.at.toISOString(), role: act.role, body: act.body,
      recordIndex: act.logIndex === null ? null : Number(act.logIndex),
    })),
  };
}
