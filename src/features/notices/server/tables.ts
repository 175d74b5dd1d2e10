import type { ColumnType, Generated } from 'kysely';
import type { Lang } from '#platform/i18n/languages.ts';
import type { ChannelChoice, Part, Rhythm, Template, TopicKind, Values } from '../model.ts';

export type NoticesTables = {
  notices: {
    id: string; personId: string | null; contactKind: 'mail' | 'phone' | null; contactSealed: Buffer | null; contactHash: Buffer | null;
    template: Template; entryId: string | null; values: ColumnType<Values, string, string>; language: Lang; urgent: boolean;
    state: 'waiting' | 'sent' | 'failed' | 'stopped'; attempts: number; problem: 'unreachable' | 'refused' | 'bad-address' | 'no-contact' | null;
    createdAt: Date; sendAt: Date; heldUntil: Date | null; sentAt: Date | null; onceKey: string;
  };
  noticeSettings: { personId: string; rhythm: Rhythm; rhythmBefore: Exclude<Rhythm, 'none'> | null; channel: ChannelChoice | null; pausedUntil: Date | null; quietFrom: Generated<number>; quietTo: Generated<number>; urgentPasses: Generated<boolean> };
  noticeTexts: { template: Template; language: Lang; part: Part; text: string; changedAt: Date; changedBy: string | null };
  subscriptions: {
    id: string; personId: string | null; contactKind: 'mail' | 'phone' | null; contactSealed: Buffer | null; contactHash: Buffer | null; topicKind: TopicKind; topic: string; language: Lang;
    rhythm: Exclude<Rhythm, 'none'> | null; at: Date;
  };
  subscriptionCodes: {
    id: string; contactKind: 'mail' | 'phone'; contactSealed: Buffer; contactHash: Buffer; topicKind: TopicKind | null; topic: string | null; rhythm: Exclude<Rhythm, 'none'>; language: Lang;
    codeHash: Buffer; codeSealed: Buffer | null; attempts: number; createdAt: Date; expiresAt: Date; usedAt: Date | null;
  };
  noticeStops: { contactHash: Buffer; at: Date };
  newsCursor: { single: boolean; at: Date };
  newsSeen: { actId: string; at: Date };
  dueTold: { thingId: string; due: string; at: Date };
  noticeChannels: { kind: 'mail' | 'sms'; via: 'smtp' | 'outbox' | 'gateway'; workedAt: Date | null; failedAt: Date | null; problem: string | null };
  outbox: { id: string; channel: 'mail' | 'sms'; recipientMasked: string; subject: string; body: string; createdAt: Date };
};
