import type { Words } from '#platform/i18n/words.ts';
import type { ActivityView } from '../views.ts';

/** « · from 3 May · until 4 June»: the days that an activity names, after its state. */
export const activityDays = (w: Words, it: Pick<ActivityView, 'starts' | 'ends'>): string =>
  [it.starts && w.t('organisations.activity.from', { date: w.date(it.starts) }), it.ends && w.t('organisations.activity.until', { date: w.date(it.ends) })].filter(Boolean).map((part) => ` · ${part}`).join('');
