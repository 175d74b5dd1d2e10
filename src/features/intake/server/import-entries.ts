import { randomId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { localDate } from '#kernel/working-days.ts';
import { nextReferences, recordMany } from '../../record/server/index.ts';
import { placesByName, workingCalendar } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { ImportedEntry } from '../import-formats.ts';
import { alreadyImported, insertImported, sectorCodes } from './import-store.ts';
import { firstDeadlines } from './store.ts';

export type ImportBatch = { source: string; publish: boolean; entries: readonly ImportedEntry[] };
export type ImportCount = { imported: number; skipped: number };

/** Takes a batch of another system's entries. Run again it adds nothing: the pair of source and id is unique. */
export async function importEntries(ctx: Ctx, input: ImportBatch): Promise<ImportCount> {
  allow(ctx.actor.kind === 'system' && ctx.actor.job === 'terminal', 'import entries');
  const known = await alreadyImported(ctx, input.source, input.entries.map((it) => it.externalId));
  const fresh = unique(input.entries).filter((it) => !known.has(it.externalId));
  const numbers = await nextReferences(ctx, fresh.length);
  const places = await placesByName(ctx, fresh.map((it) => it.place));
  const sectors = await sectorCodes(ctx);
  const { clock, acknowledgeDue, answerDue } = firstDeadlines(ctx, await workingCalendar(ctx));
  const rows = fresh.map((it, at) => {
    const complaint = it.kind === 'complaint';
    const shown = input.publish && !complaint;
    const place = places.get(it.place) ?? null;
    const submittedAt = it.submittedAt ?? ctx.now;
    return {
      id: randomId<'entry'>(), number: numbers[at]!, kind: it.kind, state: it.closed ? ('elsewhere' as const) : shown ? ('open' as const) : ('received' as const), confidential: complaint,
      publishedAt: shown ? ctx.now : null, acknowledgedAt: shown ? ctx.now : null, title: it.title, text: it.text, language: it.language, place, placeWords: place ? '' : it.place,
      sectors: it.sectors.filter((code) => sectors.has(code)), submittedAt, clockStarted: it.closed ? localDate(submittedAt, ctx.profile.zone) : clock.started,
      acknowledgeDue: it.closed ? null : acknowledgeDue, answerDue: it.closed ? null : answerDue, source: input.source, externalId: it.externalId, point: it.point,
    };
  });
  const stored = await insertImported(ctx, rows);
  await recordMany(ctx, 'entry.imported', rows.filter((row) => stored.has(row.id)).map((row) => ({
    subject: { kind: 'entry' as const, id: row.id }, public: row.publishedAt !== null, detail: { number: row.number, kind: row.kind, source: input.source, closed: row.state === 'elsewhere' },
  })));
  return { imported: stored.size, skipped: input.entries.length - stored.size };
}

function unique(entries: readonly ImportedEntry[]): ImportedEntry[] {
  return [...new Map(entries.map((it) => [it.externalId, it])).values()];
}
