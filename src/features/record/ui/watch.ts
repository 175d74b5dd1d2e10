/** Who watches, in one sentence: nobody, too few, those of before, or enough. */
import type { Words } from '#platform/i18n/words.ts';
import type { RecordStanding, ShownWitness } from '../views.ts';
import type { Verdict } from './verdict.ts';

/** `size`: of what is published; `needed`: whether the policy says how many are enough. */
export type Watch = Pick<RecordStanding, 'witnessed'> & { witnesses: readonly ShownWitness[]; size: number; needed: boolean };

/** A seal that is newer than what was seen by less than this many lines is on its way to the witnesses. */
const ON_ITS_WAY = 100;

export function watchVerdict(w: Words, { witnesses, witnessed, size, needed }: Watch): Verdict {
  if (witnesses.length === 0) return { tone: 'warn', words: w.t('record.watchers.none'), more: w.t('record.watch.none') };
  if (!needed) return { tone: 'ok', words: w.t('record.watch.some', { count: witnesses.length }), more: w.t('record.watchers.none-needed') };
  if (!witnessed) return { tone: 'warn', words: w.t('record.watchers.not-yet'), more: w.t('record.watchers.not-yet.text') };
  const seen = { size: witnessed.size, at: w.dateTime(witnessed.at) };
  const away = witnesses.filter((it) => it.problem).length;
  if (size - witnessed.size > ON_ITS_WAY || (size > witnessed.size && away > 0)) return { tone: 'warn', words: w.t('record.watchers.waiting'), more: w.t('record.watchers.waiting.text', seen) };
  return { tone: 'ok', words: w.t('record.watchers.enough'), more: w.t('record.watchers.enough.text', seen) };
}
