/** What may go out about comments. */
import type { Names } from '../places/model.ts';
import type { Hold, OfficialRole, Outcome, Rule, SubjectKind } from './model.ts';

export type OfficialView = { role: OfficialRole; body: { code: string; names: Names } | null };

/** One comment as everybody may see it: never who wrote it. `text` is empty when it was removed or withdrawn. */
export type CommentView = {
  id: string;
  parent: string | null;
  state: 'published' | 'removed' | 'withdrawn';
  text: string;
  language: string;
  /** to the day */
  at: Date;
  changed: boolean;
  official: OfficialView | null;
  rule: Rule | null;
  reason: string;
  source: string | null;
  mine: boolean;
};
export type Conversation = CommentView & { replies: CommentView[]; /** how many replies there are in all */ replyCount: number };
export type CommentList = { items: Conversation[]; total: number; next: string | null };

export type CommentSubject = { kind: SubjectKind; number: string; title: string; path: string; speaksAs: OfficialRole | null; known: boolean };

/** What its author sees beside: also while it is held, and why it was removed. */
export type OwnComment = {
  state: 'held' | 'published' | 'removed' | 'withdrawn'; text: string; heldFor: readonly Hold[]; mayChange: boolean; mayObject: boolean;
  objection: { at: Date; outcome: Outcome | null; reason: string } | null;
  removal: { rule: Rule; reason: string } | null;
};
export type CommentPage = { subject: { kind: SubjectKind; number: string; title: string; path: string }; comment: CommentView | null; own: OwnComment | null; key: string; replies: CommentView[]; next: string | null };

export type FormKey = { token: string; attack: boolean; proofBits: number; waitSeconds: number };
export type Said = { id: string; state: 'held' | 'published'; /** lets somebody without an account change and withdraw it */ key: string };

export type MyComment = { id: string; state: 'held' | 'published' | 'removed'; text: string; at: Date; number: string };

export type QueueRow = { id: string; what: 'held' | 'reported' | 'objection'; text: string; number: string; since: Date; readBy: string; late: boolean; reports: number; official: boolean; mayDecide: boolean };
export type ModerationQueue = { items: QueueRow[]; next: string | null; count: number };
export type ModerationCase = QueueRow & {
  state: 'held' | 'published' | 'removed' | 'withdrawn'; language: string; title: string; path: string; heldFor: readonly Hold[]; rule: Rule | null; reason: string;
  /** parts of the text that look like private numbers */
  marks: { from: number; to: number }[];
  reportList: { rule: Rule; words: string; at: Date }[];
  objection: { text: string; at: Date; outcome: Outcome | null } | null;
  /** how many comments of the same account were removed before */
  removedBefore: number;
};

/** For everybody; null: fewer than are published. */
export type RemovalYear = { year: number; rules: { rule: Rule; count: number }[]; total: number; objections: number; reversed: number };
