/** The door of organisations. */
export { isPublicOrganisation, listOrganisations, organisationCursor, organisationTitles, searchOrganisations, type FoundOrganisation } from './list-queries.ts';
export { showOrganisation } from './show-queries.ts';
export { mayReadDocument } from './membership-queries.ts';
export { addContactPoint, addDocument, askRenewal, describeOrganisation, objectToDecision, removeContactPoint, removeDocument, showDocument, startOrganisation, submitOrganisation } from './describe.ts';
export { handOver, inviteMember, joinOrganisation, leaveOrganisation, revokeInvitation, setMemberRoles } from './members.ts';
export { decideProposal, listDraft, proposeDecision, returnOrganisation } from './decide.ts';
export { addActivity, confirmActivities, removeActivity } from './activities.ts';
export { agreeToPart, declinePart, namePartner } from './parts.ts';
export { partnersNamed, partnersOf, partsToAgree, placesOfLines } from './parts-queries.ts';
export { activitiesInside, insideOrganisation, invitationToJoin, membersConcerned, membersOf, myOrganisations, organisationNumber, organisationsEnding, speakersConcerned, waitsForSecond } from './inside-queries.ts';
export { registryCase, registryQueue, type RegistryCase } from './registry-queries.ts';
export { matchingOrganisations, whoDoesWhatWhere, type FoundHelp } from './where-queries.ts';
export { exportOrganisations } from './export-queries.ts';
export { countOrganisations, listActivities, type ActivityFilter, type ActivityRow } from './activity-queries.ts';
export { importOrganisations, type ImportBatch, type ImportCount } from './import-organisations.ts';
export { bringUploaded, dropUploaded, readUpload, uploadedTable, uploadOrganisations } from './upload.ts';
export { forgetOrganisations, leaveOrganisations } from './forget-over.ts';
export { indexOrganisationsAnew } from './index-anew.ts';
