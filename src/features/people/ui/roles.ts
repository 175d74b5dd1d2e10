import type { Names, Words } from '#platform/i18n/words.ts';
import type { StaffRole } from '../model.ts';

/** «موظّف — مديرية الصحة»: the role, and the body in which it is held. */
export function roleWords(w: Words, it: { role: StaffRole; bodyNames: Names | null }): string {
  const role = w.tc('people.role', it.role);
  return it.bodyNames ? w.t('people.role-in', { role, body: w.name(it.bodyNames) }) : role;
}
