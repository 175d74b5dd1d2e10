/** What staff see of entries. */
import type { BodyView, EntryLine, MessageView } from './views.ts';
import type { QueueTab } from './work-input.ts';

/** One row of a desk. */
export type WorkLine = EntryLine & {
  confidential: boolean;
  visible: boolean;
  acknowledgeDue: string | null;
  /** nobody has read it and the day for that is over */
  unreadLate: boolean;
  /** working days until the answer's date, negative when it has passed; null while the clock stands still or is over */
  daysLeft: number | null;
  extended: boolean;
};

export type WorkList = { items: WorkLine[]; next: string | null };
export type TriageCounts = { received: number; unreadLate: number; unassigned: number; returned: number };
export type QueueCounts = Record<QueueTab, number>;

export type WorkCase = WorkLine & {
  id: string;
  text: string;
  language: string;
  channel: string;
  served: string;
  servedCount: number | null;
  acknowledgedAt: Date | null;
  extensionReason: string | null;
  /** working days that the answer may take, extension included */
  daysAllowed: number;
  joinedInto: string | null;
  joinedFrom: string[];
  messages: MessageView[];
  point: { lat: number; lon: number } | null;
  /** never whole: staff write through the platform */
  submitter: { name: string; contactKind: 'mail' | 'phone' | null; contact: string | null; account: boolean } | null;
};

export type DuplicateGuess = EntryLine & { visible: boolean; likeness: number };
export type AssignableBody = BodyView & { fits: boolean; active: boolean };

export type Overview = {
  triage: TriageCounts;
  running: number;
  late: number;
  /** due within three working days */
  closingSoon: number;
  waitingForSender: number;
  disputed: number;
  lateByBody: { body: BodyView | null; late: number; running: number; oldestDue: string | null }[];
};
