/** What is missing, what may be decided when, and until when. Pure. */
import { addDays, parseDate, type PlainDate } from '#kernel/working-days.ts';
import { refuse } from '#kernel/refusal.ts';
import type { CommitmentStateName } from '../commitments/model.ts';
import {
  isPublic, MEMBER_ROLES, needsLicence, type ContactKind, type DecisionKind, type DocumentKind, type MemberRole, type Organisation, type OrganisationState, type Profile, type Standing, type Task,
} from './model.ts';

/** A code for each thing that a whole description still lacks, by the page on which it is written. */
export type Missing = { task: Task; what: 'name' | 'kind' | 'about' | 'consent' | 'sectors' | 'places' | 'licence' | 'licence-over' | 'contact' | 'licence-paper' | 'statute-paper' }[];

/** What a row of a list needs to be shown to everybody: a name, a kind, what it does and where. */
export function missingInRow(it: Profile): Missing {
  return [
    ...(it.names.ar === '' ? [{ task: 'about', what: 'name' } as const] : []), ...(it.kind === null ? [{ task: 'about', what: 'kind' } as const] : []),
    ...(it.kind === 'figure' && !it.consented ? [{ task: 'about', what: 'consent' } as const] : []),
    ...(it.sectors.length === 0 ? [{ task: 'work', what: 'sectors' } as const] : []), ...(it.places.length === 0 ? [{ task: 'work', what: 'places' } as const] : []),
  ];
}

export type Whole = { profile: Profile; contacts: readonly { kind: ContactKind }[]; documents: readonly { kind: DocumentKind }[]; today: PlainDate };

/** What whoever asks to be verified still has to write or send. */
export function missing({ profile, contacts, documents, today }: Whole): Missing {
  const licensed = needsLicence(profile.kind);
  const { number, by, until } = profile.licence;
  return [
    ...missingInRow(profile), ...(profile.about === '' ? [{ task: 'about', what: 'about' } as const] : []),
    ...(licensed && (number === '' || by === '') ? [{ task: 'licence', what: 'licence' } as const] : []),
    ...(licensed && until !== null && until < today ? [{ task: 'licence', what: 'licence-over' } as const] : []),
    ...(contacts.some((it) => it.kind === 'phone' || it.kind === 'mail') ? [] : [{ task: 'contacts', what: 'contact' } as const]),
    ...(licensed && !documents.some((it) => it.kind === 'licence') ? [{ task: 'documents', what: 'licence-paper' } as const] : []),
    ...(licensed && profile.kind !== 'company' && !documents.some((it) => it.kind === 'statute') ? [{ task: 'documents', what: 'statute-paper' } as const] : []),
  ];
}

/** It may be sent, or sent again after an answer. */
export const maySend = (state: OrganisationState): boolean => state === 'draft' || state === 'returned' || state === 'listed';
/** While the registry reads it, it stays as it was sent. */
export const mayChange = (state: OrganisationState): boolean => state !== 'submitted' && state !== 'refused';

export function standingOf(it: Pick<Organisation, 'state' | 'verifiedUntil' | 'licence'>, today: PlainDate): Standing {
  if (it.state === 'suspended') return 'suspended';
  if (it.state !== 'verified') return 'listed';
  return (it.verifiedUntil !== null && it.verifiedUntil < today) || (it.licence.until !== null && it.licence.until < today) ? 'expired' : 'verified';
}

type Judged = Pick<Organisation, 'state' | 'objection' | 'renewal'>;

/** What the registry may propose now. `uphold` answers an objection: it stays as it was decided. */
export function proposals(it: Judged): DecisionKind[] {
  const heard = it.objection === '' ? [] : (['uphold'] as const);
  switch (it.state) {
    case 'submitted': return ['verify', 'refuse'];
    case 'refused': return it.objection === '' ? [] : ['verify', ...heard];
    case 'verified': return ['renew', 'suspend'];
    case 'suspended': return ['reinstate', ...heard];
    case 'listed': return ['suspend'];
    case 'draft': case 'returned': return [];
  }
}

/** Where a confirmed decision leads. */
export function decided(state: OrganisationState, kind: DecisionKind): OrganisationState {
  switch (kind) {
    case 'verify': case 'reinstate': case 'renew': return 'verified';
    case 'refuse': return 'refused';
    case 'suspend': return 'suspended';
    case 'uphold': return state;
  }
}

/** Only against a refusal or a suspension, and once for each. */
export const mayObjectTo = (it: Judged): boolean => (it.state === 'refused' || it.state === 'suspended') && it.objection === '';
export const mayAskRenewal = (it: Judged): boolean => it.state === 'verified' && !it.renewal;

/** The longest that a verification holds: two years, and never beyond the licence. */
export const LONGEST_DAYS = 731;

export function checkUntil(until: PlainDate | null, today: PlainDate, licenceUntil: PlainDate | null): PlainDate {
  if (until === null) return refuse({ because: 'invalid', fields: { until: 'required' } });
  if (until <= today) return refuse({ because: 'invalid', fields: { until: 'past' } });
  if (until > addDays(today, LONGEST_DAYS)) return refuse({ because: 'invalid', fields: { until: 'too-far' } });
  if (licenceUntil !== null && until > licenceUntil) return refuse({ because: 'invalid', fields: { until: 'beyond-licence' } });
  return until;
}

/** What is offered in the form: a year, or less where the licence ends before. */
export function usualUntil(today: PlainDate, licenceUntil: PlainDate | null): PlainDate {
  const year = parseDate(`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`) ?? addDays(today, 365);
  return licenceUntil !== null && licenceUntil > today && licenceUntil < year ? licenceUntil : year;
}

/** A commitment that is still to be kept, or kept anew after a dispute. Whose part counts is settled before its result is. */
export const takesPartners = (state: CommitmentStateName): boolean => state === 'open' || state === 'disputed';

type Member = { person: string; roles: readonly MemberRole[] };

/** Somebody always keeps the organisation: its last owner stays one. */
export function keepsOwner(members: readonly Member[]): boolean {
  return members.some((it) => it.roles.includes('owner'));
}

/** The roles of the members after one of them has left or changed; refused where nobody would keep it. */
export function withRoles(members: readonly Member[], person: string, roles: readonly MemberRole[]): Member[] {
  const after = members.flatMap((it) => (it.person !== person ? [it] : roles.length > 0 ? [{ person, roles: MEMBER_ROLES.filter((role) => roles.includes(role)) }] : []));
  return keepsOwner(after) ? after : refuse({ because: 'invalid', fields: { roles: 'last-owner' } });
}

/** A licence or a verification that ends is told of two months and two weeks before, and on the day. */
export const REMIND_DAYS = [60, 14, 0] as const;
export const endOf = (it: Pick<Organisation, 'licence' | 'verifiedUntil' | 'state'>): PlainDate | null => {
  const ends = [it.licence.until, it.verifiedUntil].filter((day): day is PlainDate => day !== null).toSorted();
  return isPublic(it.state) ? (ends[0] ?? null) : null;
};

/** The latest reminder that is due today, by its day; null before the first. */
export function reminderDay(end: PlainDate, today: PlainDate): PlainDate | null {
  return REMIND_DAYS.map((days) => addDays(end, -days)).filter((day) => day <= today).at(-1) ?? null;
}
