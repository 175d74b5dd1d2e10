/** What may go out about organisations. */
import type { Names } from '../places/model.ts';
import type { ActivityState, Contact, DecisionKind, DocumentKind, MemberRole, Organisation, OrganisationKind, OrganisationState, Standing, Task } from './model.ts';
import type { RefusedLine } from './read-row.ts';
import type { Missing } from './rules.ts';
import type { PartRecord } from './track.ts';

export type Named = { code: string; names: Names };

export type OrganisationLine = {
  number: string; kind: OrganisationKind; names: Names; standing: Standing; sectors: Named[]; places: Named[]; services: string[]; expertise: string[];
};
export type OrganisationList = { items: OrganisationLine[]; next: string | null; total: { count: number; more: boolean } | null };

export type ActivityView = {
  id: string; sector: Named; /** the district, where the organisation hides the exact place */ place: Named; what: string; state: ActivityState; starts: string | null; ends: string | null;
  /** null: not said, or fewer than the installation publishes */
  targeted: number | null; reached: number | null; /** the day on which the organisation last said that this is so */ confirmedOn: string;
};

/** A row of a table before it is taken in. `unplaced`: words for sectors and places that nobody here knows. */
export type PlannedRow = { line: number; names: Names; becomes: 'listed' | 'draft' | 'there'; missing: Missing[number]['what'][]; unplaced: string[]; activities: number };
export type UploadView = { id: string; rows: PlannedRow[]; refused: RefusedLine[]; madeAt: Date };

export type PublicContact = Omit<Contact, 'id' | 'public'>;
/** `file` is null while it is prepared, or when it could not be. */
export type DocumentView = { id: string; kind: DocumentKind; public: boolean; file: { id: string; variant: 'large' | 'file'; kilobytes: number } | null; problem: string | null };

/** Everything that it says in public, as a row of a table. */
export type ExportedOrganisation = OrganisationLine & {
  about: string; staff: number | null; volunteers: number | null; answerDays: number | null; licence: { number: string; by: string; until: string | null }; verifiedUntil: string | null; contacts: PublicContact[];
};

/** As everybody sees it. */
export type PublicOrganisation = ExportedOrganisation & {
  id: string; /** why it is suspended */ reason: string; objected: boolean; source: string | null;
  documents: DocumentView[]; activities: ActivityView[]; record: PartRecord;
};

/** As its members and the registry see it. */
export type InsideOrganisation = Organisation & {
  standing: Standing; sectorNames: Named[]; placeNames: Named[]; contacts: Contact[]; documents: DocumentView[]; mine: readonly MemberRole[]; missing: Missing; tasksDone: Task[]; ends: string | null;
  may: { describe: boolean; keepMembers: boolean; speak: boolean };
};

/** Of a commitment, for the body that named it: whether it has agreed. */
export type NamedPartner = { number: string; names: Names; agreed: boolean };

export type MyOrganisation = { number: string; names: Names; state: OrganisationState; standing: Standing; roles: readonly MemberRole[]; ends: string | null; waiting: number };
export type MemberView = { person: string; name: string; roles: readonly MemberRole[]; since: Date; self: boolean };
export type InvitationView = { id: string; name: string; roles: readonly MemberRole[]; expiresAt: Date };

export type RegistryLine = { number: string; names: Names; kind: OrganisationKind | null; state: OrganisationState; standing: Standing; submittedAt: Date | null; renewal: boolean; objection: boolean; ends: string | null; waits: DecisionKind | null };
export type DecisionView = { id: string; kind: DecisionKind; reason: string; until: string | null; proposedBy: string; proposedAt: Date; decidedBy: string | null; decidedAt: Date | null; outcome: 'open' | 'confirmed' | 'declined' | 'withdrawn' };
