/** Acts as the lines of a feed: what, who in which role, when, and where it stands in the public record. */
import type { Words } from '#platform/i18n/words.ts';
import type { Tone } from '#ui/types.ts';
import { isResidents, type RecordedAct } from '../model.ts';

const LOUD: Record<string, Tone> = {
  'entry.escalated': 'late', 'entry.disputed': 'late', 'commitment.renegotiated': 'late', 'commitment.broken': 'late', 'commitment.disputed': 'late', 'commitment.escalated': 'late',
  'entry.confirmed': 'ok', 'commitment.confirmed': 'ok', 'commitment.done': 'ok', 'answer.published': 'ok',
};

export type HistoryLine = { text: string; meta: string; href?: string; tone?: Tone };

/** How somebody wrote an entry down on behalf of its sender, and when. */
export type WrittenDown = { words: string; at: Date };

/**
 * Newest first; a reason that an act carries is shown with it. Each leads to the page that checks it and gives its receipt. What a clerk
 * wrote down begins with that, also where the private acts are not shown.
 */
export function historyLines(w: Words, acts: readonly RecordedAct[], written: WrittenDown | null = null): HistoryLine[] {
  const lines = acts.toReversed().map((act) => {
    const tone = LOUD[act.kind];
    const reason = act.content?.reason;
    const text = written && act.kind === 'entry.received' ? written.words : w.tc('acts', act.kind);
    return { text: reason && act.kind !== 'answer.published' ? `${text}: ${reason}` : text, meta: metaOf(w, act), ...(act.logIndex === null ? {} : { href: `${w.href('/verify')}?line=${act.logIndex}` }), ...(tone ? { tone } : {}) };
  });
  if (written && !acts.some((act) => act.kind === 'entry.received')) lines.push({ text: written.words, meta: `${w.tc('intake.by', 'clerk')} · ${w.date(written.at)}` });
  return lines;
}

function metaOf(w: Words, act: RecordedAct): string {
  // A resident's moment is shown to the day, as in the public record.
  const parts = [w.tc('intake.by', act.role), isResidents(act.role) ? w.date(act.at) : w.dateTime(act.at)];
  if (act.logIndex !== null) parts.push(w.t('intake.entry.history.recorded', { index: w.number(act.logIndex) }));
  return parts.join(' · ');
}
