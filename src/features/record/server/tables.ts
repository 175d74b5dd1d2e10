import type { ColumnType, Generated } from 'kysely';
import type { Content, Detail, RecordFaultKind, SubjectKind, WitnessProblem } from '../model.ts';

type Json<T> = ColumnType<T, string, string>;

export type RecordTables = {
  acts: {
    id: string;
    /** the order of acts of one moment */
    seq: Generated<bigint>;
    at: Date;
    kind: string;
    subjectKind: SubjectKind;
    subjectId: string;
    public: boolean;
    actorRole: string;
    actorBody: string | null;
    actorPerson: string | null;
    onBehalf: boolean;
    detail: Json<Detail>;
    leaf: string | null;
    leafHash: Buffer | null;
  };
  actContents: { actId: string; salt: Buffer; content: Json<Content> };
  recordLeaves: { logIndex: bigint; actId: string };
  recordQueue: { actId: string };
  recordLog: {
    one: Generated<boolean>;
    vkey: string;
    size: bigint;
    root: Buffer;
    note: string;
    signedAt: Date;
    leasedUntil: Date | null;
    fault: RecordFaultKind | null;
    faultAtIndex: bigint | null;
    faultSince: Date | null;
    checkedAt: Date | null;
    witnessedSize: bigint | null;
    witnessedAt: Date | null;
    nextVkey: string | null;
  };
  recordSeals: { size: bigint; at: Date };
  recordWitnesses: { name: string; vkey: string; place: number; size: bigint | null; cosignedAt: Date | null; problem: WitnessProblem | null; problemSince: Date | null };
};
