/** Requests of Open311 GeoReport v2: what a service is, and the keys of the programs that hand requests in. Pure. */
import type { EntryKind } from '../intake/model.ts';

/** A complaint is confidential: it comes through no program and stands in no list. */
export const SERVICE_KINDS = ['need', 'proposal', 'initiative', 'question'] as const satisfies readonly EntryKind[];
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** A kind of entry in one sector; without a sector where it fits none. */
export type Topic = { kind: ServiceKind; sector: string | null };

export const serviceCode = ({ kind, sector }: Topic): string => (sector === null ? kind : `${kind}-${sector}`);

/** The other way; null for what is no code of a service. Whether there is such a sector, the database knows. */
export function readServiceCode(code: string): Topic | null {
  const [, kind, sector] = /^([a-z]+)(?:-([A-Z]{2,6}))?$/.exec(code) ?? [];
  const known = SERVICE_KINDS.find((it) => it === kind);
  return known ? { kind: known, sector: sector ?? null } : null;
}

/** What is asked beside the words themselves; all of it may be left out. */
export const ATTRIBUTES = ['TITLE', 'PART', 'SERVED', 'SERVED_COUNT', 'SHOW_POINT'] as const;
export type AttributeCode = (typeof ATTRIBUTES)[number];

/** Answers to one page of requests. */
export const MOST_REQUESTS = 1000;
export const LONGEST_RANGE_DAYS = 90;
/** The specification's limit of a description. */
export const LONGEST_DESCRIPTION = 4000;

export type ApiKey = { id: string; perHour: number; ended: boolean };
export const KEY_MARK = 'abwab_';
