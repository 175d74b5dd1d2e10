/** What acts on places and the site are about: subjects need ids, and these things have codes or are only one. */
import { createHash } from 'node:crypto';
import type { Subject } from '../../record/model.ts';

export const CALENDAR: Subject = { kind: 'calendar', id: '00000000-0000-7000-8000-000000000002' };
export const SITE: Subject = { kind: 'site', id: '00000000-0000-7000-8000-000000000003' };

/** The same place has the same id for ever: UUID version 8 from a hash of its code. */
export function placeSubject(code: string): Subject {
  const hex = createHash('sha256').update(`place ${code}`).digest('hex');
  return { kind: 'place', id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` };
}
