/** What may go out about bodies. */
import type { Names } from '../places/model.ts';
import type { BodyKind } from './model.ts';

/** As everybody sees it: what it is, what it is responsible for, how to reach it. */
export type PublicBody = { id: string; code: string; kind: BodyKind; names: Names; sectors: { code: string; names: Names }[]; phone: string; active: boolean };

/** The few figures of a list: `owed` answers and `judged` promises are what the others are counted from. */
export type BodyFigures = { owed: number; onTime: number; lateAnswers: number; judged: number; keptFirst: number; latePromises: number };
