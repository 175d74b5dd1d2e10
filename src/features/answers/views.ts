/** What may go out about answers. */
import type { EntryKind, EntryStateName, Outcome } from '../intake/model.ts';
import type { Names } from '../places/model.ts';
import type { AnswerStateName, PromiseLine } from './model.ts';

export type BodyName = { code: string; names: Names };

/** As everybody reads it. */
export type AnswerView = {
  id: string;
  entryId: string;
  state: AnswerStateName;
  outcome: Outcome;
  summary: string;
  reason: string;
  referredTo: BodyName | null;
  body: BodyName;
  publishedAt: Date | null;
  corrects: string | null;
};

/** As those see it who write and approve it. */
export type AnswerWork = AnswerView & {
  promises: PromiseLine[];
  version: number;
  note: string;
  drafter: string;
  draftedAt: Date;
  publishAt: Date | null;
  /** the reader wrote in it */
  mine: boolean;
  mayApprove: boolean;
  mayTakeBack: boolean;
};

export type ApprovalLine = {
  id: string;
  state: 'sent' | 'approved';
  number: string;
  title: string;
  kind: EntryKind;
  outcome: Outcome;
  summary: string;
  body: BodyName;
  draftedAt: Date;
  answerDue: string | null;
  publishAt: Date | null;
  correction: boolean;
};

export type ApprovalCase = { answer: AnswerWork; entry: { id: string; number: string; title: string; text: string; language: string; kind: EntryKind; state: EntryStateName; confidential: boolean } };

/** An answer with the entry that it belongs to; `due` is the day that it had to keep, null where the clock stood still. */
export type AnswerLine = AnswerView & { number: string; title: string; due: string | null };

/**
 * How a body answers public entries, counted at `at`; complaints and other confidential entries are in no figure.
 * `answered` in the period; `lateNow` waits for an answer whose day has passed, whenever it came. `medianDays`: working
 * days of the clock that answers took, the middle one.
 */
export type AnsweringRecord = { at: Date; answered: number; onTime: number; referred: number; medianDays: number | null; waiting: number; lateNow: number };
