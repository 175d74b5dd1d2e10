import type { ColumnType, Generated } from 'kysely';
import type { Channel, EntryKind, EntryStateName, Outcome, ResumeState } from '../model.ts';

type Json<T> = ColumnType<T, string, string>;

export type IntakeTables = {
  entries: {
    id: string; number: string; kind: EntryKind; state: EntryStateName; confidential: boolean; publishedAt: Date | null;
    title: string; text: string; language: string; place: string | null; placeWords: string; served: string; servedCount: number | null;
    sectors: string[]; channel: Channel; named: boolean; bodyId: string | null; submittedAt: Date;
    acknowledgeDue: string | null; acknowledgedAt: Date | null; answerDue: string | null; extensionDays: number; extensionReason: string | null;
    outcome: Outcome | null; answeredAt: Date | null; settledAt: Date | null; escalated: number; acknowledgeEscalated: Generated<boolean>; joinedTo: string | null; resumeState: ResumeState | null;
    clockStarted: string; source: string | null; externalId: string | null; searchNorm: string;
    searchVector: ColumnType<string, string, string>; lexiconVersion: number; changedAt: Date;
  };
  entryTallies: { entryId: string; supports: number };
  entrySubmitters: {
    entryId: string; personId: string | null; name: string; contactKind: 'mail' | 'phone' | null; contact: string | null; keyHash: Buffer | null; takenBy: string | null;
  };
  entryPoints: { entryId: string; lat: number; lon: number; /** its sender agreed to its being shown */ shown: Generated<boolean> };
  entryPauses: { entryId: string; fromDay: string; toDay: string | null; openedAt: Date };
  entryMessages: { id: string; entryId: string; kind: 'question' | 'reply' | 'addition'; text: string; at: Date; byPerson: string | null };
  entrySubmissions: { once: string; entryId: string; requestHash: Buffer; keySealed: Buffer; at: Date };
  entryDrafts: { id: string; tokenHash: Buffer; kind: EntryKind; data: Json<Record<string, unknown>>; updatedAt: Date; expiresAt: Date };
  supports: { entryId: string; personId: string; at: Date; movedFrom: string | null };
  follows: { entryId: string; personId: string; at: Date; movedFrom: string | null };
};
