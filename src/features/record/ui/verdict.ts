/** A judgement in words: many reasons for programs are few for people. */
import type { Words } from '#platform/i18n/words.ts';
import type { AskedLines, ReceiptJudgement } from '../views.ts';

export type Verdict = { tone: 'ok' | 'warn' | 'error'; words: string; more?: string };

const SENTENCES: Record<string, string> = {
  'not-published': 'not-published', unreadable: 'unreadable',
  E_LEAF_HASH: 'differs', E_NOTE_SIG: 'altered', E_NOTE_UNSIGNED: 'foreign', E_ORIGIN: 'foreign', E_INCLUSION: 'not-proven',
  E_SHRUNK: 'rewritten', E_CONSISTENCY: 'rewritten', E_SPLIT_VIEW: 'rewritten',
};
const sentenceOf = (w: Words, why: string): string => w.tc('record.verdict', SENTENCES[why] ?? 'files');

/** The same sentences for a page that judges alone, in the reader's device: by the codes of the engine. */
export function verdictsHere(w: Words): { words: Record<string, string>; codes: Record<string, string> } {
  const words = Object.fromEntries([...new Set(Object.values(SENTENCES)), 'files'].map((name) => [name, w.tc('record.verdict', name)]));
  return {
    codes: SENTENCES,
    words: {
      ...words, receipt: w.t('record.verdict.receipt', { index: '%index%' }), here: w.t('record.here'), offline: w.t('record.here.offline'), entry: w.t('record.here.entry'), number: w.t('record.here.number'), said: w.t('record.here.said'),
    },
  };
}

export function verdictOfReceipt(w: Words, it: ReceiptJudgement): Verdict {
  if (it.holds) return { tone: 'ok', words: w.t('record.verdict.receipt', { index: w.number(it.index) }) };
  // What is not there yet, or was not copied whole, accuses nobody.
  return { tone: it.why === 'not-published' || it.why === 'unreadable' ? 'warn' : 'error', words: sentenceOf(w, it.why) };
}

/** Of many lines, what is wrong is said first, then what holds, then what waits. */
export function verdictOfLines(w: Words, it: AskedLines): Verdict {
  const held = it.count - it.waiting - it.wrongCount;
  const waits = w.t('record.all.wait', { count: it.waiting });
  if (it.number === null) {
    if (it.wrong) return { tone: 'error', words: sentenceOf(w, it.wrong) };
    return held > 0 ? { tone: 'ok', words: w.t('record.verdict.holds', { index: w.number(it.index ?? 0) }) } : { tone: 'warn', words: w.t('record.verdict.not-published') };
  }
  if (it.wrong) return { tone: 'error', words: w.t('record.all.fail', { count: it.wrongCount }), more: sentenceOf(w, it.wrong) };
  if (held > 0) return { tone: 'ok', words: w.t('record.all.hold', { count: held }), ...(it.waiting > 0 ? { more: waits } : {}) };
  return { tone: 'warn', words: it.waiting > 0 ? waits : w.t('record.verdict.not-published') };
}
