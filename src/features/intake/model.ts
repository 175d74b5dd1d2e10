/** Entries: what came in through the door, and where it stands. */
import type { BodyId, EntryId, PlaceCode, SectorCode } from '#kernel/ids.ts';
import type { Clock, PlainDate } from '#kernel/working-days.ts';

export const KINDS = ['need', 'proposal', 'initiative', 'complaint', 'question'] as const;
export type EntryKind = (typeof KINDS)[number];

export const CHANNELS = ['web', 'desk', 'phone', 'paper', 'sms', 'telegram', 'email', 'api', 'import'] as const;
export type Channel = (typeof CHANNELS)[number];

export const OUTCOMES = ['accepted', 'partly', 'planned', 'declined', 'referred'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** From which states the sender may still add or withdraw, and triage may still move it. */
export const LIVE_STATES = ['received', 'returned', 'open', 'assigned', 'study'] as const;
export type LiveState = (typeof LIVE_STATES)[number];
export type ResumeState = Exclude<LiveState, 'returned'>;

export const ENTRY_STATES = [...LIVE_STATES, 'answered', 'delivery', 'delivered', 'confirmed', 'unconfirmed', 'disputed', 'closed', 'joined', 'withdrawn', 'elsewhere'] as const;
export type EntryStateName = (typeof ENTRY_STATES)[number];

/**
 * Where an entry stands. A body is known from `assigned` on, an outcome from `answered` on; impossible pairs cannot be
 * written down.
 */
export type EntryState =
  | { state: 'received' | 'open'; body: null }
  | { state: 'assigned' | 'study'; body: BodyId }
  | { state: 'returned'; resume: ResumeState; body: BodyId | null }
  | { state: 'answered' | 'closed'; body: BodyId; outcome: Outcome; answeredAt: Date }
  | { state: 'delivery' | 'delivered' | 'confirmed' | 'unconfirmed' | 'disputed'; body: BodyId; outcome: 'accepted' | 'partly' | 'planned'; answeredAt: Date }
  | { state: 'joined'; into: EntryId; body: BodyId | null }
  | { state: 'withdrawn'; body: BodyId | null }
  /** imported, closed at its source: outside clocks and track records */
  | { state: 'elsewhere'; body: BodyId | null };

export type Entry = {
  id: EntryId;
  number: string;
  kind: EntryKind;
  /** complaints always; others when triage decides so. Nothing but its state is ever public. */
  confidential: boolean;
  /** null before triage publishes it, and for ever when confidential */
  publishedAt: Date | null;
  submittedAt: Date;
  acknowledgedAt: Date | null;
  clock: Clock;
  extensionReason: string | null;
  place: PlaceCode | null;
  sectors: readonly SectorCode[];
} & EntryState;

/** The due date follows from clock and calendar; null while a question waits for the sender. */
export type Deadlines = { acknowledgeDue: PlainDate; answerDue: PlainDate | null };
