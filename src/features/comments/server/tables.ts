import type { Generated } from 'kysely';
import type { Hold, OfficialRole, Outcome, Rule, SubjectKind } from '../model.ts';

export type CommentsTables = {
  comments: {
    id: string; seq: Generated<bigint>; subjectKind: SubjectKind; subjectId: string; parentId: string | null; personId: string | null; officialRole: OfficialRole | null; bodyId: string | null;
    language: string; text: string; state: 'held' | 'published' | 'removed' | 'withdrawn'; heldFor: Hold[]; sentAt: Date; publishedAt: Date | null; changedAt: Date | null;
    rule: Rule | null; reason: string; decidedBy: string | null; decidedAt: Date | null; waitsSince: Date | null;
    source: string | null; externalId: string | null; formId: string | null; onceHash: Buffer | null;
  };
  commentReports: { commentId: string; reporterHash: Buffer; rule: Rule; words: string; at: Date; settledAt: Date | null };
  commentObjections: { commentId: string; text: string; at: Date; outcome: Outcome | null; reason: string; decidedBy: string | null; decidedAt: Date | null; against: string | null };
};
