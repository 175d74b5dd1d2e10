import type { LeafInput } from './leaf.ts';
import type { RecordFaultKind, WitnessProblem } from './model.ts';

/** Whether the text of an act is the one that its leaf commits to; `none`: it never had one. */
export type ContentState = 'none' | 'kept' | 'erased' | 'differs';

/** A public act as it stands in the record; `index` is null until it has its place there. */
export type RecordLine = { id: string; index: number | null; leaf: string; content: ContentState };

/** What the record's page tells of its own keeping. */
export type RecordStanding = {
  fault: { kind: RecordFaultKind; atIndex: number | null; since: Date } | null;
  /** when every stored line was last compared with what is published */
  checkedAt: Date | null;
  /** the newest seal that enough witnesses have seen; null while none has been */
  witnessed: { size: number; at: Date } | null;
  /** the key that comes after the one in force */
  nextVkey: string | null;
};

/** One who watches the record from outside: what it has seen, and what is in its way now. */
export type ShownWitness = { name: string; vkey: string; seen: { size: number; at: Date } | null; problem: { kind: WitnessProblem; since: Date } | null };

/** One line in words, as its leaf says it; `thing` is left out where it has no public page. */
export type ShownLine = {
  index: number | null;
  act: Pick<LeafInput, 'id' | 'kind' | 'role' | 'at'> & { subjectKind: string };
  thing: { path: string; number: string } | null;
  content: ContentState;
  published: boolean;
};

/** Whether a receipt proves its line; `why` is a code of the engine, or `not-published`, `unreadable`. */
export type ReceiptJudgement = { holds: true; index: number } | { holds: false; why: string };

/** What a number or a line was found to be: how many lines, how many wait, how many are wrong and the first reason. */
export type AskedLines = { number: string | null; index: number | null; count: number; waiting: number; wrongCount: number; wrong: string | null; lines: ShownLine[] };
