/** What may go out about commitments. */
import type { Names } from '../places/model.ts';
import type { CommitmentFilterState } from './input.ts';
import type { CommitmentStateName, SourceKind, Verdict, Voice } from './model.ts';

export type CommitmentLine = {
  id: string;
  number: string;
  what: string;
  who: string;
  state: CommitmentStateName;
  late: boolean;
  /** how many times its date was moved */
  slips: number;
  firstDue: string;
  due: string;
  doneAt: Date | null;
  body: { code: string; names: Names };
  subjectId: string;
  public: boolean;
};

/** What residents said in one round, counted exactly: a deliberate public act is not suppressed. */
export type VoiceCounts = { round: number; yes: number; partly: number; no: number };

export type CommitmentView = CommitmentLine & {
  openedAt: Date;
  settledAt: Date | null;
  disputedAt: Date | null;
  source: SourceKind;
  brokenReason: string | null;
  slipList: { from: string; to: string; reason: string; at: Date }[];
  updates: { id: string; kind: 'progress' | 'evidence'; text: string; at: Date }[];
  /** the present round last */
  rounds: VoiceCounts[];
  /** residents may say now whether it was done */
  asked: boolean;
  version: number;
  mayCarryOut: boolean;
};

/** How many stand where. Each figure counts what its filter lists: a late one may be disputed as well. */
/** Counted at `at`, which may be before now: figures are remembered. */
export type CommitmentFigures = Record<CommitmentFilterState | 'total', number> & { at: Date };

export type CommitmentList = {
  items: CommitmentLine[];
  total: { count: number; more: boolean };
  next: string | null;
  /** of all that fits the other filters, whatever its state */
  figures: CommitmentFigures;
  bodies: { code: string; names: Names }[];
};

/** A commitment that residents may speak about now, and what the reader said in this round. */
export type AskedCommitment = { id: string; number: string; what: string; state: CommitmentStateName; body: { code: string; names: Names }; said: Verdict | null };

/** What one resident said, for those who deal with the commitment: never who it was. */
export type VoiceView = { id: string; round: number; voice: Voice; verdict: Verdict; words: string | null; at: Date };

export type CommitmentWork = CommitmentLine & { escalated: number };

/** What the reader's bodies have promised: what is live by its date, and apart what waits for residents. */
export type PromisesOfMine = { live: CommitmentWork[]; waiting: CommitmentWork[] };

export type LateOfBody = { body: { code: string; names: Names }; late: number; escalated: number; oldestDue: string };

/**
 * What became of a body's public promises, counted at `at`. `total` is what came to its day in the period (done or given
 * up then) and what is late or disputed now, whenever it was promised: nothing leaves the figures by waiting.
 */
export type TrackRecord = {
  at: Date;
  total: number;
  /** done by the date that was promised first */
  keptFirst: number;
  /** done by a later date that was agreed on, after so many moves */
  keptMoved: number;
  moves: number;
  /** done after its last date */
  keptLate: number;
  /** still to be done, its date passed; some of them disputed */
  lateNow: number;
  /** residents say that it is not done */
  disputed: number;
  disputedLate: number;
  broken: number;
  /** of those that were done: what residents said */
  confirmed: number;
  unconfirmed: number;
  asked: number;
  /** still to be done, in time; outside the total. `openMoved`: with a date that is not the first */
  openNow: number;
  openMoved: number;
};
