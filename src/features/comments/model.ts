/** Comments: what somebody said in public under something, and what became of it. */
import type { BodyId, Id, PersonId } from '#kernel/ids.ts';

export type CommentId = Id<'comment'>;

export const SUBJECTS = ['entry', 'commitment'] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

/** On what a comment may be removed. Criticism, also harsh and wrong, is none of them. */
export const RULES = ['private', 'threat', 'hatred', 'insult', 'spam', 'elsewhere'] as const;
export type Rule = (typeof RULES)[number];

/**
 * Why a person reads it first: no account; a number that may lead to a person; a form that came while many came at once
 * without the proof asked for; a field filled in that nobody sees; imported and not to be shown at once.
 */
export const HOLDS = ['visitor', 'number', 'attack', 'trap', 'import'] as const;
export type Hold = (typeof HOLDS)[number];

export type OfficialRole = 'officer' | 'head' | 'coordinator';
/** Somebody who speaks for a body; the governor's office speaks for itself. */
export type Official = { role: OfficialRole; body: BodyId | null };

/** What a comment is about: public, and the body that deals with it. */
export type Subject = { kind: SubjectKind; id: string; number: string; title: string; body: BodyId | null };

export type Outcome = 'upheld' | 'reversed';
export type Objection = { at: Date; outcome: Outcome | null; /** who removed what it is about */ against: PersonId | null };

export type CommentState =
  | { state: 'held'; heldFor: readonly Hold[] }
  | { state: 'published'; publishedAt: Date }
  | { state: 'removed'; publishedAt: Date | null; rule: Rule; reason: string; decidedBy: PersonId | null; decidedAt: Date }
  | { state: 'withdrawn' };

export type Comment = {
  id: CommentId;
  subject: { kind: SubjectKind; id: string };
  parent: CommentId | null;
  author: PersonId | null;
  official: Official | null;
  text: string;
  sentAt: Date;
  /** since when a moderator is needed; null when none is */
  waitsSince: Date | null;
  objection: Objection | null;
  imported: boolean;
} & CommentState;
