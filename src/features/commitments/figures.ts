/** The groups of a track record, each with a list of its own behind it. */
import * as v from 'valibot';

export const PROMISE_FIGURES = ['kept-first', 'kept-moved', 'kept-late', 'late', 'disputed', 'broken'] as const;
export type PromiseFigure = (typeof PROMISE_FIGURES)[number];

/** Null for every promise that counts. */
export const PromiseFigureSchema = v.fallback(v.nullable(v.picklist(PROMISE_FIGURES)), null);
