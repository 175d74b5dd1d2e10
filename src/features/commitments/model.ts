/** Commitments: a promise with an owner, a date, a source and evidence. One engine for all rooms. */
import type { BodyId, CommitmentId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';

export const SOURCES = ['answer', 'decision', 'obligation', 'milestone', 'policy', 'roadmap'] as const;
export type SourceKind = (typeof SOURCES)[number];

export const COMMITMENT_STATES = ['open', 'done', 'confirmed', 'unconfirmed', 'disputed', 'broken'] as const;
export type CommitmentStateName = (typeof COMMITMENT_STATES)[number];

/** A later date with its reason; the date before stays visible for ever. */
export type Slip = { from: PlainDate; to: PlainDate; reason: string; at: Date };

export type CommitmentState =
  | { state: 'open' }
  | { state: 'done'; doneAt: Date }
  | { state: 'confirmed' | 'unconfirmed'; doneAt: Date; settledAt: Date }
  /** live again: it waits for a new date, or to be done anew */
  | { state: 'disputed'; doneAt: Date; disputedAt: Date }
  | { state: 'broken'; reason: string; settledAt: Date };

export type Commitment = {
  id: CommitmentId;
  number: string;
  source: { kind: SourceKind; id: string };
  /** what its people know it by: the entry, the meeting, the agreement */
  subjectId: string;
  body: BodyId;
  public: boolean;
  what: string;
  who: string;
  firstDue: PlainDate;
  due: PlainDate;
  openedAt: Date;
  /** how far up its lateness has gone: 1 officer, 2 head of the body, 3 governor's office */
  escalated: number;
  /** counts the times that residents are asked: a disputed one is asked about anew */
  round: number;
  /** counts what moved it, so that nobody acts on what has changed since they read it */
  version: number;
} & CommitmentState;

export const VOICES = ['submitter', 'supporter', 'neighbour'] as const;
export type Voice = (typeof VOICES)[number];
export const VERDICTS = ['yes', 'partly', 'no'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Said = { voice: Voice; verdict: Verdict };
/** How many voices decide; from the profile. */
export type Thresholds = { supportersYes: number; disputes: number };
