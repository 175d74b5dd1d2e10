/** What somebody is told, how often, and when. */
import type { BodyId, PersonId } from '#kernel/ids.ts';
import type { Lang } from '#platform/i18n/languages.ts';

export const TEMPLATES = [
  'received', 'question', 'published', 'joined', 'answered', 'corrected', 'extended', 'promised', 'moved', 'confirm', 'confirmed', 'disputed', 'broken',
  'assigned', 'soon', 'approval', 'returned', 'escalated', 'role', 'code',
  'removed', 'shown', 'restored', 'upheld', 'replied', 'moderate', 'topic', 'optin',
  'org-returned', 'org-verified', 'org-refused', 'org-suspended', 'org-reinstated', 'org-upheld', 'org-ending', 'org-part', 'org-waits', 'org-second',
] as const;
export type Template = (typeof TEMPLATES)[number];

export const RHYTHMS = ['each', 'daily', 'weekly', 'none'] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export const CHANNELS = ['mail', 'phone'] as const;
export type ChannelChoice = (typeof CHANNELS)[number];

/** Hours of the day, in the governorate's zone, in which nothing is sent; the same twice: there are none. */
export type Quiet = { from: number; to: number; /** urgent news come all the same */ urgentPasses: boolean };
export const NIGHT: Quiet = { from: 21, to: 8, urgentPasses: false };

export const TOPICS = ['place', 'sector', 'body', 'entry'] as const;
export type TopicKind = (typeof TOPICS)[number];
/** `code`: of a place, a sector or a body; the number of an entry. */
export type Topic = { kind: TopicKind; code: string };

export const PARTS = ['subject', 'body', 'sms'] as const;
export type Part = (typeof PARTS)[number];

/** For how many days letters may be held back. */
export const PAUSES = ['7', '30'] as const;
export type PauseDays = (typeof PAUSES)[number];

/** Numbers, dates and the room where it waits; never a title or a name. */
export type Values = { number?: string; due?: string; code?: string; room?: Room; /** of a commitment, for staff, who open it by its own number */ commitment?: string; /** of a comment, for its author */ comment?: string; /** the number of an organisation, for its members and the registry */ organisation?: string };
export type Room = 'desk' | 'gov';

/**
 * Whom news concern. `sender` alone; `followers` with the sender; `voices` with those who supported it too, because they are asked;
 * `author` and `answered`: whoever wrote a comment, and whoever wrote what it answers; `subscribers`: who follows the place, the sector or the body;
 * `members` of an organisation, who answer and write for it, `speakers`, who answer and sign for it, its `registry`, and `seconds`: who may say yes to what the registry proposed;
 * of staff the officers of the body, those of its `heads`, both (`body`), whoever an escalation reached (`ladder`), administrators.
 */
export type Audience = 'sender' | 'followers' | 'voices' | 'officers' | 'heads' | 'body' | 'ladder' | 'administrators' | 'author' | 'answered' | 'subscribers' | 'members' | 'speakers' | 'registry' | 'seconds';

export type Recipient =
  | { person: PersonId; language: Lang; rhythm: Rhythm; pausedUntil: Date | null; quiet: Quiet; room?: Room }
  | { contact: { kind: 'mail' | 'phone'; value: string }; language: Lang; entry: { id: string; number: string }; rhythm?: Exclude<Rhythm, 'none'> };

/** Something that happened, with what the notices about it need. */
export type News = {
  /** what makes it one piece of news: the act's id */
  id: string;
  by: string | null;
  entry: { id: string; number: string } | null;
  body: BodyId | null;
  values: Values;
  /** how far it was escalated: 1 officers, 2 the head, 3 the coordinators */
  level: number;
  /** what the act is about: the grant that waits for a second person, the organisation that is judged */
  subject: string;
  /** of a comment, and of what it answers */
  author?: string | null;
  answered?: string | null;
};
