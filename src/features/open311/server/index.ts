/** The door of Open311. */
export { countTry, endKey, issueKey, keyList } from './keys.ts';
export { listServices, serviceDefinition } from './services.ts';
export { requestList, requestOfToken, requestWhole } from './requests.ts';
export { sendRequest, type Sent } from './send-request.ts';
export { forgetPrograms } from './forget-programs.ts';
export { sendUpdate, updateList } from './updates.ts';
