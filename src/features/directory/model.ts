/** Bodies: who answers, promises and delivers. */
import type { BodyId } from '#kernel/ids.ts';
import type { Names } from '../places/model.ts';

export const BODY_KINDS = ['governorate-office', 'directorate', 'municipality', 'public-establishment', 'university', 'neighbourhood-committee'] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

export type Body = { id: BodyId; code: string; kind: string; names: Names; sectors: readonly string[]; phone: string; active: boolean };

/** Of what time a track record tells: this year, the last twelve months, or all of it. */
export const PERIODS = ['year', 'months', 'all'] as const;
export type Period = (typeof PERIODS)[number];

/** The fewest cases of which a share says anything: of three promises, one more or less is a third. */
export const LEAST_BASE = 10;
