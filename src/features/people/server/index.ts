/** The door of people. */
export { actorOfSession, type SessionActor } from './queries/actor.ts';
export { tokenHash } from './tokens.ts';
export { forgive, limit, type Limit } from './limits.ts';
export { readContact } from './contact.ts';

export { codeRequest, codeSent, codeToSend, giveCode, requestCode, SEND_CODE, type CodeToSend } from './sign-in-codes.ts';
export { personAtDesk } from './person-at-desk.ts';
export { addContact, signInWithCode } from './sign-in-with-code.ts';
export { linkView, signInWithLink, type LinkView } from './sign-in-links.ts';
export { answerRecovery, answerTotp, myFactors, renewRecoveryCodes, secondFactorPage, setTotp, type FactorPage, type MyFactors } from './second-factor.ts';
export { addPasskey, passkeyChallenge, passkeyOptions, removePasskey, signInWithPasskey, type PasskeyOptions } from './passkeys.ts';
export { endMySession, endOtherSessions, endSession, orRefuse, touchSession, type SignedIn, type Tried } from './sitting.ts';

export { confirmRole, endRole, grantRole, refuseRole } from './roles.ts';
export { closeOwnAccount } from './close-own-account.ts';
export { chooseLanguage, endAccount, inviteStaff, renewLink } from './accounts.ts';
export { addDemoCrowd, addDemoPerson, firstAdministratorLink, holdInhabitants, inhabitants, inviteFromTerminal, type DemoPerson, type Inhabitants } from './terminal.ts';
export { forgetSignIns } from './sweep.ts';

export { contactsOfPerson, myAccount, myRoles, mySignIns, type MyAccount, type MyRole, type MySignIn } from './queries/me.ts';
export { bodyOptions, demoLinks, personNamesForStaff, rolesState, staffList, waitingRoles, type DemoLink, type StaffView, type WaitingRole } from './queries/staff.ts';
export { staffing, type Staffing } from './queries/staffing.ts';
