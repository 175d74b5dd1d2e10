import type { ColumnType } from 'kysely';
import type { CommitmentStateName, SourceKind, Verdict, Voice } from '../model.ts';

export type CommitmentsTables = {
  commitments: {
    id: string; number: string; sourceKind: SourceKind; sourceId: string; subjectId: string; bodyId: string; public: boolean; what: string; who: string;
    firstDue: string; due: string; state: CommitmentStateName; openedAt: Date; doneAt: Date | null; settledAt: Date | null; disputedAt: Date | null;
    brokenReason: string | null; escalated: number; round: number; version: number;
    searchNorm: string; searchVector: ColumnType<string, string, string>; lexiconVersion: number;
  };
  commitmentSlips: { id: string; commitmentId: string; fromDue: string; toDue: string; reason: string; at: Date };
  commitmentUpdates: { id: string; commitmentId: string; kind: 'progress' | 'evidence'; text: string; at: Date; byPerson: string | null };
  commitmentForms: { once: string; commitmentId: string; said: Buffer; at: Date };
  confirmations: { id: string; commitmentId: string; round: number; voterHash: Buffer; voice: Voice; verdict: Verdict; words: string | null; at: Date };
};
