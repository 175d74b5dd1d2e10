/** A commitment's way as stages: promised, what happened on the way, and where it stands now. */
import type { Words } from '#platform/i18n/words.ts';
import type { CommitmentView } from '../views.ts';

export type Stage = { state: 'done' | 'now' | 'late' | 'next'; stateWord: string; title: string; meta: string; text?: string; updateId?: string };

export function courseOf(w: Words, it: CommitmentView): Stage[] {
  const passed = w.t('commitments.stage.passed');
  const steps: { at: Date; stage: Stage }[] = [
    ...it.slipList.map((slip) => ({ at: slip.at, stage: { state: 'late' as const, stateWord: passed, title: w.t('commitments.stage.moved', { from: w.date(slip.from), to: w.date(slip.to) }), meta: w.date(slip.at), text: slip.reason } })),
    ...it.updates.map((update) => ({ at: update.at, stage: { state: 'done' as const, stateWord: passed, title: w.tc('commitments.stage', update.kind), meta: w.date(update.at), text: update.text, updateId: update.id } })),
  ];
  const opened: Stage = { state: 'done', stateWord: passed, title: w.t('commitments.stage.opened', { date: w.date(it.firstDue) }), meta: w.date(it.openedAt) };
  return [opened, ...steps.sort((a, b) => a.at.getTime() - b.at.getTime()).map((step) => step.stage), present(w, it)];
}

function present(w: Words, it: CommitmentView): Stage {
  const title = w.tc('commitments.now', it.late && it.state === 'open' ? 'late' : it.state);
  const now = w.t('commitments.stage.now');
  switch (it.state) {
    case 'open': return { state: it.late ? 'late' : 'now', stateWord: now, title, meta: w.t(it.late ? 'commitments.due.late' : 'commitments.due', { date: w.date(it.due) }) };
    case 'disputed': return { state: 'late', stateWord: now, title, meta: it.disputedAt ? w.t('commitments.since', { date: w.date(it.disputedAt) }) : '' };
    case 'done': return { state: 'now', stateWord: now, title, meta: it.doneAt ? w.t('commitments.done-on', { date: w.date(it.doneAt) }) : '' };
    case 'confirmed': return { state: 'done', stateWord: now, title, meta: settled(w, it) };
    case 'unconfirmed': return { state: 'next', stateWord: now, title, meta: settled(w, it) };
    case 'broken': return { state: 'late', stateWord: now, title, meta: settled(w, it), ...(it.brokenReason ? { text: it.brokenReason } : {}) };
  }
}

/** When residents or the body settled it. */
const settled = (w: Words, it: CommitmentView): string => (it.settledAt ? w.date(it.settledAt) : '');
