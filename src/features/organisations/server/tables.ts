import type { ColumnType } from 'kysely';
import type { UploadedRows } from '../read-row.ts';
import type { ActivityState, ContactKind, DecisionKind, DocumentKind, MemberRole, OrganisationKind, OrganisationState } from '../model.ts';

type Vector = ColumnType<string, string, string>;

export type OrganisationsTables = {
  organisations: {
    id: string; number: string; state: OrganisationState; kind: OrganisationKind | null; nameAr: string; nameEn: string; nameKu: string; about: string; sectors: string[]; places: string[]; services: string[]; expertise: string[];
    staff: number | null; volunteers: number | null; answerDays: number | null; licenceNumber: string; licenceBy: string; licenceUntil: string | null; consentedAt: Date | null; verifiedUntil: string | null;
    reason: string; objection: string; renewalAt: Date | null; source: string | null; externalId: string | null; createdAt: Date; changedAt: Date; submittedAt: Date | null; version: number; searchNorm: string; searchVector: Vector; lexiconVersion: number;
  };
  organisationContacts: { id: string; organisationId: string; kind: ContactKind; value: string; public: boolean; position: number };
  organisationDocuments: { id: string; organisationId: string; kind: DocumentKind; public: boolean; addedAt: Date; position: number };
  organisationMembers: { organisationId: string; personId: string; roles: MemberRole[]; name: string; since: Date; endedAt: Date | null };
  organisationInvitations: { id: string; organisationId: string; roles: MemberRole[]; name: string; tokenHash: Buffer; createdBy: string; createdAt: Date; expiresAt: Date; endedAt: Date | null };
  organisationDecisions: {
    id: string; organisationId: string; kind: DecisionKind; reason: string; until: string | null; proposedBy: string; proposedAt: Date; decidedBy: string | null; decidedAt: Date | null;
    outcome: 'open' | 'confirmed' | 'declined' | 'withdrawn';
  };
  organisationActivities: {
    id: string; organisationId: string; sector: string; place: string; coarse: boolean; what: string; state: ActivityState; starts: string | null; ends: string | null;
    targeted: number | null; reached: number | null; confirmedAt: Date; onceKey: string | null;
  };
  organisationUploads: { id: string; uploadedBy: string; madeAt: Date; rows: ColumnType<UploadedRows, string, never> };
  organisationParts: { organisationId: string; commitmentId: string; namedAt: Date; agreedAt: Date | null };
};
