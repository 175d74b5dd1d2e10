/** An answer of a body to an entry: what is decided, why, and what is promised. */
import type { AnswerId, BodyId, EntryId, PersonId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Outcome } from '../intake/model.ts';

export const MOST_PROMISES = 5;

export type PromiseLine = { what: string; who: string; due: PlainDate };

/** The words of an answer, whole: nothing else can be sent or approved. */
export type AnswerText = { outcome: Outcome; summary: string; reason: string; referredTo: BodyId | null; promises: readonly PromiseLine[] };

export type AnswerStateName = 'draft' | 'sent' | 'approved' | 'published' | 'corrected';
type Approval = { approvedBy: PersonId; approvedAt: Date; publishAt: Date };
export type AnswerState =
  | { state: 'draft' }
  | { state: 'sent' }
  | ({ state: 'approved' } & Approval)
  | ({ state: 'published'; publishedAt: Date } & Approval)
  | ({ state: 'corrected'; publishedAt: Date } & Approval);

export type Answer = {
  id: AnswerId;
  entryId: EntryId;
  body: BodyId;
  text: AnswerText;
  /** whoever saved it last, and everybody who ever wrote in it */
  draftedBy: PersonId;
  drafters: readonly PersonId[];
  draftedAt: Date;
  /** why it came back */
  note: string;
  /** the published answer whose place it takes */
  corrects: AnswerId | null;
  /** counts saves: whoever sends, approves or saves says which one they have read */
  version: number;
} & AnswerState;
