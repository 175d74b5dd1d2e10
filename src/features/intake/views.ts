/** What may go out: types of pages, of the API and of every other representation. */
import type { Clock } from '#kernel/working-days.ts';
import type { Names } from '../places/model.ts';
import type { EntryKind, EntryStateName, Outcome } from './model.ts';

export type BodyView = { code: string; names: Names };
export type PlaceView = { code: string; names: Names };
export type SectorView = { code: string; names: Names };

/** One line of a public list. */
export type EntryLine = {
  number: string;
  kind: EntryKind;
  title: string;
  summary: string;
  state: EntryStateName;
  outcome: Outcome | null;
  place: PlaceView | null;
  placeWords: string;
  sectors: string[];
  body: BodyView | null;
  submittedAt: Date;
  answerDue: string | null;
  answeredAt: Date | null;
  /** the answer's date has passed and there is none; said as loudly as a done one */
  overdue: boolean;
  supports: number;
  externalId: string | null;
};

export type EntryList = { items: EntryLine[]; total: { count: number; more: boolean } | null; next: string | null };

/** One entry as its reader may see it. */
export type EntryView = EntryLine & {
  id: string;
  clock: Clock;
  text: string;
  language: string;
  confidential: boolean;
  visible: boolean;
  served: string;
  /** null when unknown or too few to be published */
  servedCount: number | null;
  submitterName: string | null;
  channel: string;
  extensionReason: string | null;
  waitingForSender: boolean;
  joinedInto: string | null;
  /** numbers that were joined to this one */
  joinedFrom: string[];
  source: string | null;
};

/** What the sender sees beside the public page. */
export type SenderView = { entry: EntryView; messages: MessageView[]; mayReply: boolean; mayWithdraw: boolean };
export type MessageView = { kind: 'question' | 'reply' | 'addition'; text: string; at: Date };

/** `key` is null once its day is over. */
export type Receipt = { id: string; number: string; key: string | null; kind: EntryKind; confidential: boolean; answerDue: string | null; submittedAt: Date };
