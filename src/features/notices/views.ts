import type { ChannelChoice, Part, Quiet, Rhythm, Template, TopicKind } from './model.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { SmsLength } from './sms-length.ts';
import type { Names } from '../places/model.ts';

export type ChannelView = { kind: 'mail' | 'sms'; via: 'smtp' | 'outbox' | 'gateway'; workedAt: Date | null; failedAt: Date | null; problem: string | null };
export type FailedView = { id: string; template: Template; number: string | null; problem: string; attempts: number; createdAt: Date };
export type OutboxView = { id: string; channel: 'mail' | 'sms'; recipient: string; subject: string; body: string; createdAt: Date };

/** `stuck`: something has been due for an hour and nobody took it. */
export type NoticesDesk = { channels: ChannelView[]; waiting: number; oldestWaiting: Date | null; stuck: boolean; sentToday: number; failed: FailedView[]; /** staff without an address, whom no letter reaches */ unreachable: { name: string; roles: string[] }[]; outbox: OutboxView[] };

/** `channels`: what the person can be written to by; with two of them one is chosen. */
export type LetterSettings = { rhythm: Rhythm; channel: ChannelChoice | null; channels: ChannelChoice[]; quiet: Quiet; pausedUntil: Date | null };

/** What a stop address is good for: letters come, they are stopped, or it names nobody. */
export type StopState = 'letters' | 'stopped' | 'unknown';

/** A public thing that can be followed: by its names, or an entry by its title. */
export type TopicView = { kind: TopicKind; code: string; names: Names | null; title: string | null; path: string };
export type FollowedTopic = TopicView & { id: string };

export type TemplateLine = { template: Template; changed: Lang[] };
export type TemplateView = {
  template: Template; language: Lang; parts: { part: Part; original: string; text: string; changed: boolean }[];
  preview: { subject: string; body: string; sms: string; length: SmsLength };
};
