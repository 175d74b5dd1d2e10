/** Who speaks: a resident without a name, or a body with the role of its speaker. */
import type { Words } from '#platform/i18n/words.ts';
import type { OfficialRole } from '../model.ts';
import type { OfficialView } from '../views.ts';

export function speakerOf(w: Words, official: OfficialView | null): string {
  if (!official) return w.t('comments.by.resident');
  if (official.role === 'coordinator' || !official.body) return w.t('comments.by.office');
  return w.t('comments.by.official', { role: w.tc('comments.role', official.role), body: w.name(official.body.names) });
}

export const speaksAs = (w: Words, role: OfficialRole): string => w.t(role === 'coordinator' ? 'comments.say.as.office' : 'comments.say.as.official', { role: role === 'coordinator' ? '' : w.tc('comments.role', role), body: '' }).trim();
