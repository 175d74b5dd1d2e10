/** Acts: the only source of histories, notices, feeds and of the public record. */
import type { ActId } from '#kernel/ids.ts';

export const SUBJECT_KINDS = [
  'entry',
  'answer',
  'commitment',
  'comment',
  'body',
  'organisation',
  'place',
  'person',
  'role',
  'calendar',
  'lexicon',
  'site',
  'key',
  'hook',
  'record',
  'desk',
  'hearing',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export type Subject = { kind: SubjectKind; id: string };

/** The record itself, for what is told of its own keeping. */
export const RECORD: Subject = { kind: 'record', id: '00000000-0000-7000-8000-000000000009' };

/** Codes, dates and numbers only: what an act says in public without a word of anybody's text. */
export type Detail = Record<string, string | number | boolean | null | readonly string[]>;
/** Texts that an act carries. They are committed to by salted hash, so that they can be erased by law. */
export type Content = Record<string, string>;

export type RecordedAct = {
  id: ActId;
  at: Date;
  kind: string;
  subject: Subject;
  role: string;
  body: string | null;
  onBehalf: boolean;
  detail: Detail;
  /** null when there was none, or when it was erased */
  content: Content | null;
  logIndex: bigint | null;
};

/** Whether an act is a person's own, not done in an office. */
export const isResidents = (role: string): boolean => role === 'resident' || role === 'visitor';

/** When an act is said in public to have happened: officials to the minute, residents to the day (UTC), so that a moment does not give a person away. */
export function publicMoment(at: Date, role: string): Date {
  return new Date(Math.floor(at.getTime() / (isResidents(role) ? 86_400_000 : 60_000)) * (isResidents(role) ? 86_400_000 : 60_000));
}

/**
 * What keeps the record from going on. `behind`: the database knows less than was signed. `changed`: a stored act is not the
 * published one. `files`: what is published does not hold together. `other-key`: the signer is not the one of before.
 */
export type RecordFaultKind = 'behind' | 'signer-away' | 'signer-refuses' | 'changed' | 'files' | 'other-key';

/**
 * What keeps a witness from cosigning. `away`: no answer. `refuses`: it says that the record does not continue what it saw. `stranger`: it does not know
 * the record's key. `ahead`: it has seen more than is published. `false`: what it answers is not its signature.
 */
export type WitnessProblem = 'away' | 'refuses' | 'stranger' | 'ahead' | 'false';
