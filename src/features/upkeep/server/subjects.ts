import type { Subject } from '../../record/model.ts';

/** The house itself, for what is done about its machines. */
export const HOUSE: Subject = { kind: 'site', id: '00000000-0000-7000-8000-00000000000a' };
