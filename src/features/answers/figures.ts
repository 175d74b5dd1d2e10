/** The groups of a record of answering that a list stands behind. */
import * as v from 'valibot';

export const ANSWER_FIGURES = ['on-time', 'after', 'referred'] as const;
export type AnswerFigure = (typeof ANSWER_FIGURES)[number];

/** Null for every answer of the period. */
export const AnswerFigureSchema = v.fallback(v.nullable(v.picklist(ANSWER_FIGURES)), null);
