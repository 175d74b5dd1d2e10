import type { Outcome } from '../../intake/model.ts';
import type { AnswerStateName } from '../model.ts';

export type AnswersTables = {
  answers: {
    id: string; entryId: string; bodyId: string; outcome: Outcome; summary: string; reason: string; referredTo: string | null;
    state: AnswerStateName; draftedBy: string; drafters: string[]; draftedAt: Date; note: string; approvedBy: string | null;
    approvedAt: Date | null; publishAt: Date | null; publishedAt: Date | null; due: string | null; days: number | null; corrects: string | null; version: number;
  };
  answerPromises: { answerId: string; position: number; what: string; who: string; due: string };
};
